import type { Command } from 'commander';
import { Interrupted, interrupted } from '../interrupts.js';
import { printable } from '../reports/printable.js';
import { Untestable } from '../untestable.js';
import { UsageError } from '../usage-error.js';

/** Tells in one line what is wrong with a command and its subcommands, and refuses flags that are given and empty. */
export function withPlainErrors(program: Command): void {
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      outputError: (text, write) => {
        const line = text
          .replace(/^error: /, '')
          .trim()
          .replaceAll('\n', ' ')
          .replace(/\.$/, '');
        write(`opencnm-conformance: ${printable(line)}; --help shows what can be said\n`);
      },
    });
  }
  program.hook('preAction', (_, command) => {
    for (const option of command.options) {
      const value: unknown = command.opts()[option.attributeName()];
      if ([value].flat().includes(''))
        throw new UsageError(`${option.long} is empty; leave it out, or give it a value`);
    }
  });
}

/** The exit code of a command that threw; tells why in one line. */
export function exitCodeOf(error: unknown): number {
  const { code, exitCode, message, stack } = error as Error & { readonly code?: string; readonly exitCode?: number };
  if (error instanceof Interrupted) return interrupted;
  if (code?.startsWith('commander.')) return exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError || error instanceof Untestable) {
    console.error(`opencnm-conformance: ${message}`);
    return error instanceof UsageError ? 2 : 3;
  }
  // Whatever this is, it says nothing about the target.
  const more = process.env['OPENCNM_TRACE'] ? `\n${stack}` : '; OPENCNM_TRACE=1 shows where';
  console.error(`opencnm-conformance: a defect of the suite: ${message}${more}`);
  return 3;
}

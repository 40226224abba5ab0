import { Command } from 'commander';
import { checks } from './checks/index.js';
import { explain } from './commands/explain.js';
import { list, listJson } from './commands/list.js';
import { reportCommands } from './commands/report-commands.js';
import { resilienceCommand } from './commands/resilience-command.js';
import { runCommand } from './commands/run-command.js';
import { scaleCommand } from './commands/scale-command.js';
import { Untestable } from './untestable.js';
import { UsageError } from './usage-error.js';
import { version } from './version.js';

const program = new Command('opencnm-conformance')
  .description('Tests network drivers, IPAM drivers and container engines against the OpenCNM definition.')
  .version(version);

for (const command of [runCommand(), ...reportCommands(), resilienceCommand(), scaleCommand()])
  program.addCommand(command);

program
  .command('list')
  .description('every check: id, level and title')
  .option('--json', 'with face, clause, operation, needed features and stage, for programs')
  .action(({ json }: { readonly json?: boolean }) => console.log(json ? listJson(checks) : list(checks)));

program
  .command('explain')
  .description('what a check looks at, and why')
  .argument('<id>')
  .action((id: string) => console.log(explain(checks, id)));

for (const command of [program, ...program.commands])
  command.showHelpAfterError('(--help shows what can be said)').exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCode(error);
}

function exitCode(error: unknown): number {
  if (error instanceof UsageError || error instanceof Untestable) {
    console.error(`opencnm-conformance: ${error.message}`);
    return error instanceof UsageError ? 2 : 3;
  }
  const { code, exitCode: wanted } = error as { readonly code?: string; readonly exitCode?: number };
  if (code?.startsWith('commander.')) return wanted === 0 ? 0 : 2;
  throw error;
}

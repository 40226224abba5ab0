import { accessSync, constants, existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import type { Judged, Verdict } from './outcome.js';
import { printable } from './reports/printable.js';
import { UsageError } from './usage-error.js';

const listed: readonly Verdict[] = ['fail', 'warn', 'blocked'];

/** The most characters of a reason. */
const longest = 200;

/** Makes sure that a first known-failures file can be written, before anything is tested; never over another file. */
export function prepareKnownFailures(file: string): void {
  if (existsSync(file)) throw new UsageError(`${file} exists; a first list of known failures is not written over it`);
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  }
}

/** Writes every check that fails, warns or is blocked as a list of known failures, whole or not at all; how many. */
export function writeKnownFailures(file: string, judged: readonly Judged[]): number {
  const rows = judged
    .filter(({ verdict }) => listed.includes(verdict))
    .map((row) => ({ id: row.id, reason: why(row) }));
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, rows.length === 0 ? '# No check failed.\n' : stringify(rows, { lineWidth: 0 }));
    // A link is never made over a file, so one that came meanwhile is kept.
    linkSync(part, file);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${(error as Error).message}`);
  } finally {
    rmSync(part, { force: true });
  }
  return rows.length;
}

/** Why a check is on the list, in one line of text that may have come from the target. */
function why({ result, reason }: Judged): string {
  const first = result.kind === 'broken' ? result.differences[0] : undefined;
  const text = first ? `wanted ${first.wanted}, got ${first.got}` : reason;
  const line = [...printable(text).replace(/\s+/g, ' ').trim()];
  return line.length > longest ? `${line.slice(0, longest - 1).join('')}…` : line.join('') || 'no reason was given';
}

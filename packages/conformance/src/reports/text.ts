import { clauseOf } from '@opencnm/spec';
import type { Colors } from 'picocolors/types.js';
import { conformance } from '../judge.js';
import type { Judged } from '../outcome.js';
import type { Report } from '../report.js';
import { curl, isCommand } from './curl.js';
import { mendOf } from './mend-of.js';
import { printable } from './printable.js';
import { refusalIn, sharedCauses } from './shared-causes.js';
import { toldCalls } from './told-calls.js';
import { isTrouble } from './troubles.js';
import { verdicts, verdictWords } from './verdict-words.js';
import { whatNext } from './what-next.js';
import { wrapped } from './wrapped.js';

/** What is printed of a run. */
export type Printed = Pick<
  Report,
  'counts' | 'judged' | 'verdict' | 'exitCode' | 'sentence' | 'target' | 'seed' | 'ms'
>;

/** How many of the checks that one refusal blocks are named beside the first. */
const named = 8;

/**
 * The report for a terminal of 80 columns: what is not green, with its clause and calls, then the figures. Of rows that
 * are alike the first is told in full, the others by their ids: of checks those that one refusal blocks. Rows of another
 * likeness are no checks of the list, so that nothing can be asked about their ids.
 */
export function textReport(report: Printed, color: Colors, alike?: (row: Judged) => string): string {
  const groups = new Map<string, readonly Judged[]>();
  for (const row of report.judged.filter(isTrouble)) {
    const key = (alike ?? byRefusal)(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const told = [...groups.values()].map((rows) => trouble(rows, report.target.url, color, alike ? rows.length : named));
  const next = groups.size > 0 && !alike ? [color.dim(wrapped(whatNext, ''))] : [];
  return [...told, summary(report, color), ...next, ''].join('\n');
}

/** Checks that one refusal blocks are alike. */
function byRefusal({ id, verdict, reason }: Judged): string {
  return (verdict === 'blocked' && refusalIn(reason)) || id;
}

function trouble([row, ...others]: readonly Judged[], url: string, color: Colors, atMost: number): string {
  if (!row) return '';
  const paint = row.verdict === 'warn' ? color.yellow : color.red;
  const clause = clauseOf(row.clause);
  const differences =
    row.result.kind === 'broken'
      ? row.result.differences.flatMap(({ at, wanted, got }) => [
          at ? `  at     ${at}` : '',
          `  wanted ${wanted}`,
          `  got    ${got}`,
        ])
      : [row.reason];
  const { calls, title } = toldCalls(row, 12);
  return [
    paint(`${row.verdict.toUpperCase()} ${row.id}`) + color.dim(` (${row.level}, ${row.face})`),
    wrapped(row.title, '  '),
    color.dim(wrapped(`Clause ${row.clause}: ${clause.text}`, '  ')),
    ...differences.map((line) => color.bold(wrapped(printable(line), '  '))),
    wrapped(`Why it matters: ${clause.why}`, '  '),
    ...mendOf(row).map((mend) => wrapped(`To mend it: ${mend}`, '  ')),
    ...(calls.length > 0 ? [color.dim(`  ${title}:`)] : []),
    ...calls.map((exchange) => color.dim(printable(pasted(curl(exchange, url))))),
    ...row.leftBehind.map((line) => color.yellow(wrapped(`left behind: ${printable(line)}`, '  '))),
    ...alsoIn(others, atMost),
    '',
  ].join('\n');
}

/** The rows that are told by their ids alone. */
function alsoIn(others: readonly Judged[], atMost: number): readonly string[] {
  if (others.length === 0) return [];
  const ids = others.slice(0, atMost).map(({ id }) => id);
  const more = others.length > atMost ? [`${others.length - atMost} more`] : [];
  return [wrapped(`And so in ${[...ids, ...more].join(', ')}`, '  ')];
}

/** Only commands have a prompt, and only they are not broken: they are there to be pasted. A comment stays one. */
function pasted(line: string): string {
  return isCommand(line) ? `  $ ${line}` : wrapped(line.slice(2), '  # ');
}

function summary({ counts, judged, verdict, exitCode, sentence, target, seed, ms }: Printed, color: Colors): string {
  const figures = verdicts
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdictWords[verdict]}`);
  const paint = exitCode !== 0 ? color.red : verdict === 'conformant' ? color.green : color.yellow;
  return [
    wrapped(
      `${judged.length} ${judged.length === 1 ? 'check' : 'checks'} of ${target.profiles.join(', ')} on ${target.url} in ${(ms / 1000).toFixed(1)} s (seed ${seed})`,
      '',
    ),
    wrapped(figures.join(', '), ''),
    wrapped(paint(`${verdict.toUpperCase()}: ${sentence}`), ''),
    ...sharedCauses(judged).map((cause) => color.bold(wrapped(cause, ''))),
    ...(verdict === 'conformant' ? [] : [color.dim(wrapped(`Conformant means: ${conformance}.`, ''))]),
  ].join('\n');
}

import { type ClauseId, clauseOf, type FaultId, faultOf, faults, sourceOf } from '@opencnm/spec';
import type { Check } from '../check.js';
import { wrapped } from '../reports/wrapped.js';
import { UsageError } from '../usage-error.js';
import { examples } from './examples.js';

/**
 * What a check looks at, why, where that comes from, an exchange that holds beside one that does not, and how to
 * mend it.
 */
export function explain(checks: readonly Check[], id: string): string {
  const check = checks.find((each) => each.id === id);
  if (!check) throw new UsageError(`no check is named "${id}"; "opencnm-conformance list" shows the names`);
  const clause = clauseOf(check.clause);
  return [
    wrapped(check.title, ''),
    '',
    `check    ${check.id}`,
    `calls    ${check.op}`,
    `clause   ${check.clause} (${clause.level})`,
    '',
    wrapped(clause.text, '  '),
    '',
    wrapped(`Why: ${clause.why}`, '  '),
    '',
    ...cited(
      'Sources:',
      clause.source.filter((source) => !isSeen(source)),
    ),
    ...cited('Seen broken in:', clause.source.filter(isSeen)),
    ...examples(check, plain(faultOf(check.brokenBy).text)),
    ...mending(check),
    'The suite proves that the check can fail with this fault of the mock server:',
    `  ${check.brokenBy}`,
  ].join('\n');
}

/** True for the bugs behind a clause: threads about them, and what drivers did that were observed. */
function isSeen(source: string): boolean {
  return source.includes('#') || source === 'drivers';
}

/** Where a clause comes from: each source with what it is, and below it its address. */
function cited(heading: string, sources: readonly string[]): readonly string[] {
  if (sources.length === 0) return [];
  const rows = sources.flatMap((source) => {
    const { what, link } = sourceOf(source);
    const row = source === 'drivers' ? what : `${source}: ${what}`;
    return [wrapped(`- ${row}`, '  ').replaceAll('\n  ', '\n    '), ...(link === undefined ? [] : [`    ${link}`])];
  });
  return [`  ${heading}`, ...rows, ''];
}

/** How many ways to break a clause are told. */
const most = 8;

/** What to do, the ways in which the clause is broken, and how to look at it again. */
function mending({ id, clause }: Check): readonly string[] {
  const ways = waysToBreak(clause);
  const more = ways.length - most;
  return [
    wrapped(`To mend it: ${clauseOf(clause).mend}`, ''),
    '',
    'It is broken, for instance, in these ways:',
    ...ways.slice(0, most).map((way) => wrapped(`- ${way}`, '  ').replaceAll('\n  ', '\n    ')),
    ...(more > 0 ? [`  - and ${more} more: opencnm-mock --fault list`] : []),
    '',
    'Then look again, and send the calls of an earlier run once more:',
    `  $ opencnm-conformance run TARGET --only ${id}`,
    `  $ opencnm-conformance replay REPORT ${id}`,
    '',
  ];
}

function waysToBreak(clause: ClauseId): readonly string[] {
  return (Object.keys(faults) as readonly FaultId[])
    .map(faultOf)
    .filter((fault) => fault.clause === clause)
    .map(({ text }) => plain(text));
}

function plain(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** What `explain --help` shows below the flags. */
export const explainHelp = `
Example:
  $ opencnm-conformance explain join.gateway-in-subnet

Exit codes: 0, 2 where no check is named so.`;

import { readFileSync } from 'node:fs';
import { clauseOf, faultOf } from '@opencnm/spec';
import type { Check } from '../check.js';
import { wrapped } from '../reports/wrapped.js';
import { UsageError } from '../usage-error.js';

/** An exchange as exchanges.json keeps it; `answer` is undefined where none came. */
interface Example {
  readonly request: string;
  readonly answer?: string;
}

/** What a check looks at, why, where that comes from, and an exchange that holds beside one that does not. */
export function explain(checks: readonly Check[], id: string): string {
  const check = checks.find((each) => each.id === id);
  if (!check) throw new UsageError(`no check is named "${id}"; "opencnm-conformance list" shows the names`);
  const clause = clauseOf(check.clause);
  const bugs = clause.source.filter((source) => source.includes('#') || source === 'drivers');
  const { good, bad } = examplesOf(id);
  return [
    check.title,
    '',
    `check    ${check.id}`,
    `calls    ${check.op}`,
    `clause   ${check.clause} (${clause.level})`,
    '',
    wrapped(clause.text, '  '),
    '',
    wrapped(`Why: ${clause.why}`, '  '),
    '',
    wrapped(`Source: ${clause.source.join('; ')}`, '  '),
    ...(bugs.length > 0 ? [wrapped(`Seen broken in: ${bugs.map(bug).join('; ')}`, '  ')] : []),
    '',
    ...shown('An exchange that holds:', good),
    ...shown(`An exchange that does not (${faultOf(check.brokenBy).text.replace(/\.$/, '')}):`, bad),
    'The suite proves that the check can fail with this fault of the mock server:',
    `  ${check.brokenBy}`,
  ].join('\n');
}

/** A thread as its address. */
function bug(source: string): string {
  const [, owner = 'moby', name = 'moby', number] = /^(?:([\w-]+)\/)?([\w-]+)#(\d+)$/.exec(source) ?? [];
  if (source === 'drivers') return 'drivers that were observed';
  return number === undefined ? source : `https://github.com/${owner}/${name}/issues/${number}`;
}

function shown(heading: string, example: Example | undefined): readonly string[] {
  if (!example) return [];
  return [
    wrapped(heading, ''),
    wrapped(`> ${example.request}`, '  '),
    wrapped(`< ${example.answer ?? 'no answer'}`, '  '),
    '',
  ];
}

function examplesOf(id: string): { readonly good?: Example; readonly bad?: Example } {
  const file = new URL('../../exchanges.json', import.meta.url);
  const all = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { good?: Example; bad?: Example }>>;
  return Object.hasOwn(all, id) ? (all[id] ?? {}) : {};
}

/** What `explain --help` shows below the flags. */
export const explainHelp = `
Example:
  $ opencnm-conformance explain join.gateway-in-subnet

Exit codes: 0, 2 where no check is named so.`;

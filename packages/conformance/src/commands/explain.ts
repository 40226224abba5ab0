import { clauseOf, faultOf } from '@opencnm/spec';
import type { Check } from '../check.js';
import { wrapped } from '../reports/wrapped.js';
import { UsageError } from '../usage-error.js';

/** What a check looks at, and why. */
export function explain(checks: readonly Check[], id: string): string {
  const check = checks.find((each) => each.id === id);
  if (!check) throw new UsageError(`no check is named "${id}"; "opencnm-conformance list" shows the names`);
  const clause = clauseOf(check.clause);
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
    '',
    'The suite proves that the check can fail with this fault of the mock server:',
    wrapped(`${check.brokenBy}: ${faultOf(check.brokenBy).text}`, '  '),
  ].join('\n');
}

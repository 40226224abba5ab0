import { readFileSync } from 'node:fs';
import { clauseOf } from '@opencnm/spec';
import { expect, it } from 'vitest';
import { asDefined } from '../src/as-defined.js';
import { checks } from '../src/checks/index.js';
import type { Judged } from '../src/outcome.js';
import { mendOf } from '../src/reports/mend-of.js';
import { reportOf } from './report-of.js';

const clause = 'network-driver.join.gateway-in-subnet';
const { mend } = clauseOf(clause);

function broken(...rows: readonly (readonly [wanted: string, got: string])[]): Judged {
  const differences = rows.map(([wanted, got]) => ({ at: '', wanted, got }));
  return { ...(reportOf('').judged[0] as Judged), clause, verdict: 'fail', result: { kind: 'broken', differences } };
}

it.each([
  ['what differs', broken(['x', 'y']), [mend]],
  ['nothing in particular', broken(), [mend]],
  ['the form of a member that the clause speaks of', broken([asDefined, '/Gateway must match format "ipv4"']), [mend]],
  [
    'the form of another member',
    broken([asDefined, '/InterfaceName/SrcName must match format "interface-name-or-empty", and is "a b"']),
    ['Answer SrcName as the definition says, and look at this clause again.'],
  ],
  ['the form of another member and what differs', broken([asDefined, '/Data must be object'], ['x', 'y']), [mend]],
  ['the whole body', broken([asDefined, 'the body must be object']), [mend]],
  ['a member that a target made up', broken([asDefined, '/Data/(.+)+$ must be string']), [mend]],
])('says what to do where %s is wrong', (_, row, told) => {
  expect(mendOf(row)).toEqual(told);
});

it('says nothing of what holds, was not looked at, or is a freedom', () => {
  const row = broken(['x', 'y']);
  expect(mendOf({ ...row, verdict: 'no' })).toEqual([]);
  expect(mendOf({ ...row, result: { kind: 'held' } })).toEqual([]);
  expect(mendOf({ ...row, verdict: 'blocked', result: { kind: 'blocked', reason: 'x' } })).toEqual([]);
});

it('names the member whose form is the matter of a check', () => {
  const file = readFileSync(new URL('../exchanges.json', import.meta.url), 'utf8');
  const examples = JSON.parse(file) as Readonly<Record<string, { bad?: { wanted?: string; got?: string } }>>;
  const formal = checks.filter(({ id }) => examples[id]?.bad?.wanted === asDefined);
  expect(formal.length).toBeGreaterThan(15);
  for (const check of formal) {
    const row = broken([asDefined, examples[check.id]?.bad?.got ?? '']);
    expect(mendOf({ ...row, clause: check.clause }), check.id).toEqual([clauseOf(check.clause).mend]);
  }
});

import { type ClauseId, clauses } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { judge } from '../src/judge.js';
import type { Outcome, Result } from '../src/outcome.js';

const held: Result = { kind: 'held' };
const broken: Result = { kind: 'broken', differences: [{ at: '/Scope', wanted: 'local', got: '"x"' }] };
const blocked: Result = { kind: 'blocked', reason: 'refused' };
const error: Result = { kind: 'error', reason: 'gone' };
const missing: Result = { kind: 'not-applicable', reason: 'no swarm' };
const clause = Object.keys(clauses)[0] as ClauseId;

function outcome(result: Result, level = 'MUST', id = 'a.b'): Outcome {
  return { id, clause, face: 'engine', level, title: 't', result, leftBehind: [], evidence: [], exchanges: 0, ms: 1 };
}

const table: readonly [string, Result, string, boolean, string, number][] = [
  ['a MUST that holds', held, 'MUST', false, 'pass', 0],
  ['a SHOULD that holds', held, 'SHOULD', false, 'pass', 0],
  ['a MAY that holds', held, 'MAY', false, 'yes', 0],
  ['a broken MUST', broken, 'MUST', false, 'fail', 1],
  ['a broken SHOULD', broken, 'SHOULD', false, 'warn', 0],
  ['a broken MAY', broken, 'MAY', false, 'no', 0],
  ['a refused fixture', blocked, 'MUST', false, 'blocked', 1],
  ['a refused fixture of a MAY', blocked, 'MAY', false, 'blocked', 1],
  ['a target that went away', error, 'MUST', false, 'error', 3],
  ['a feature that the target lacks', missing, 'MUST', false, 'not-applicable', 3],
  ['a known failure that fails', broken, 'MUST', true, 'known', 0],
  ['a known failure that is blocked', blocked, 'MUST', true, 'known', 0],
  ['a known failure that warns', broken, 'SHOULD', true, 'known', 0],
  ['a known failure of a MAY', broken, 'MAY', true, 'known', 0],
  ['a known failure of a MAY that holds', held, 'MAY', true, 'stale', 1],
  ['a known failure that passes', held, 'MUST', true, 'stale', 1],
  ['a known failure that could not run', error, 'MUST', true, 'error', 3],
];

describe('the judge', () => {
  it.each(table)('judges %s', (_, result, level, isKnown, verdict, exitCode) => {
    const judgement = judge([outcome(result, level)], isKnown ? [{ id: 'a.b', reason: 'bug 7' }] : []);
    expect(judgement.judged[0]?.verdict).toBe(verdict);
    expect(judgement.exitCode).toBe(exitCode);
  });

  it('gives every outcome exactly one verdict', () => {
    const { counts } = judge([outcome(held), outcome(broken, 'MAY', 'a.c'), outcome(missing, 'MUST', 'a.d')], []);
    expect(Object.values(counts).reduce((sum, each) => sum + each)).toBe(3);
  });

  it('never calls a run without checks conformant', () => {
    expect(judge([], [])).toMatchObject({ verdict: 'not-tested', exitCode: 3 });
  });

  it('orders outcomes by id', () => {
    const { judged } = judge([outcome(held, 'MUST', 'b.b'), outcome(held, 'MUST', 'a.a')], []);
    expect(judged.map(({ id }) => id)).toEqual(['a.a', 'b.b']);
  });
});

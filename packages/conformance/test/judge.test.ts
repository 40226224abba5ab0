import { type ClauseId, clauses } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { conformance, judge } from '../src/judge.js';
import type { Outcome, Result } from '../src/outcome.js';

const held: Result = { kind: 'held' };
const broken: Result = { kind: 'broken', differences: [{ at: '/Scope', wanted: 'local', got: '"x"' }] };
const blocked: Result = { kind: 'blocked', reason: 'refused' };
const error: Result = { kind: 'error', reason: 'gone' };
const inconclusive: Result = { kind: 'inconclusive', reason: 'too many orders' };
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
  ['a search that ran out of steps', inconclusive, 'MUST', false, 'inconclusive', 3],
  ['a known failure whose search ran out of steps', inconclusive, 'MUST', true, 'inconclusive', 3],
  ['a feature that the target lacks', missing, 'MUST', false, 'not-applicable', 3],
  ['a known failure that fails', broken, 'MUST', true, 'known', 0],
  ['a known failure that is blocked', blocked, 'MUST', true, 'known', 0],
  ['a known failure that warns', broken, 'SHOULD', true, 'known', 0],
  ['a known failure of a MAY', broken, 'MAY', true, 'known', 0],
  ['a known failure of a MAY that holds', held, 'MAY', true, 'stale', 2],
  ['a known failure that passes', held, 'MUST', true, 'stale', 2],
  ['a known failure that could not run', error, 'MUST', true, 'error', 3],
];

describe('the judge', () => {
  it.each(table)('judges %s', (_, result, level, isKnown, verdict, exitCode) => {
    const judgement = judge([outcome(result, level)], isKnown ? [{ id: 'a.b', reason: 'bug 7' }] : []);
    expect(judgement.judged[0]?.verdict).toBe(verdict);
    expect(judgement.exitCode).toBe(exitCode);
  });

  const good = outcome(held, 'MUST', 'a.good');
  const stopped: Result = { kind: 'error', reason: 'not tried', ended: 'signal' };
  const bailed: Result = { kind: 'error', reason: 'not tried', ended: 'bail' };
  const wholes: readonly [string, readonly Outcome[], string | undefined, string, number][] = [
    ['holds in all', [good], undefined, 'conformant', 0],
    ['warns', [good, outcome(broken, 'SHOULD')], undefined, 'conformant', 0],
    ['lacks a freedom', [good, outcome(broken, 'MAY')], undefined, 'conformant', 0],
    ['lacks a feature', [good, outcome(missing)], undefined, 'conformant', 0],
    ['could not be looked at to the end', [good, outcome(inconclusive, 'SHOULD')], undefined, 'not-tested', 3],
    [
      'breaks a MUST, and could not be',
      [outcome(broken), outcome(inconclusive, 'MUST', 'a.c')],
      'x',
      'not-conformant',
      1,
    ],
    ['breaks a MUST', [good, outcome(broken)], undefined, 'not-conformant', 1],
    ['refuses a fixture', [good, outcome(blocked, 'SHOULD')], undefined, 'not-conformant', 1],
    ['was looked at in part', [good], '3 checks left out', 'passed', 0],
    ['breaks a MUST as is known', [good, outcome(broken, 'MUST', 'a.known')], undefined, 'passed', 0],
    ['warns as is known', [good, outcome(broken, 'SHOULD', 'a.known')], undefined, 'conformant', 0],
    ['refuses a fixture as is known', [good, outcome(blocked, 'MAY', 'a.known')], undefined, 'passed', 0],
    ['holds where it is known to fail', [good, outcome(held, 'MUST', 'a.known')], undefined, 'conformant', 2],
    ['holds so and was looked at in part', [outcome(held, 'MUST', 'a.known')], 'x', 'passed', 2],
    ['holds so, which ended the run', [outcome(held, 'MUST', 'a.known'), outcome(bailed)], 'x', 'passed', 2],
    ['was not begun after a signal', [outcome(held), outcome(stopped, 'MUST', 'a.c')], 'x', 'not-tested', 3],
    ['broke a MUST before a signal', [outcome(broken), outcome(stopped, 'MUST', 'a.c')], 'x', 'not-conformant', 1],
    ['broke a MUST, which ended the run', [outcome(broken), outcome(bailed, 'MUST', 'a.c')], 'x', 'not-conformant', 1],
    [
      'breaks a MUST, and is not reached any more',
      [outcome(broken), outcome(error, 'MUST', 'a.c')],
      undefined,
      'not-conformant',
      1,
    ],
    [
      'refuses a fixture, and is not reached any more',
      [outcome(blocked), outcome(error, 'MUST', 'a.c')],
      'x',
      'not-conformant',
      1,
    ],
    ['is not reached any more', [good, outcome(error)], undefined, 'not-tested', 3],
    [
      'warns, and is not reached any more',
      [outcome(broken, 'SHOULD'), outcome(error, 'MUST', 'a.c')],
      undefined,
      'not-tested',
      3,
    ],
    [
      'fails as is known, and is not reached any more',
      [outcome(broken, 'MUST', 'a.known'), outcome(error)],
      undefined,
      'not-tested',
      3,
    ],
    [
      'breaks one and holds another that is known',
      [outcome(broken), outcome(held, 'MUST', 'a.known')],
      undefined,
      'not-conformant',
      1,
    ],
  ];
  it.each(wholes)('judges a target that %s', (_, outcomes, leftOut, verdict, exitCode) => {
    const judgement = judge(outcomes, [{ id: 'a.known', reason: 'bug 7' }], leftOut);
    expect([judgement.verdict, judgement.exitCode]).toEqual([verdict, exitCode]);
    expect(judgement.sentence === conformance).toBe(verdict === 'conformant' && exitCode === 0);
  });

  it('says of what failed what could not be run beside it', () => {
    const { sentence } = judge([outcome(broken), outcome(error, 'MUST', 'a.c')], []);
    expect(sentence).toBe(
      '1 failed, 0 blocked, 0 stale; 1 check could not be run: the target did not stay reachable, or the suite is at fault',
    );
  });

  it('says of what passed why it is not conformant', () => {
    const { sentence } = judge(
      [good, outcome(broken, 'MUST', 'a.known')],
      [{ id: 'a.known', reason: 'x' }],
      '3 left out',
    );
    expect(sentence).toBe('nothing failed that is not known; 1 known failure of a MUST, or blocked; 3 left out');
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

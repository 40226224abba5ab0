import { expect, it } from 'vitest';
import { fitsGlob } from '../src/glob.js';

it.each([
  ['join.*', 'join.succeeds', true],
  ['join.*', 'join-routes.v4', false],
  ['*.parallel', 'request-pool.parallel', true],
  ['*.parallel', 'request-pool.parallel-named', false],
  ['*oin.*s', 'join.succeeds', true],
  ['j?in.succeeds', 'join.succeeds', true],
  ['join.succeeds?', 'join.succeeds', false],
  ['*', '', true],
  ['', 'a', false],
  ['join.(succeeds|fails)', 'join.succeeds', false],
  ['a*b*c', 'abcbc', true],
  ['a*b*c', 'abcb', false],
])('whether %j fits %j is %s', (glob, id, fits) => {
  expect(fitsGlob(glob, id)).toBe(fits);
});

it('bounds the time that a glob of strangers takes', () => {
  const started = performance.now();
  expect(fitsGlob(`${'*?'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(5_000);
});

import type { Counts } from '../judge.js';

/** How many checks could have passed: all that apply, but for those of a MAY, which nobody has to do. */
export function ranOf(counts: Counts): number {
  const { pass, fail, warn, blocked, error, inconclusive, known, stale } = counts;
  return pass + fail + warn + blocked + error + inconclusive + known + stale;
}

import type { Verdict } from '../outcome.js';

/** What reports call the checks of a verdict, after a number: 3 failed. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  fail: 'failed',
  warn: 'warned of (SHOULD)',
  yes: 'do (MAY)',
  no: 'do not (MAY)',
  blocked: 'blocked',
  error: 'not run',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
  known: 'known to fail',
  stale: 'known to fail that pass',
};

/** Every verdict, in the order of figures. */
export const verdicts = Object.keys(verdictWords) as readonly Verdict[];

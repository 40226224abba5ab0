import { isNotBegun } from '../judge.js';
import type { Judged, Verdict } from '../outcome.js';

const gravest: readonly Verdict[] = ['fail', 'blocked', 'error', 'inconclusive', 'stale', 'warn'];

/** Whether a check is told ahead of the others: it failed, warns or has no result, and was not left unrun as asked. */
export function isTrouble({ verdict, result }: Judged): boolean {
  return gravest.includes(verdict) && !isNotBegun(result);
}

/** The checks in trouble, the gravest first. */
export function troubles(judged: readonly Judged[]): readonly Judged[] {
  return gravest.flatMap((word) => judged.filter((row) => row.verdict === word && isTrouble(row)));
}

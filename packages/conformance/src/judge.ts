import type { KnownFailure } from './known-failures.js';
import type { Judged, Outcome, Result, Verdict } from './outcome.js';

/** How many checks had each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** The judgement over a run. `exitCode`: 0 conformant, 1 not conformant, 3 the target could not be tested. */
export interface Judgement {
  readonly verdict: 'conformant' | 'not-conformant' | 'not-tested';
  readonly exitCode: 0 | 1 | 3;
  readonly sentence: string;
  readonly counts: Counts;
  readonly judged: readonly Judged[];
}

/**
 * Gives each outcome its verdict and the run its own; pure. `leftOut` says which checks of the profiles were not
 * planned, so that a part is never taken for the whole.
 */
export function judge(outcomes: readonly Outcome[], known: readonly KnownFailure[], leftOut?: string): Judgement {
  const reasons = reasonsOf(known);
  const judged = [...outcomes]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((outcome) => judgeOne(outcome, reasons.get(outcome.id)));
  const bailed = judged.filter(({ result }) => isBailed(result)).length;
  const counts = {
    pass: 0,
    fail: 0,
    warn: 0,
    yes: 0,
    no: 0,
    blocked: 0,
    error: 0,
    inconclusive: 0,
    'not-applicable': 0,
    known: 0,
    stale: 0,
  };
  for (const { verdict } of judged) counts[verdict]++;
  return { ...overall(counts, bailed, leftOut), counts, judged };
}

/** Whether an outcome makes a run not conformant. */
export function failsRun(outcome: Outcome, known: readonly KnownFailure[]): boolean {
  const { verdict } = judgeOne(outcome, reasonsOf(known).get(outcome.id));
  return verdict === 'fail' || verdict === 'blocked' || verdict === 'stale';
}

/** Whether a check was not run because the run had ended at a failure, as was asked. */
export function isBailed(result: Result): boolean {
  return result.kind === 'error' && result.bailed === true;
}

function reasonsOf(known: readonly KnownFailure[]): ReadonlyMap<string, string> {
  return new Map(known.map(({ id, reason, link }) => [id, link ? `${reason} (${link})` : reason]));
}

function judgeOne(outcome: Outcome, knownReason: string | undefined): Judged {
  const { result } = outcome;
  const verdict = plainVerdict(outcome);
  if (knownReason === undefined) return { ...outcome, verdict, reason: reasonOf(outcome) };
  if (result.kind === 'broken' || result.kind === 'blocked')
    return { ...outcome, verdict: 'known', reason: `known: ${knownReason}` };
  if (result.kind === 'held')
    return { ...outcome, verdict: 'stale', reason: 'listed as a known failure, but it passes: take it off the list' };
  return { ...outcome, verdict, reason: reasonOf(outcome) };
}

/** What an outcome is without a list of known failures. */
export function plainVerdict({ result, level }: Pick<Outcome, 'result' | 'level'>): Verdict {
  if (result.kind === 'held') return level === 'MAY' ? 'yes' : 'pass';
  if (result.kind !== 'broken') return result.kind;
  return level === 'MUST' ? 'fail' : level === 'SHOULD' ? 'warn' : 'no';
}

function reasonOf({ result }: Outcome): string {
  if (result.kind === 'held') return '';
  if (result.kind !== 'broken') return result.reason;
  return result.differences.map(({ at, wanted, got }) => `${at}: wanted ${wanted}, got ${got}`).join('; ');
}

function overall(
  counts: Counts,
  bailed: number,
  leftOut: string | undefined,
): Pick<Judgement, 'verdict' | 'exitCode' | 'sentence'> {
  const ran =
    counts.pass + counts.fail + counts.warn + counts.yes + counts.no + counts.blocked + counts.known + counts.stale;
  const bad = counts.fail + counts.blocked + counts.stale;
  const lost = counts.error - bailed;
  if (lost > 0)
    return {
      verdict: 'not-tested',
      exitCode: 3,
      sentence: `${lost} checks could not be run: the target did not stay reachable, or the suite is at fault`,
    };
  if (bad > 0)
    return {
      verdict: 'not-conformant',
      exitCode: 1,
      sentence: `${counts.fail} failed, ${counts.blocked} blocked, ${counts.stale} stale${bailed > 0 ? `; ${bailed} not run after the first, as --bail asks` : ''}`,
    };
  if (counts.inconclusive > 0)
    return {
      verdict: 'not-tested',
      exitCode: 3,
      sentence: `${counts.inconclusive} checks were inconclusive: there was more to look at than they are allowed`,
    };
  if (ran === 0) return { verdict: 'not-tested', exitCode: 3, sentence: 'no check applied to the target' };
  return {
    verdict: 'conformant',
    exitCode: 0,
    sentence: leftOut
      ? `every MUST of the selected checks passed, or is a known failure; ${leftOut}`
      : 'every MUST of the profiles passed, or is a known failure, and nothing was left unrun',
  };
}

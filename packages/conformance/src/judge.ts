import type { KnownFailure } from './known-failures.js';
import type { Judged, Outcome, Verdict } from './outcome.js';

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

/** Gives each outcome its verdict and the run its own; pure. */
export function judge(outcomes: readonly Outcome[], known: readonly KnownFailure[]): Judgement {
  const reasons = new Map(known.map(({ id, reason, link }) => [id, link ? `${reason} (${link})` : reason]));
  const judged = [...outcomes]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((outcome) => judgeOne(outcome, reasons.get(outcome.id)));
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
  return { ...overall(counts), counts, judged };
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

function plainVerdict({ result, level }: Outcome): Verdict {
  if (result.kind === 'held') return level === 'MAY' ? 'yes' : 'pass';
  if (result.kind !== 'broken') return result.kind;
  return level === 'MUST' ? 'fail' : level === 'SHOULD' ? 'warn' : 'no';
}

function reasonOf({ result }: Outcome): string {
  if (result.kind === 'held') return '';
  if (result.kind !== 'broken') return result.reason;
  return result.differences.map(({ at, wanted, got }) => `${at}: wanted ${wanted}, got ${got}`).join('; ');
}

function overall(counts: Counts): Pick<Judgement, 'verdict' | 'exitCode' | 'sentence'> {
  const ran =
    counts.pass + counts.fail + counts.warn + counts.yes + counts.no + counts.blocked + counts.known + counts.stale;
  const bad = counts.fail + counts.blocked + counts.stale;
  if (counts.error > 0)
    return {
      verdict: 'not-tested',
      exitCode: 3,
      sentence: `${counts.error} checks could not be run: the target did not stay reachable, or the suite is at fault`,
    };
  if (bad > 0)
    return {
      verdict: 'not-conformant',
      exitCode: 1,
      sentence: `${counts.fail} failed, ${counts.blocked} blocked, ${counts.stale} stale`,
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
    sentence: 'every MUST of the profiles passed, or is a known failure, and nothing was left unrun',
  };
}

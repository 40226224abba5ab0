import type { KnownFailure } from './known-failures.js';
import type { Judged, Outcome, Result, Verdict } from './outcome.js';

/** How many checks had each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** What "conformant" means, wherever it is said. */
export const conformance = 'every MUST of the claimed profiles passed and nothing was left unrun';

/**
 * The judgement over a run. `passed` is a run without an unknown failure that falls short of conformance: a MUST is a
 * known failure, or something was left out. `exitCode`: 0 conformant or passed, 1 not conformant, whatever could not be
 * run beside what failed, 2 the list of known failures is stale, 3 the target could not be tested.
 */
export interface Judgement {
  readonly verdict: 'conformant' | 'passed' | 'not-conformant' | 'not-tested';
  readonly exitCode: 0 | 1 | 2 | 3;
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
  return { ...overall(judged, counts, leftOut), counts, judged };
}

/** Whether an outcome alone makes the exit code of a run another than 0. */
export function failsRun(outcome: Outcome, known: readonly KnownFailure[]): boolean {
  const { verdict } = judgeOne(outcome, reasonsOf(known).get(outcome.id));
  return verdict === 'fail' || verdict === 'blocked' || verdict === 'stale';
}

/** Whether a check was not run because the run was over: at a failure, as was asked, or by a signal. */
export function isNotBegun(result: Result): boolean {
  return result.kind === 'error' && result.ended !== undefined;
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
  return level === 'MUST' || result.died ? 'fail' : level === 'SHOULD' ? 'warn' : 'no';
}

function reasonOf({ result }: Outcome): string {
  if (result.kind === 'held') return '';
  if (result.kind !== 'broken') return result.reason;
  return result.differences.map(({ at, wanted, got }) => `${at}: wanted ${wanted}, got ${got}`).join('; ');
}

type Overall = Pick<Judgement, 'verdict' | 'exitCode' | 'sentence'>;

function overall(judged: readonly Judged[], counts: Counts, leftOut: string | undefined): Overall {
  const { fail, blocked, error, inconclusive, stale } = counts;
  const endedBy = (how: 'bail' | 'signal') =>
    judged.filter(({ result }) => result.kind === 'error' && result.ended === how).length;
  const [bailed, interrupted] = [endedBy('bail'), endedBy('signal')];
  const unreached = error - bailed - interrupted;
  const untested = (sentence: string): Overall => ({ verdict: 'not-tested', exitCode: 3, sentence });
  const lost = [
    ...(unreached > 0
      ? [`${counted(unreached, 'check')} could not be run: the target did not stay reachable, or the suite is at fault`]
      : []),
    ...(interrupted > 0 ? [`${counted(interrupted, 'check')} not run: a signal ended the run`] : []),
  ];
  const notRun = bailed > 0 ? [`${bailed} not run after the first, as --bail asks`] : [];
  if (fail + blocked > 0) {
    const failed = `${fail} failed, ${blocked} blocked, ${stale} stale`;
    return { verdict: 'not-conformant', exitCode: 1, sentence: [failed, ...lost, ...notRun].join('; ') };
  }
  if (lost.length > 0) return untested(lost.join('; '));
  if (inconclusive > 0)
    return untested(`${counted(inconclusive, 'check')} inconclusive: there was more to look at than they are allowed`);
  if (judged.every(({ verdict }) => verdict === 'not-applicable' || verdict === 'error'))
    return untested('no check applied to the target');
  const short = [...knownShortfall(judged), ...(leftOut ? [leftOut] : []), ...notRun];
  const good: Overall =
    short.length === 0
      ? { verdict: 'conformant', exitCode: 0, sentence: conformance }
      : { verdict: 'passed', exitCode: 0, sentence: `nothing failed that is not known; ${short.join('; ')}` };
  if (stale === 0) return good;
  return { ...good, exitCode: 2, sentence: `${good.sentence}; ${stale} stale: take them off the known failures` };
}

/** Known failures without which a target would be conformant: of a MUST, or of a check that was not run for them. */
function knownShortfall(judged: readonly Judged[]): readonly string[] {
  const short = judged.filter(
    ({ verdict, level, result }) => verdict === 'known' && (level === 'MUST' || result.kind === 'blocked'),
  ).length;
  return short === 0 ? [] : [`${counted(short, 'known failure')} of a MUST, or blocked`];
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

import type { Exchange } from './answer.js';
import { type Check, stages } from './check.js';
import { checks as allChecks } from './checks/index.js';
import type { Interrupts } from './interrupts.js';
import { failsRun } from './judge.js';
import type { KnownFailure } from './known-failures.js';
import type { Outcome, Result } from './outcome.js';
import type { Difference } from './patterns/pattern.js';
import { type Bench, runCheck } from './run-check.js';

/** How the checks of a run are run. */
export interface Manner {
  /** Whether the first failure is the last. */
  readonly bail?: boolean;
  readonly known?: readonly KnownFailure[];
  /** Asked before each check: what runs comes to its end and is undone, and the rest is not begun. */
  readonly interrupts?: Interrupts;
  readonly onOutcome?: (outcome: Outcome, done: number, planned: number) => void;
}

/** After so many checks in a row without any answer in time, the rest is not tried. */
const patience = 3;

/** How a target ended before the first check, when it was asked what it has. */
interface Death {
  readonly difference: Difference;
  readonly evidence: readonly Exchange[];
}

/** One stage after the other, the main one with as many jobs as the bench has. */
export async function runAll(
  planned: readonly Check[],
  bench: Bench,
  { bail = false, known = [], interrupts, onOutcome, death }: Manner & { readonly death?: Death },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let silent = 0;
  let isTold = false;
  let failed: string | undefined;
  const places = new Map(allChecks.map((check, index) => [check.id, index]));
  const outcomeOf = (check: Check, bench: Bench) => {
    if (interrupts?.isStopped())
      return notTried(check, bench, { reason: 'not tried: a signal ended the run', ended: 'signal' });
    if (failed !== undefined)
      return notTried(check, bench, { reason: `not tried: --bail, and ${failed} failed before`, ended: 'bail' });
    if (silent >= patience)
      return notTried(check, bench, {
        reason: `not tried: the target gave no answer to the ${patience} checks before`,
      });
    if (death && !isTold) {
      isTold = true;
      return endedBefore(check, bench, death);
    }
    return runCheck(check, places.get(check.id) ?? planned.indexOf(check), bench);
  };
  const run = async (check: Check, bench: Bench) => {
    const outcome = await outcomeOf(check, bench);
    silent = isSilent(outcome) ? silent + 1 : 0;
    if (bail && failsRun(outcome, known)) failed ??= check.id;
    outcomes.push(outcome);
    onOutcome?.(outcome, outcomes.length, planned.length);
  };
  const alone = { ...bench, jobs: 1 };
  for (const stage of stages) {
    const queue = planned.filter((check) => check.stage === stage);
    const own = stage !== 'main' || bench.settings.pool !== undefined ? alone : bench;
    const worker = async () => {
      for (let check = queue.shift(); check; check = queue.shift()) await run(check, own);
    };
    await Promise.all(Array.from({ length: own.jobs }, worker));
  }
  return outcomes;
}

function isSilent({ evidence, result }: Outcome): boolean {
  if (evidence.length === 0) return result.kind === 'error';
  return evidence.every(
    ({ failure }) =>
      failure?.startsWith('no complete answer') || failure?.includes('ECONNREFUSED') || failure?.includes('ENOENT'),
  );
}

/** What ended a target before the first check is told there: the others only find that it is gone. */
async function endedBefore(check: Check, bench: Bench, { difference, evidence }: Death): Promise<Outcome> {
  const outcome = await notTried(check, bench, { reason: difference.got });
  return { ...outcome, evidence, result: { kind: 'broken', differences: [difference], died: true } };
}

async function notTried(
  check: Check,
  bench: Bench,
  why: Pick<Extract<Result, { kind: 'error' }>, 'reason' | 'ended'>,
): Promise<Outcome> {
  const outcome = await runCheck({ ...check, needs: ['engine', 'network-driver', 'ipam-driver'] }, 0, bench);
  return { ...outcome, result: { kind: 'error', ...why } };
}

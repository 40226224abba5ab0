import { setTimeout as wait } from 'node:timers/promises';
import type { OperationId } from '@opencnm/spec';
import type { Exchange } from './answer.js';
import type { Difference } from './patterns/pattern.js';
import type { Bench } from './run-check.js';

/** How long a target that dies has to let go of its socket, in ms. */
const lettingGoMs = 50;

/**
 * What is wrong where a target answered a check no more and listens no more: a valid request ended it. Undefined where
 * it lives, or was gone before the check. A connection that is closed says neither, so the target is dialled again.
 */
export async function deathIn(
  evidence: readonly Exchange[],
  { caller, features, jobs }: Pick<Bench, 'caller' | 'features' | 'jobs'>,
): Promise<Difference | undefined> {
  const index = evidence.findIndex(isCut);
  const cut = evidence[index];
  const before = evidence[index - 1];
  if (!cut || !(isDialled(cut) || before)) return undefined;
  await wait(lettingGoMs);
  const op: OperationId = features.has('engine') ? 'SystemPing' : 'Plugin.Activate';
  const { answer } = await caller.call(op, undefined, { fresh: true });
  if (answer.outcome !== 'broken' || !answer.unreachable) return undefined;
  const since = isDialled(cut) ? `${cut.failure}; since then` : `since it answered ${before?.operation}`;
  const others = jobs > 1 ? ` (${jobs} checks ran at once: --jobs 1 tells which of them ended it)` : '';
  return {
    at: cut.operation,
    wanted: 'an answer, and a target that lives on',
    got: `${since} it listens no more: ${answer.problem}${others}`,
  };
}

/** Whether there was no answer for another reason than time, or than that the suite hung up. */
function isCut({ failure }: Exchange): boolean {
  return failure !== undefined && !/^no complete answer|cut on purpose/.test(failure);
}

/** Whether a request reached somebody. */
function isDialled({ failure = '' }: Exchange): boolean {
  return !/^connect E[A-Z]+ /.test(failure);
}

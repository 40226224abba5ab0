import type { Inputs, OperationId } from '@opencnm/spec';
import type { Difference } from '../patterns/pattern.js';
import type { World } from '../world.js';
import { bodyOf, isAbsent, succeeded } from './take-step.js';

/** Calls that have to succeed one after the other; after one that does not, no more are sent. */
export interface CallsInARow {
  /** The members of the answer; none once a call failed. */
  readonly call: <O extends OperationId>(op: O, input: Inputs[O]) => Promise<Readonly<Record<string, unknown>>>;
  readonly differences: () => readonly Difference[];
}

/** No calls yet. */
export function callsInARow(world: World): CallsInARow {
  let differences: readonly Difference[] = [];
  return {
    async call(op, input) {
      if (differences.length > 0) return {};
      const answer = await world.call(op, input);
      if (!isAbsent(op, answer, world)) differences = succeeded(op, answer);
      return bodyOf(answer);
    },
    differences: () => differences,
  };
}

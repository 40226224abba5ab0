import { type Inputs, type OperationId, type Outputs, operation } from '@opencnm/spec';
import type { Answer } from '../answer.js';
import type { Caller } from '../caller/caller.js';
import { undoLedger } from '../undo.js';

/** The driver did not do what it was asked for: the size cannot be reached. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/** The driver gave to one what another one holds, which only shows when it holds much. */
export class Doubled extends Failed {}

/** Calls whose times can be taken, and whose effects are undone in the end. */
export interface Meter {
  /** Calls that have to succeed; throws Failed otherwise. The body, undefined for a 404 of an optional call. */
  readonly call: <O extends OperationId>(op: O, input: Inputs[O]) => Promise<Outputs[O] | undefined>;
  /** Asks for what no driver has to look up, as a measure for the calls beside it. */
  readonly control: () => Promise<void>;
  /** Takes the times of all calls of a function: in ms, by operation. */
  readonly timed: (calls: () => Promise<void>) => Promise<ReadonlyMap<OperationId, readonly number[]>>;
  /** Removes in reverse what the calls made; what could not be removed. */
  readonly undo: () => Promise<readonly string[]>;
}

/** The call that has nothing to do with what a driver holds. */
export const controlOp = 'Plugin.Activate';

/** A meter of a driver; `check` throws when the run has to end. */
export function meterOf(caller: Caller, check: () => void): Meter {
  const ledger = undoLedger();
  let times: Map<OperationId, number[]> | undefined;
  const note = (op: OperationId, { wire }: Answer) => {
    if (times && wire) times.set(op, [...(times.get(op) ?? []), wire.ms]);
  };
  return {
    async call(op, input) {
      check();
      const { answer } = await caller.call(op, input, { fresh: false });
      ledger.record(op, input, answer);
      if (operation(op).optional && answer.outcome === 'refusal' && answer.status === 404) return undefined;
      if (answer.outcome !== 'success' || answer.problems.length > 0) throw new Failed(`${op} ${reasonOf(answer)}`);
      note(op, answer);
      return answer.body as Outputs[typeof op];
    },
    async control() {
      check();
      // A plugin without a handshake says so in about the same time.
      note(controlOp, (await caller.call(controlOp, undefined, { fresh: false })).answer);
    },
    async timed(calls) {
      const taken = new Map<OperationId, number[]>();
      times = taken;
      try {
        await calls();
      } finally {
        times = undefined;
      }
      return taken;
    },
    undo: () => ledger.undo(async (op, input) => (await caller.call(op, input, { fresh: false })).answer),
  };
}

function reasonOf(answer: Answer): string {
  if (answer.outcome === 'refusal') return `was refused: ${answer.message}`;
  if (answer.outcome === 'broken') return `had no usable answer: ${answer.problem}`;
  return `answered against its schema: ${answer.problems.join('; ')}`;
}

import { createHash } from 'node:crypto';
import type { Call, Heard, Model } from '../models/model.js';
import type { Difference } from '../patterns/pattern.js';

/** A call with its answer. */
export interface Answered {
  readonly call: Call;
  readonly answer: Heard;
  /** The state of the model when it was sent. */
  readonly known?: unknown;
}

/** A call with its answer, and when the one was sent and the other whole, in ms. */
export interface Event extends Answered {
  readonly start: number;
  readonly end: number;
}

/** Whether overlapping calls have the outcome of some order of them. */
export type Linearized =
  | { readonly kind: 'linearizable' }
  /** No order explains the answers; `events` are those that had begun when the first such answer came, that one last. */
  | { readonly kind: 'contradiction'; readonly difference: Difference; readonly events: readonly Event[] }
  /** There were more orders than could be tried. */
  | { readonly kind: 'inconclusive' };

type After<S> = Model<S>['after'];

/**
 * Looks for an order of the events that the model allows, in which a call that ended before another began comes first.
 * `patience` is how many steps of the model a search may take.
 */
export function linearize<S>(
  { after }: Pick<Model<S>, 'after'>,
  start: S,
  events: readonly Event[],
  patience = 200_000,
): Linearized {
  const whole = search(after, start, events, Number.POSITIVE_INFINITY, patience);
  if (whole.found === undefined) return { kind: 'inconclusive' };
  if (whole.found) return { kind: 'linearizable' };
  for (const last of [...events].sort((a, b) => a.end - b.end)) {
    const begun = events.filter((event) => event.start < last.end);
    const { found, broken } = search(after, start, begun, last.end, patience);
    if (found === false && broken)
      return { kind: 'contradiction', difference: broken, events: [...begun.filter((each) => each !== last), last] };
  }
  return { kind: 'inconclusive' };
}

interface Searched {
  /** Undefined when patience ran out. */
  readonly found: boolean | undefined;
  /** Why the event that ended last fits nowhere: what it breaks in the order that has most of the others before it. */
  readonly broken?: Difference;
}

/**
 * Wing and Gong's search; orders that lead to a known state with the same calls left are tried once. Of calls that end
 * after `until` it is not known whether they have been done: they may be left out.
 */
function search<S>(after: After<S>, start: S, events: readonly Event[], until: number, patience: number): Searched {
  const visited = new Set<string>();
  const last = events.findIndex(({ end }) => end === until);
  const deepest = { depth: -1, broken: undefined as Difference | undefined };
  let steps = 0;

  const from = (state: S, left: readonly number[]): boolean | undefined => {
    if (left.every((index) => (events[index]?.end ?? 0) > until)) return true;
    const key = keyOf(state, left);
    if (visited.has(key)) return false;
    visited.add(key);
    const firstEnd = Math.min(...left.map((index) => events[index]?.end ?? 0));
    for (const index of left) {
      const event = events[index];
      if (!event || event.start > firstEnd) continue;
      if (++steps > patience) return undefined;
      const step = after(state, event.call, event.answer);
      if ('broken' in step) {
        const depth = events.length - left.length;
        if (index === last && depth > deepest.depth) Object.assign(deepest, { depth, broken: step.broken });
        continue;
      }
      const rest = from(
        step.state,
        left.filter((each) => each !== index),
      );
      if (rest !== false) return rest;
    }
    return false;
  };

  const found = from(
    start,
    events.map((_, index) => index),
  );
  return { found, ...(deepest.broken ? { broken: deepest.broken } : {}) };
}

/** Short, whatever a state holds: very many are kept. */
function keyOf(state: unknown, left: readonly number[]): string {
  return createHash('sha1')
    .update(`${left.join(' ')} ${JSON.stringify(state)}`)
    .digest('base64');
}

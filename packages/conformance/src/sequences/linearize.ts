import type { Call, Heard, Model } from '../models/model.js';
import type { Difference } from '../patterns/pattern.js';

/** A call with its answer, and when the one was sent and the other whole, in ms. */
export interface Event {
  readonly call: Call;
  readonly answer: Heard;
  readonly start: number;
  readonly end: number;
}

/** Whether overlapping calls have the outcome of some order of them. */
export type Linearized =
  | { readonly kind: 'linearizable' }
  /** No order explains the answers; the difference is that of the order that got farthest. */
  | { readonly kind: 'contradiction'; readonly difference: Difference }
  /** There were more orders than could be tried. */
  | { readonly kind: 'inconclusive' };

/**
 * Looks for an order of the events that the model allows, in which a call that ended before another began comes first
 * (Wing and Gong's search; orders that lead to a known state with the same calls left are tried once). `patience` is
 * how many steps of the model the search may take.
 */
export function linearize<S>(
  { after }: Pick<Model<S>, 'after'>,
  start: S,
  events: readonly Event[],
  patience = 200_000,
): Linearized {
  const visited = new Set<string>();
  const farthest = { depth: -1, difference: undefined as Difference | undefined };
  let steps = 0;

  const search = (state: S, left: readonly number[]): boolean | undefined => {
    if (left.length === 0) return true;
    const key = `${left.join(' ')} ${JSON.stringify(state)}`;
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
        if (depth > farthest.depth) Object.assign(farthest, { depth, difference: step.broken });
        continue;
      }
      const rest = search(
        step.state,
        left.filter((each) => each !== index),
      );
      if (rest !== false) return rest;
    }
    return false;
  };

  const found = search(
    start,
    events.map((_, index) => index),
  );
  if (found === undefined) return { kind: 'inconclusive' };
  return found || !farthest.difference
    ? { kind: 'linearizable' }
    : { kind: 'contradiction', difference: farthest.difference };
}

import type { Model } from '../models/model.js';
import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { Answered, Event } from './linearize.js';

/** What is known of how a target answers calls that nothing overlaps. */
export interface Habits {
  /** Notes answers of calls that came one after the other. */
  readonly note: (events: readonly Answered[]) => void;
  /**
   * An answer that is about what an overlapping call was about, from a target that never answers so otherwise; so many
   * different calls with an answer of their own have to show that it does not.
   */
  readonly crossed: (events: readonly Event[], proof?: number) => Difference | undefined;
}

/**
 * Nothing known yet. A driver with one pool for all may answer as if for another call: that alone is no cross-talk,
 * so it is only looked for where each call that came alone had an answer of its own.
 */
export function habitsOf({ isOwn }: Pick<Model, 'isOwn'>): Habits {
  const own = new Map<string, Set<string>>();
  const odd = new Set<string>();
  return {
    note(events) {
      for (const { call, answer, known } of events) {
        const is = isOwn?.(known, call, answer);
        if (is === false) odd.add(call.op);
        if (is === true) own.set(call.op, (own.get(call.op) ?? new Set()).add(JSON.stringify(call.input)));
      }
    },
    crossed(events, proof = 3) {
      for (const event of events) {
        const { op } = event.call;
        if (odd.has(op) || (own.get(op)?.size ?? 0) < proof || isOwn?.(event.known, event.call, event.answer) !== false)
          continue;
        const other = events.find(
          ({ call, known, start, end }) =>
            call.op === op && start < event.end && event.start < end && isOwn?.(known, call, event.answer),
        );
        if (other)
          return {
            at: `${op} (cross-talk)`,
            wanted: `an answer to ${printed(event.call.input)}`,
            got: `${printed(event.answer.body)}, which answers ${printed(other.call.input)}`,
          };
      }
      return undefined;
    },
  };
}

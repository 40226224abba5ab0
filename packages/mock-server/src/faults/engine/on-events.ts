import type { EventMessage, Inputs } from '@opencnm/spec';
import { engineFault } from '../engine-faults.js';
import type { Fault } from '../fault.js';

type Input = Inputs['SystemEvents'];

/** Whether an event tells of an action on a network. */
export function is({ Type, Action }: EventMessage, action: string): boolean {
  return Type === 'network' && Action === action;
}

/** A fault in how events are asked for. */
export function asking(edit: (input: Input) => Input): Fault {
  return engineFault((inner) => ({ systemEvents: (input, context) => inner.systemEvents(edit(input), context) }));
}

/** A fault in the whole stream. */
export function listening(
  edit: (
    events: AsyncIterable<EventMessage>,
    context: { readonly signal?: AbortSignal | undefined },
  ) => AsyncIterable<EventMessage>,
): Fault {
  return engineFault((inner) => ({
    systemEvents: (input, context = {}) => edit(inner.systemEvents(input, context), context),
  }));
}

/** A fault in single events. */
export function editing(edit: (event: EventMessage) => readonly EventMessage[]): Fault {
  return listening(async function* (events) {
    for await (const event of events) yield* edit(event);
  });
}

/** A fault in the attributes of one action on networks. */
export function attributes(
  action: string,
  edit: (attributes: Readonly<Record<string, string>>) => Readonly<Record<string, string>>,
): Fault {
  return editing((event) => [
    is(event, action) ? { ...event, Actor: { ...event.Actor, Attributes: edit(event.Actor.Attributes ?? {}) } } : event,
  ]);
}

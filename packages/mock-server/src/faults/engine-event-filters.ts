import type { EventMessage, EventsFilters, FaultId } from '@opencnm/spec';
import { asking, editing, is, listening } from './engine/on-events.js';
import { engineFault } from './engine-faults.js';
import type { Fault } from './fault.js';

/** Faults in the filters, the times and the length of event streams. */
export const engineEventFilterFaults = {
  'engine.events.filter-network-id#name-only': filtering('network', (values) =>
    values.map((text) => (text.length === 64 ? 'nothing' : text)),
  ),
  'engine.events.filter-network-id#first-only': filtering('network', first),
  'engine.events.filter-event#ignored': filtering('event', () => undefined),
  'engine.events.filter-event#first-only': filtering('event', first),
  'engine.events.filter-type-both#first-only': filtering('type', first),
  'engine.events.filter-type-both#last-only': filtering('type', (values) => values.slice(-1)),
  'engine.events.filter-container#ignored': filtering('container', () => undefined),
  'engine.events.filter-label#ignored': filtering('label', () => undefined),
  'engine.events.filter-scope#ignored': filtering('scope', () => undefined),
  'engine.events.time#milliseconds': editing((event) => [{ ...event, time: event.time * 1000 }]),
  'engine.events.time#other-nanoseconds': editing((event) => [{ ...event, timeNano: 5 }]),
  'engine.events.prune#missing': engineFault((inner) => {
    const pruned = new Set<string>();
    return {
      async networkPrune(input, context) {
        const answer = await inner.networkPrune(input, context);
        for (const name of answer.NetworksDeleted ?? []) pruned.add(name);
        return answer;
      },
      systemEvents: (input, context) => without(inner.systemEvents(input, context), pruned),
    };
  }),
  'engine.events.open#one-event': endingAfter(1),
  'engine.events.open#three-events': endingAfter(3),
  'engine.events.scope#missing': editing(({ scope: _, ...event }) => [event]),
  'engine.events.scope#swarm': editing((event) => [{ ...event, scope: 'swarm' }]),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

type Values = readonly string[];

function first(values: Values): Values {
  return values.slice(0, 1);
}

/** Reads one filter in another way; undefined takes it for absent. */
function filtering(key: keyof EventsFilters, edit: (values: Values) => Values | undefined): Fault {
  return asking(({ filters = {}, ...input }) => {
    const { [key]: values, ...others } = filters;
    const edited = values && edit(values);
    return { ...input, filters: edited ? { ...others, [key]: edited } : others };
  });
}

function endingAfter(count: number): Fault {
  return listening(async function* (events) {
    let told = 0;
    for await (const event of events) {
      yield event;
      told += 1;
      if (told === count) return;
    }
  });
}

async function* without(events: AsyncIterable<EventMessage>, names: ReadonlySet<string>): AsyncGenerator<EventMessage> {
  for await (const event of events)
    if (!is(event, 'destroy') || !names.has(event.Actor.Attributes?.['name'] ?? '')) yield event;
}

import type { HttpResponse } from '@opencnm/sdk/driver-kit';
import type { EventMessage, FaultId } from '@opencnm/spec';
import { asking, attributes, editing, is, listening } from './engine/on-events.js';
import type { Fault } from './fault.js';

/** Faults of the event stream. */
export const engineEventFaults = {
  'engine.events.until#open': listening(async function* (events, { signal }) {
    yield* events;
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
  }),
  'engine.events.live#headers-late': {
    engineTransport: (inner) => async (request) => {
      const answer = await inner(request);
      return answer !== 'close' && isStream(answer.body) ? { ...answer, body: await begun(answer.body) } : answer;
    },
  },
  'engine.events.live#by-twos': listening(async function* (events) {
    let held: EventMessage | undefined;
    for await (const event of events) {
      if (held) yield* [held, event];
      held = held ? undefined : event;
    }
    if (held) yield held;
  }),
  'engine.events.since#nothing': asking(({ since: _, ...input }) => input),
  'engine.events.since#everything': asking((input) => (input.since ? { ...input, since: '1' } : input)),
  'engine.events.network-create#missing': editing((event) => (is(event, 'create') ? [] : [event])),
  'engine.events.network-create#twice': editing((event) => (is(event, 'create') ? [event, event] : [event])),
  'engine.events.network-create#no-name': attributes('create', ({ name: _, ...rest }) => rest),
  'engine.events.network-destroy#missing': editing((event) => (is(event, 'destroy') ? [] : [event])),
  'engine.events.network-destroy#other-word': editing((event) => [
    is(event, 'destroy') ? { ...event, Action: 'delete' } : event,
  ]),
  'engine.events.network-connect#no-container': attributes('connect', ({ container: _, ...rest }) => rest),
  'engine.events.network-connect#name-for-id': attributes('connect', (all) => ({ ...all, container: 'web' })),
  'engine.events.network-disconnect#not-on-stop': listening(async function* (events) {
    const stopping = new Set<string>();
    for await (const event of events) {
      if (event.Type === 'container' && event.Action === 'die') stopping.add(event.Actor.ID);
      const isOfStop = is(event, 'disconnect') && stopping.has(event.Actor.Attributes?.['container'] ?? '');
      if (!isOfStop) yield event;
    }
  }),
  'engine.events.network-disconnect#no-container': attributes('disconnect', ({ container: _, ...rest }) => rest),
  'engine.events.filter-type#ignored': asking(({ filters, ...input }) => {
    const { type: _, ...others } = filters ?? {};
    return { ...input, filters: others };
  }),
  'engine.events.filter-network#ignored': asking(({ filters, ...input }) => {
    const { network: _, ...others } = filters ?? {};
    return { ...input, filters: others };
  }),
  'engine.events.filter-network#id-only': asking(({ filters, ...input }) => ({
    ...input,
    filters: {
      ...filters,
      ...(filters?.network ? { network: filters.network.filter((text) => text.length === 64).concat('nothing') } : {}),
    },
  })),
  'engine.events.order#newest-first': listening(async function* (events) {
    const all: EventMessage[] = [];
    for await (const event of events) all.unshift(event);
    yield* all;
  }),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

function isStream(body: HttpResponse['body']): body is AsyncIterable<string> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

/** A stream whose first item has come. */
async function begun(stream: AsyncIterable<string>): Promise<AsyncIterable<string>> {
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    if (first.done) return;
    yield first.value;
    for (let item = await iterator.next(); !item.done; item = await iterator.next()) yield item.value;
  })();
}

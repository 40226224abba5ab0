import type { EventMessage } from '@opencnm/spec';
import type { Clock } from './clock.js';

/** Something that happened, before it has a time. */
export interface Happening {
  readonly Type: 'network' | 'container';
  readonly Action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What happened in the engine, told to whoever listens; the last 1 024 are kept. */
export interface Events {
  readonly emit: (happening: Happening) => void;
  /** What happened since a moment (ns since 1970; without one, nothing), and what happens until another or the signal. */
  readonly listen: (span: {
    readonly since?: bigint;
    readonly until?: bigint;
    readonly signal?: AbortSignal;
  }) => AsyncIterable<EventMessage>;
}

const kept = 1024;

/** An event and its exact time, which its timeNano rounds. */
interface Told {
  readonly at: bigint;
  readonly event: EventMessage;
}

/** The events of one engine. */
export function engineEvents(clock: Clock): Events {
  const past: Told[] = [];
  const listeners = new Set<(event: EventMessage) => void>();
  return {
    emit({ Type, Action, id, attributes }) {
      const timeNano = clock.nanoseconds();
      const event = {
        Type,
        Action,
        Actor: { ID: id, Attributes: { ...attributes } },
        scope: 'local',
        time: Number(timeNano / 1_000_000_000n),
        timeNano: Number(timeNano),
      } as EventMessage;
      past.push({ at: timeNano, event });
      if (past.length > kept) past.shift();
      for (const listener of listeners) listener(event);
    },
    listen: (span) => stream(past, listeners, span, clock),
  };
}

async function* stream(
  past: readonly Told[],
  listeners: Set<(event: EventMessage) => void>,
  { since, until, signal }: { readonly since?: bigint; readonly until?: bigint; readonly signal?: AbortSignal },
  clock: Clock,
): AsyncGenerator<EventMessage> {
  const queue = past
    .filter(({ at }) => since !== undefined && at >= since && (until === undefined || at <= until))
    .map(({ event }) => event);
  const left = until === undefined ? undefined : Number((until - clock.last()) / 1_000_000n);
  let isOver = left !== undefined && left <= 0;
  let wake = () => {};
  const listener = (event: EventMessage) => {
    queue.push(event);
    wake();
  };
  const wakeUp = () => wake();
  const end = () => {
    isOver = true;
    wake();
  };
  const timer = left === undefined ? undefined : setTimeout(end, Math.min(Math.max(left, 0), 2 ** 31 - 1));
  listeners.add(listener);
  signal?.addEventListener('abort', wakeUp);
  try {
    while (!signal?.aborted) {
      const event = queue.shift();
      if (event) yield event;
      else if (isOver) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(timer);
    listeners.delete(listener);
    signal?.removeEventListener('abort', wakeUp);
  }
}

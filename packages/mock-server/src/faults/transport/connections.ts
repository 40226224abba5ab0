import { setTimeout as wait } from 'node:timers/promises';
import type { Handler } from '@opencnm/sdk/driver-kit';
import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { bodyOf, json, onSuccess, textOf, untilGone } from '../wire-faults.js';

const network = '/NetworkDriver.';

/** Faults of calls at once, of time and of closed connections. */
export const connectionFaults = {
  'plugin.transport.concurrent#one-at-a-time': busy(1, (path) => path === `${network}Join`, json(500, { Err: 'busy' })),
  'plugin.transport.concurrent#closes-when-busy': busy(2, () => true, 'close'),
  'plugin.transport.concurrent#one-answer-for-two': {
    transport: (inner) => {
      let underWay: ReturnType<Handler> | undefined;
      return async (request) => {
        if (request.path !== `${network}Join`) return inner(request);
        await wait(5);
        const own = inner(request);
        if (underWay) return underWay;
        underWay = own.then(async (answer) => {
          await wait(10);
          underWay = undefined;
          return answer;
        });
        return underWay;
      };
    },
  },
  'plugin.transport.in-time#hangs-second-time': {
    transport: (inner) => {
      const asked = new Set<string>();
      return async (request) => {
        const key = textOf(request);
        if (request.path !== `${network}EndpointOperInfo`) return inner(request);
        if (asked.has(key)) return untilGone(request);
        asked.add(key);
        return inner(request);
      };
    },
  },
  'plugin.transport.in-time#hangs-after-headers': onSuccess(`${network}EndpointOperInfo`, (answer, request) => ({
    ...answer,
    body: (async function* () {
      yield '{';
      await untilGone(request);
    })(),
  })),
  'plugin.transport.in-time#never-ends': onSuccess(`${network}EndpointOperInfo`, (answer, request) => ({
    ...answer,
    body: (async function* () {
      yield bodyOf(answer);
      for (; !request.signal.aborted; await wait(50)) yield ' ';
    })(),
  })),
  'plugin.transport.in-time#drips': onSuccess(`${network}EndpointOperInfo`, (answer, request) => ({
    ...answer,
    body: (async function* () {
      for (const byte of bodyOf(answer)) {
        if (request.signal.aborted) return;
        yield byte;
        await wait(1_000);
      }
    })(),
  })),
  'plugin.transport.answers#closes': onSuccess(`${network}Leave`, () => 'close'),
  'plugin.transport.answers#closes-first': {
    transport: (inner) => {
      const asked = new Set<string>();
      return async (request) => {
        const endpoint = textOf(request);
        if (request.path !== `${network}Join` || asked.has(endpoint)) return inner(request);
        asked.add(endpoint);
        return 'close';
      };
    },
  },
  'plugin.transport.answers#truncated': onSuccess(`${network}Join`, (answer) => ({
    ...answer,
    body: bodyOf(answer).slice(0, -8),
  })),
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** Fails the calls that come while others are under way; each call takes a moment, so that they meet. */
function busy(most: number, applies: (path: string) => boolean, answer: ReturnType<typeof json> | 'close'): Fault {
  return {
    transport: (inner) => {
      let underWay = 0;
      return async (request) => {
        if (!applies(request.path)) return inner(request);
        if (underWay >= most) return answer;
        underWay++;
        try {
          await wait(10);
          return await inner(request);
        } finally {
          underWay--;
        }
      };
    },
  };
}

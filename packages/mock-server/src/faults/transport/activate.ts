import { setTimeout as wait } from 'node:timers/promises';
import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { bodyOf, json, onSuccess } from '../wire-faults.js';

/** Faults of the handshake. */
export const activateFaults = {
  'plugin.activate.implements#missing': onSuccess('/Plugin.Activate', () => json(200, {})),
  'plugin.activate.implements#lower-case': onSuccess('/Plugin.Activate', (answer) => ({
    ...answer,
    body: bodyOf(answer).replaceAll('Driver', 'driver'),
  })),
  'plugin.activate.implements#text': onSuccess('/Plugin.Activate', () =>
    json(200, { Implements: 'NetworkDriver,IpamDriver' }),
  ),
  'plugin.activate.known-names#unknown-name': onSuccess('/Plugin.Activate', () =>
    json(200, { Implements: ['NetworkDriver', 'IpamDriver', 'IPAM'] }),
  ),
  'plugin.activate.repeatable#once': secondActivation(json(200, { Implements: [] })),
  'plugin.activate.repeatable#refused-later': secondActivation(json(500, { Err: 'activated already' })),
  'plugin.activate.fast#slow': {
    transport: (inner) => async (request) => {
      if (request.path === '/Plugin.Activate') await wait(1_200);
      return inner(request);
    },
  },
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

function secondActivation(answer: ReturnType<typeof json>): Fault {
  return {
    transport: (inner) => {
      let count = 0;
      return async (request) => (request.path === '/Plugin.Activate' && ++count > 1 ? answer : inner(request));
    },
  };
}

import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { bodyOf, instead, json, onAnswer, onFailure, onSuccess } from '../wire-faults.js';

const network = '/NetworkDriver.';

/** Faults of the bodies and statuses of successes. */
export const bodyFaults = {
  'plugin.transport.status-200#created': onSuccess(`${network}CreateNetwork`, (answer) => ({ ...answer, status: 201 })),
  'plugin.transport.status-200#no-content': onSuccess(`${network}DeleteNetwork`, () => ({ status: 204 })),
  'plugin.transport.json-object#empty-body': onSuccess(`${network}Leave`, () => ({ status: 200 })),
  'plugin.transport.json-object#array-body': onSuccess(`${network}DeleteEndpoint`, () => json(200, [])),
  'plugin.transport.no-bom#bom': onSuccess(`${network}GetCapabilities`, (answer) => ({
    ...answer,
    body: `\uFEFF${bodyOf(answer)}`,
  })),
  'plugin.transport.no-redirect#slash': instead(({ path }) => path === `${network}GetCapabilities`, {
    status: 301,
    headers: { Location: `${network}GetCapabilities/` },
  }),
  'plugin.transport.content-type#text-plain': onAnswer('/Plugin.Activate', (answer) => ({
    ...answer,
    headers: { 'Content-Type': 'text/plain' },
  })),
  'plugin.transport.one-document#doubled': onSuccess(`${network}GetCapabilities`, (answer) => ({
    ...answer,
    body: `${bodyOf(answer)}${bodyOf(answer)}`,
  })),
  'plugin.transport.one-document#error-doubled': onFailure('/', (answer) => ({
    ...answer,
    body: `${bodyOf(answer)}null\n`,
  })),
  'plugin.transport.documented-case#lower-case': onSuccess(`${network}GetCapabilities`, (answer) => ({
    ...answer,
    body: bodyOf(answer).replace('"Scope"', '"scope"'),
  })),
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

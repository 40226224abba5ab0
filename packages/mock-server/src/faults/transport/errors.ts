import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { bodyOf, json, jsonOf, onFailure } from '../wire-faults.js';

const network = '/NetworkDriver.';
const ipam = '/IpamDriver.';
const messageOf = (body: string): string => (JSON.parse(body) as { Err: string }).Err;

/** Faults of the answers to calls that fail. */
export const errorFaults = {
  'plugin.transport.error-member-network#error-member': onFailure(network, (answer) =>
    json(200, { Error: messageOf(bodyOf(answer)) }),
  ),
  'plugin.transport.error-member-network#error-object': onFailure(network, (answer) =>
    json(200, { Err: { text: messageOf(bodyOf(answer)) } }),
  ),
  'plugin.transport.error-member-ipam#err-member': onFailure(ipam, (answer) =>
    json(200, { Err: messageOf(bodyOf(answer)) }),
  ),
  'plugin.transport.error-member-ipam#error-list': onFailure(ipam, (answer) =>
    json(200, { Error: [messageOf(bodyOf(answer))] }),
  ),
  'plugin.transport.error-text#error-number': onFailure('/', () => json(200, { Err: 500, Error: 500 })),
  'plugin.transport.error-not-empty#empty-error': onFailure('/', () => ({ status: 500 })),
  'plugin.transport.error-not-empty#empty-error-member': onFailure('/', () => json(500, { Err: '', Error: '' })),
  'plugin.transport.error-portable#html': onFailure('/', (answer) => ({
    status: 500,
    headers: { 'Content-Type': 'text/html' },
    body: `<html><body><h1>500</h1>${messageOf(bodyOf(answer))}</body></html>`,
  })),
  'plugin.transport.error-portable#other-member': onFailure('/', (answer) =>
    json(500, { message: messageOf(bodyOf(answer)) }),
  ),
  'plugin.transport.no-secrets#echoes-options': onFailure(`${network}CreateNetwork`, (answer, request) =>
    json(500, { Err: `${messageOf(bodyOf(answer))}: ${JSON.stringify(jsonOf(request)?.['Options'])}` }),
  ),
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

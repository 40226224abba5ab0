import { errorKey, type OperationId, operation, type SchemaName } from '@opencnm/spec';
import type { Answer } from '../answer.js';
import type { RawRequest } from '../check.js';
import { type Address, addressOf } from './address.js';
import type { Called, Caller } from './caller.js';
import { evidenceOf, wireOf } from './evidence.js';
import { brokenBy, type How, type Received, transportTo, type Wire } from './exchange.js';
import { goDecode } from './go-decode.js';
import { goJson } from './go-json.js';

/** Speaks to a driver as an engine does, byte for byte. */
export function driverCaller(url: string, timeoutMs: number): Caller {
  const address = addressOf(url);
  const transport = transportTo(address, timeoutMs);
  const send = async (op: OperationId, wire: Wire, how: How): Promise<Called> => {
    const received = await transport.exchange(wire, how);
    return { answer: { ...driverAnswer(op, received), ...wireOf(received) }, exchange: evidenceOf(op, wire, received) };
  };
  return {
    call: (op, input, how) => send(op, driverWire(op, input, address), how),
    raw: (op, request) => send(op, rawWire(op, request, address), { fresh: true }),
    close: transport.close,
  };
}

/** The bytes of a call: no Content-Type, headers in Go's order, Accept-Encoding only on TCP. */
export function driverWire(op: OperationId, input: unknown, address: Pick<Address, 'isUnix' | 'host'>): Wire {
  const row = operation(op);
  const body = row.request ? goJson(row.request.schema as SchemaName, input) : '';
  return { method: 'POST', path: row.path, headers: headersFor(body, address), body };
}

function rawWire(op: OperationId, { body = '', ...request }: RawRequest, address: Address): Wire {
  const headers = request.headers
    ? { ...request.headers, 'Content-Length': String(Buffer.byteLength(body)) }
    : headersFor(body, address);
  return { method: request.method ?? 'POST', path: request.path ?? operation(op).path, headers, body };
}

function headersFor(body: Wire['body'], { isUnix, host }: Pick<Address, 'isUnix' | 'host'>): Record<string, string> {
  return {
    Host: isUnix ? 'plugin.moby.localhost' : host,
    'User-Agent': 'Go-http-client/1.1',
    'Content-Length': String(Buffer.byteLength(body)),
    Accept: 'application/vnd.docker.plugins.v1.2+json',
    ...(isUnix ? {} : { 'Accept-Encoding': 'gzip' }),
  };
}

/** What an engine makes of a driver's answer: only 200 without the face's error member is success. */
export function driverAnswer(op: OperationId, received: Received): Answer {
  if ('failure' in received) return brokenBy(received);
  const { status } = received;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(received.body);
  const row = operation(op);
  if (status !== 200) return failure(status, text);
  const decoded = goDecode((row.responses['200']?.schema ?? 'DriverResponse') as SchemaName, text);
  if (!decoded.ok) return { outcome: 'broken', status, problem: decoded.problem, unreachable: false };
  const error = decoded.value[errorKey(row.face)];
  const message = typeof error === 'string' && error !== '' ? error : unheard(op, decoded.value);
  return message === undefined
    ? { outcome: 'success', status, body: decoded.value, problems: decoded.problems }
    : { outcome: 'refusal', status, message, body: decoded.value, problems: decoded.problems };
}

/** What an engine cannot do without in the answer of an IPAM driver. */
const needed: Readonly<Record<string, string>> = {
  'IpamDriver.RequestPool': 'Pool',
  'IpamDriver.RequestAddress': 'Address',
};

/** An error in the member of the other face: an engine does not hear it, but fails for want of what it asked for. */
function unheard(op: OperationId, body: Readonly<Record<string, unknown>>): string | undefined {
  const { Err: error } = body;
  const member = needed[op];
  return member && !body[member] && typeof error === 'string' && error !== '' ? error : undefined;
}

/** A status other than 200: `Err` of a JSON body, or the whole body, is the message. */
function failure(status: number, text: string): Answer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const members = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  // Go matches names whatever their case, and the last one counts.
  const err: unknown = members.findLast(([name]) => name.toLowerCase() === 'err')?.[1];
  const message = typeof err === 'string' && err !== '' ? err : text.trim();
  return { outcome: 'refusal', status, message: message || `status ${status}`, body, problems: [] };
}

import type { Exchange, WireAnswer } from '../answer.js';
import type { Received, Wire } from './exchange.js';

const kept = 16 * 1024;

/** An exchange as evidence. */
export function evidenceOf(operation: string, wire: Wire, received: Received): Exchange {
  const request = { method: wire.method, path: wire.path, headers: wire.headers, body: cut(wire.body) };
  const base = { step: 'act' as const, operation, request, ms: Math.round(received.ms * 10) / 10 };
  if ('failure' in received) return { ...base, failure: received.failure };
  return { ...base, response: { status: received.status, headers: received.headers, body: cut(received.body) } };
}

/** The answer as it came, for checks of bytes; a byte order mark is kept. */
export function wireOf(received: Received): { readonly wire?: WireAnswer } {
  if ('failure' in received) return {};
  const { status, headers, body, ms } = received;
  return { wire: { status, headers, body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body), ms } };
}

function cut(body: string | Uint8Array): string {
  const length = Buffer.byteLength(body);
  if (typeof body === 'string' && length <= kept) return body;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body.slice(0, kept)) : body;
  const text = new TextDecoder().decode(bytes.subarray(0, kept));
  return length > kept ? `${text}… (${length} bytes)` : text;
}

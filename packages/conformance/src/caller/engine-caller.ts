import { encodeRequest, type OperationId, operation, type SchemaName, validate } from '@opencnm/spec';
import type { Answer } from '../answer.js';
import type { RawRequest } from '../check.js';
import { addressOf } from './address.js';
import type { Called, Caller } from './caller.js';
import { evidenceOf, wireOf } from './evidence.js';
import { brokenBy, type How, type Received, transportTo, type Wire } from './exchange.js';
import { problemText } from './problem-text.js';

/** Speaks to an engine as a docker client does, below one API version: `1.41`. */
export function engineCaller(url: string, timeoutMs: number, apiVersion: string, certFolder?: string): Caller {
  const address = addressOf(url, certFolder);
  const transport = transportTo(address, timeoutMs);
  const headers = { Host: address.isUnix ? 'docker' : address.host, 'User-Agent': 'opencnm-conformance' };
  const send = async (op: OperationId, wire: Wire, how: How): Promise<Called> => {
    const received = await transport.exchange(wire, how);
    return { answer: { ...engineAnswer(op, received), ...wireOf(received) }, exchange: evidenceOf(op, wire, received) };
  };
  return {
    call: (op, input, how) => send(op, engineWire(op, input, apiVersion, headers), how),
    raw: (op, request) => send(op, rawWire(op, request, apiVersion, headers), { fresh: true }),
    close: transport.close,
  };
}

function engineWire(op: OperationId, input: unknown, version: string, base: Readonly<Record<string, string>>): Wire {
  const row = operation(op);
  const { method, path, query, body } = encodeRequest(op, input as never);
  const search = new URLSearchParams(query).toString();
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    ...base,
    'Content-Length': String(Buffer.byteLength(text)),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
  return {
    method,
    path: `${row.unversioned ? '' : `/v${version}`}${path}${search ? `?${search}` : ''}`,
    headers,
    body: text,
  };
}

function rawWire(
  op: OperationId,
  { body = '', ...request }: RawRequest,
  version: string,
  base: Readonly<Record<string, string>>,
): Wire {
  const headers = {
    ...base,
    ...(request.headers ?? { 'Content-Type': 'application/json' }),
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const row = operation(op);
  const own = row.path.replace(/\{(\w+)\}/g, (_, name: string) => request.at?.[name] ?? '');
  const path = request.path ?? `${row.unversioned ? '' : `/v${version}`}${own}`;
  return {
    method: request.method ?? row.method,
    path: request.query === undefined ? path : `${path}?${request.query}`,
    headers,
    body,
  };
}

/** What a docker client makes of an engine's answer: a body per status; problems are disagreements with the status's schema. */
export function engineAnswer(op: OperationId, received: Received): Answer {
  if ('failure' in received) return brokenBy(received);
  const { status, headers } = received;
  const row = operation(op);
  const declared = row.responses[String(status)];
  const text = new TextDecoder().decode(received.body);
  const isJson = (headers['content-type'] ?? '').includes('json');
  const body = declared?.stream ? parseLines(text) : isJson || declared?.schema ? parse(text) : text;
  const each = declared?.stream && Array.isArray(body) ? body : [body];
  const problems = declared
    ? each.flatMap((value) => schemaProblems(declared.schema as SchemaName | undefined, value))
    : [`status ${status} is not one of ${row.id}`];
  if (status < 400) return { outcome: 'success', status, body, problems };
  const message = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['message'] : undefined;
  return { outcome: 'refusal', status, message: typeof message === 'string' ? message : text.trim(), body, problems };
}

function schemaProblems(schema: SchemaName | undefined, body: unknown): readonly string[] {
  if (!schema) return [];
  return validate(schema, body).map(problemText);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The documents of a stream that has ended, undefined when one of them is none. */
function parseLines(text: string): readonly unknown[] | undefined {
  const documents = text.split('\n').filter((line) => line.trim() !== '');
  const values = documents.map(parse);
  return values.includes(undefined) ? undefined : values;
}

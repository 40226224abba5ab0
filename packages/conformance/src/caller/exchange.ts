import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Answer } from '../answer.js';
import type { Address } from './address.js';

/** A request as it goes over the wire. */
export interface Wire {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text goes out together with the headers. */
  readonly body: string | Uint8Array;
}

/** What came back, or why nothing did. */
export type Received =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      readonly ms: number;
    }
  | { readonly failure: string; readonly unreachable: boolean; readonly ms: number };

/** The most that is read of an answer, in bytes. */
export const maxAnswerBytes = 8 * 1024 * 1024;

/** How a request is sent. */
export interface How {
  /** Whether it goes over a connection of its own. */
  readonly fresh: boolean;
  /** For a stream without an end: what is done once its headers are there; the answer ends with so many lines after that. */
  readonly meanwhile?: (() => Promise<unknown>) | undefined;
  /** How many lines of such a stream are read: the first one unless told otherwise. */
  readonly lines?: number;
  /** Whether the connection is cut when the answer begins, as when it breaks once the call was done. */
  readonly losesAnswer?: boolean;
}

/** Sends bytes over kept-alive connections, as Go's client does: headers in the order given, no others. */
export interface Transport {
  readonly exchange: (wire: Wire, how: How) => Promise<Received>;
  readonly close: () => void;
}

/** A transport to an address; an answer has `timeoutMs` in all. */
export function transportTo(address: Address, timeoutMs: number): Transport {
  const options = { keepAlive: true, maxFreeSockets: 4, ...(address.tls ?? {}) };
  const agent = address.tls ? new TlsAgent(options) : new Agent(options);
  const send = address.tls ? tlsRequest : request;
  const once = (wire: Wire, { fresh, meanwhile, lines = 1, losesAnswer }: How, started: number) =>
    new Promise<Received & { readonly wasReused: boolean }>((resolve) => {
      const end = (result: Ended) => {
        clearTimeout(timer);
        resolve({ ...result, ms: performance.now() - started, wasReused: message.reusedSocket });
      };
      const message: ClientRequest = send({
        ...address.connect,
        agent: fresh ? false : agent,
        method: wire.method,
        path: wire.path,
        headers: wire.headers,
        setHost: false,
        // Go's client takes lines that end without a carriage return, and so does this one.
        insecureHTTPParser: true,
      });
      const timer = setTimeout(() => {
        message.destroy();
        end({ failure: `no complete answer within ${timeoutMs} ms`, unreachable: false });
      }, timeoutMs);
      message.removeHeader('connection');
      message.on('error', (error: NodeJS.ErrnoException) =>
        end({ failure: sentence(error), unreachable: isUnreachable(error) }),
      );
      message.on('response', (answer) => {
        if (losesAnswer) {
          answer.destroy();
          end({ failure: lost, unreachable: false });
        } else if (meanwhile) firstLines(answer, lines, end, meanwhile);
        else collect(answer, end);
      });
      message.end(wire.body);
    });
  return {
    async exchange(wire, how) {
      const started = performance.now();
      let { wasReused, ...received } = await once(wire, how, started);
      // Engines dial again where more connect at once than the target has room for.
      while ('failure' in received && received.failure === crowded && performance.now() - started < timeoutMs) {
        await wait(crowdedMs);
        ({ wasReused, ...received } = await once(wire, how, started));
      }
      // A kept connection that the target closed while it was idle says nothing about this call.
      if ('failure' in received && received.failure === closed && wasReused)
        return once(wire, { ...how, fresh: true }, started);
      return received;
    },
    close: () => agent.destroy(),
  };
}

/** What is made of an exchange without a whole answer. */
export function brokenBy({
  failure,
  unreachable,
}: Extract<Received, { readonly failure: string }>): Extract<Answer, { readonly outcome: 'broken' }> {
  return { outcome: 'broken', problem: failure, unreachable, closed: failure === closed };
}

const crowded = 'the target takes no more connections at once';
/** How long the suite waits before it dials again; engines wait for a second. */
const crowdedMs = 50;
const closed = 'the connection was closed without an answer';
const newline = 10;
const lost = 'the connection was cut on purpose when the answer began';

type Ended =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array }
  | { readonly failure: string; readonly unreachable: boolean };

function collect(answer: IncomingMessage, end: (result: Ended) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxAnswerBytes) chunks.push(chunk);
    else {
      answer.destroy();
      end({ failure: `the answer is longer than ${maxAnswerBytes} bytes`, unreachable: false });
    }
  });
  answer.on('error', () => end({ failure: 'the answer broke off', unreachable: false }));
  answer.on('end', () => {
    const body = plain(Buffer.concat(chunks), answer.headers['content-encoding']);
    if (body) end({ status: answer.statusCode ?? 0, headers: headersOf(answer), body });
    else end({ failure: 'the answer says gzip and is not', unreachable: false });
  });
}

/** Reads so many lines of a stream, and hangs up. */
function firstLines(
  answer: IncomingMessage,
  lines: number,
  end: (result: Ended) => void,
  meanwhile: () => Promise<unknown>,
): void {
  let body = Buffer.alloc(0);
  const finish = () => {
    answer.destroy();
    end({ status: answer.statusCode ?? 0, headers: headersOf(answer), body });
  };
  answer.on('data', (chunk: Buffer) => {
    body = Buffer.concat([body, chunk]);
    if (body.filter((byte) => byte === newline).length >= lines || body.length > maxAnswerBytes) finish();
  });
  answer.on('error', () => end({ failure: 'the answer broke off', unreachable: false }));
  answer.on('end', finish);
  void meanwhile();
}

function plain(body: Buffer, encoding: string | undefined): Uint8Array | undefined {
  if (encoding !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: maxAnswerBytes });
  } catch {
    return undefined;
  }
}

function headersOf(answer: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

function isUnreachable({ code }: NodeJS.ErrnoException): boolean {
  return (
    code === 'ENOENT' ||
    code === 'ECONNREFUSED' ||
    code === 'EACCES' ||
    code === 'ENOTFOUND' ||
    code === 'EHOSTUNREACH' ||
    code === 'ENOTSOCK'
  );
}

function sentence(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return closed;
  if (error.code === 'EAGAIN') return crowded;
  if (error.code?.startsWith('HPE_')) return `the answer is not HTTP: ${error.message}`;
  return error.message;
}

import { createSecureContext } from 'node:tls';
import { Agent, type Dispatcher, request } from 'undici';
import { CnmError } from '../cnm-error.js';
import { type Deadline, deadline } from './deadline.js';
import { place } from './place.js';
import { transportError } from './transport-error.js';

/** Keys and certificates of a TLS connection, PEM. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: boolean;
}

/** One request of a client. */
export interface Outgoing {
  readonly operation: string;
  readonly method: string;
  /** Percent-encoded, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** In ms; 0 waits for ever. */
  readonly timeoutMs: number;
}

/** What precedes the body of an answer. */
export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What `open` gives. */
export type Opened = Head & ({ readonly stream: AsyncIterable<Uint8Array> } | { readonly text: string });

/** A connection pool to one address; nothing is ever sent twice. */
export interface Exchange {
  /** The whole answer, bounded; the timeout is for all of it. */
  readonly send: (outgoing: Outgoing) => Promise<Head & { readonly text: string }>;
  /** A 2xx answer whose body is read as it comes, with the timeout for its head; any other answer whole. */
  readonly open: (outgoing: Outgoing) => Promise<Opened>;
  readonly close: () => Promise<void>;
}

/** How an exchange connects. */
export interface ExchangeOptions {
  /** The Host header on a unix socket. */
  readonly host: string;
  readonly tls?: TlsOptions | undefined;
  /** The longest answer that is read into memory; 64 MiB unless told otherwise. */
  readonly maxAnswerBytes?: number;
}

/** A pool to `unix:///path`, `tcp://`, `http://` or `https://`. */
export function exchangeWith(
  address: string,
  { host, tls, maxAnswerBytes = 64 * 1024 * 1024 }: ExchangeOptions,
): Exchange {
  const { origin, socketPath } = place(address, host, tls !== undefined);
  if (tls) refuseUnusable(tls, address);
  // Every limit in time is the call's own deadline.
  const agent = new Agent({
    connect: { ...(socketPath ? { socketPath } : {}), ...tls, timeout: 0 },
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 10_000,
  });

  async function bounded<T>(outgoing: Outgoing, act: (limit: Deadline) => Promise<T>): Promise<T> {
    const { operation, signal, timeoutMs } = outgoing;
    const limit = deadline(signal, timeoutMs);
    try {
      return await act(limit);
    } catch (error) {
      throw transportError(operation, error, { address, ended: limit.ended(), timeoutMs });
    } finally {
      limit.clear();
    }
  }

  async function answerTo({ method, path, headers, body }: Outgoing, signal: AbortSignal) {
    const init = { dispatcher: agent, method: method as Dispatcher.HttpMethod, headers, body: body ?? null, signal };
    const { statusCode: status, ...answer } = await request(`${origin}${path}`, init);
    return { status, headers: answer.headers, body: answer.body };
  }

  return {
    send: (outgoing) =>
      bounded(outgoing, async (limit) => {
        const { body, ...head } = await answerTo(outgoing, limit.signal);
        return { ...head, text: await whole(outgoing.operation, body, maxAnswerBytes) };
      }),
    open: async (outgoing) => {
      // The body outlives the deadline for the head, so it hangs on a controller of its own.
      const stop = new AbortController();
      return bounded(outgoing, async (limit) => {
        limit.signal.addEventListener('abort', () => stop.abort(), { once: true });
        if (limit.signal.aborted) stop.abort();
        const { body, ...head } = await answerTo(outgoing, stop.signal);
        if (head.status < 200 || head.status > 299)
          return { ...head, text: await whole(outgoing.operation, body, maxAnswerBytes) };
        return { ...head, stream: streamed(body, outgoing, address, stop) };
      });
    },
    close: () => agent.destroy(),
  };
}

/** What is wrong with keys and certificates would else be found at each connection, in the words of OpenSSL alone. */
function refuseUnusable(tls: TlsOptions, address: string): void {
  try {
    createSecureContext(tls);
  } catch (cause) {
    const message = `the keys and certificates for ${address} cannot be used: ${(cause as Error).message}; each must be PEM, and the key that of the certificate`;
    throw new CnmError({ code: 'invalid-input', message, cause });
  }
}

async function whole(operation: string, body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > limit) {
      const message = `${operation}: the answer is longer than ${limit} bytes`;
      throw new CnmError({ code: 'invalid-answer', operation, message });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function* streamed(
  body: AsyncIterable<Uint8Array>,
  { operation, signal, timeoutMs }: Outgoing,
  address: string,
  stop: AbortController,
): AsyncGenerator<Uint8Array> {
  const limit = deadline(signal, 0);
  limit.signal.addEventListener('abort', () => stop.abort(), { once: true });
  if (limit.signal.aborted) stop.abort();
  try {
    yield* body;
  } catch (error) {
    throw transportError(operation, error, { address, ended: limit.ended(), timeoutMs });
  } finally {
    limit.clear();
  }
}

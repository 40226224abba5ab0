import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Handler, HttpRequest, HttpResponse } from './handler.js';

/** What a server tells each of its requests. */
export interface Serving {
  readonly handler: Handler;
  readonly maxBodyBytes: number;
  /** True once the server takes no new calls. */
  readonly isClosing: () => boolean;
  /** What ends each call under way when the server's patience is over. */
  readonly calls: Set<AbortController>;
  /** Ends the answers that may have no end of their own. */
  readonly streams: Set<() => void>;
}

/** Reads one request, lets the handler answer it, and writes the answer; never rejects. */
export async function serveRequest(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = new AbortController();
  serving.calls.add(call);
  response.on('close', () => {
    serving.calls.delete(call);
    call.abort();
  });
  try {
    const answer = await answerTo(serving, request, call.signal);
    if (answer === 'close') request.socket.destroy();
    else if (answer.head !== undefined) await sendHead(request.socket, answer.head, answer.body ?? '');
    else send(serving, response, answer);
  } catch {
    if (response.headersSent) response.destroy();
    else send(serving, response, refusal(500, 'the server failed to answer'));
  }
}

async function answerTo(
  { handler, maxBodyBytes, isClosing }: Serving,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<HttpResponse | 'close'> {
  if (isClosing()) return refusal(503, 'the server is stopping');
  const body = await bodyOf(request, maxBodyBytes);
  if (!body) return refusal(413, `the request body is longer than ${maxBodyBytes} bytes`);
  return handler({
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: headersOf(request),
    body,
    signal,
  });
}

function headersOf(request: IncomingMessage): HttpRequest['headers'] {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return Object.fromEntries(headers);
}

/** The whole body, or undefined when it is too long: the rest is read and dropped, so that the caller sees the answer. */
function bodyOf(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the request was cut')));
  });
}

function send({ isClosing, streams }: Serving, response: ServerResponse, answer: HttpResponse): void {
  if (response.destroyed) return;
  const { status, body = '' } = answer;
  const headers = { ...(isClosing() ? { Connection: 'close' } : {}), ...answer.headers };
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const length = status === 204 || status === 304 ? {} : { 'Content-Length': String(bytes.length) };
    response.writeHead(status, { ...length, ...headers });
    response.end(bytes);
    return;
  }
  const stream = Readable.from(body);
  const end = () => {
    stream.destroy();
    response.end();
  };
  streams.add(end);
  response.on('close', () => {
    streams.delete(end);
    stream.destroy();
  });
  stream.on('error', () => response.destroy());
  response.writeHead(status, headers);
  response.flushHeaders();
  stream.pipe(response);
}

/** Writes an answer past the server's own way of writing one. */
async function sendHead(socket: Socket, head: string, body: NonNullable<HttpResponse['body']>): Promise<void> {
  socket.write(head);
  if (typeof body === 'string' || body instanceof Uint8Array) socket.write(body);
  else for await (const part of body) socket.write(part);
  // A socket that is ended alone would still take calls, whose answers nobody gets.
  socket.destroySoon();
}

/** For a driver and an engine alike: each face finds its own error member. */
function refusal(status: number, message: string): HttpResponse {
  const body = `${JSON.stringify({ Err: message, Error: message, message })}\n`;
  return { status, headers: { 'Content-Type': 'application/json' }, body };
}

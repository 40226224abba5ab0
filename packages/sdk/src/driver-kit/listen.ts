import { createServer, type Server } from 'node:http';
import type { AddressInfo, ListenOptions as Where } from 'node:net';
import { CnmError } from '../cnm-error.js';
import type { Handler } from './handler.js';
import { type Serving, serveRequest } from './serve-request.js';
import { makePrivate, prepareSocket, withPrivateMode } from './unix-socket.js';

/** Limits of a listening handler. */
export interface ListenOptions {
  /** The longest request body, in bytes; 1 MiB unless told otherwise. */
  readonly maxBodyBytes?: number;
  /** How long calls under way may still take when the server closes, in ms; 5 000 unless told otherwise. */
  readonly graceMs?: number;
}

/** A handler that listens; `address` is where, with the real port. */
export interface Listening {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Longer than the 30 s after which an engine lets go of an idle connection: a call must not meet a closing one, for its repetition has no body. */
const keepAliveMs = 65_000;

/** Serves a handler on `unix:///path` (mode 0600, a stale socket is replaced) or `tcp://host:port` (loopback unless the host says otherwise). */
export async function listen(handler: Handler, address: string, options: ListenOptions = {}): Promise<Listening> {
  const { maxBodyBytes = 1024 * 1024, graceMs = 5_000 } = options;
  let closed: Promise<void> | undefined;
  const isClosing = () => closed !== undefined;
  const serving: Serving = { handler, maxBodyBytes, isClosing, calls: new Set(), streams: new Set() };
  const server = createServer({ requestTimeout: 60_000, keepAliveTimeout: keepAliveMs }, (request, response) => {
    void serveRequest(serving, request, response);
  });
  const bound = address.startsWith('unix://')
    ? await listenUnix(server, address.slice('unix://'.length))
    : await listenTcp(server, address);
  return {
    address: bound,
    close: () => {
      closed ??= close(server, serving, graceMs);
      return closed;
    },
  };
}

async function listenUnix(server: Server, path: string): Promise<string> {
  if (!path.startsWith('/')) throw notAnAddress(`unix://${path}`);
  await prepareSocket(path);
  await withPrivateMode(() => bind(server, { path }, path));
  makePrivate(path);
  return `unix://${path}`;
}

async function listenTcp(server: Server, address: string): Promise<string> {
  const found = /^tcp:\/\/(\[[0-9a-f:]+\]|[^/:]*):(\d{1,5})$/i.exec(address);
  const port = Number(found?.[2]);
  if (!found || port > 65_535) throw notAnAddress(address);
  const host = (found[1] || '127.0.0.1').replace(/^\[|\]$/g, '');
  await bind(server, { host, port }, address);
  const bound = server.address() as AddressInfo;
  return `tcp://${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}

function bind(server: Server, where: Where, place: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Stays attached: an error after this one, such as too many open files, must not end the process.
    server.on('error', (cause) =>
      reject(new CnmError({ code: 'transport', message: `cannot listen on ${place}: ${cause.message}`, cause })),
    );
    server.listen(where, () => resolve());
  });
}

/** Takes no new calls, ends streams, lets calls under way end, and ends what outlasts the grace. */
function close(server: Server, { calls, streams }: Serving, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      for (const call of calls) call.abort();
      server.closeAllConnections();
    }, graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
    for (const end of streams) end();
  });
}

function notAnAddress(address: string): CnmError {
  return new CnmError({
    code: 'invalid-input',
    message: `cannot listen on "${address}": give unix:///path or tcp://127.0.0.1:PORT`,
  });
}

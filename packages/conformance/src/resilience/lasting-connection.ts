import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { addressOf } from '../caller/address.js';
import { driverWire } from '../caller/driver-caller.js';

/** A connection that the target answered on; it lasts no longer than the process that took it. */
export interface LastingConnection {
  /** True when the target answers on it again, as only the same process can. */
  readonly answersAgain: () => Promise<boolean>;
  readonly close: () => void;
}

/** How long an answer may take; without one the connection says nothing. */
const answerMs = 1_000;

/** Opens one; it says nothing where the target closes connections by itself, or speaks TLS. */
export async function lastingConnection(target: string): Promise<LastingConnection> {
  const address = addressOf(target);
  if (address.tls) return { answersAgain: async () => false, close: () => undefined };
  const { path, headers } = driverWire('Plugin.Activate', undefined, address);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const request = `${[`POST ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
  const socket = connect(
    'socketPath' in address.connect ? { path: address.connect.socketPath } : { ...address.connect },
  );
  // What is wrong with it is seen when it is written to.
  socket.on('error', () => undefined);
  const first = await answersOn(socket, request);
  socket.resume();
  return {
    answersAgain: async () => first && answersOn(socket, request),
    close: () => socket.destroy(),
  };
}

async function answersOn(socket: Socket, request: string): Promise<boolean> {
  if (socket.destroyed || socket.readableEnded) return false;
  const ended = new AbortController();
  const { signal } = ended;
  const told = (event: string, is: boolean) => once(socket, event, { signal }).then(() => is);
  socket.write(request);
  try {
    const late = wait(answerMs, false, { signal });
    return await Promise.race([told('data', true), told('end', false), told('close', false), late]);
  } catch {
    return false;
  } finally {
    ended.abort();
  }
}

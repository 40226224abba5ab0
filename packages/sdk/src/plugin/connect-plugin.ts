import {
  type Face,
  type IpamDriver,
  type NetworkDriver,
  type OperationId,
  operation,
  operationsOf,
  type PluginFace,
} from '@opencnm/spec';
import type { Callable, CallOptions } from '../call-options.js';
import { CnmError } from '../cnm-error.js';
import { type Exchange, exchangeWith, type TlsOptions } from '../transport/exchange.js';
import { outcome } from './outcome.js';

/** How a driver is spoken to. */
export interface PluginOptions {
  /** For each call, in ms; 30 000 unless told otherwise, 0 waits for ever as engines do. */
  readonly timeoutMs?: number;
  readonly tls?: TlsOptions;
}

/** A driver's faces over its socket. */
export interface PluginClient {
  readonly plugin: Callable<PluginFace>;
  readonly networkDriver: Callable<NetworkDriver>;
  readonly ipamDriver: Callable<IpamDriver>;
  readonly close: () => Promise<void>;
}

/** What an engine sends with each call: there is no Content-Type. */
const headers = { 'User-Agent': 'Go-http-client/1.1', Accept: 'application/vnd.docker.plugins.v1.2+json' };

/** A client for a driver at `unix:///run/docker/plugins/acme.sock` or `tcp://host:port`; sends what an engine sends, once. */
export function connectPlugin(address: string, { timeoutMs = 30_000, tls }: PluginOptions = {}): PluginClient {
  const exchange = exchangeWith(address, { host: 'plugin.moby.localhost', tls });
  return {
    plugin: faceOf<PluginFace>('plugin', exchange, timeoutMs),
    networkDriver: faceOf<NetworkDriver>('network-driver', exchange, timeoutMs),
    ipamDriver: faceOf<IpamDriver>('ipam-driver', exchange, timeoutMs),
    close: exchange.close,
  };
}

function faceOf<F extends object>(face: Face, exchange: Exchange, timeoutMs: number): Callable<F> {
  const methods = operationsOf(face).map(({ id, call, request }) => [
    call,
    async (...given: readonly unknown[]) => {
      const [input, options] = request ? given : [undefined, given[0]];
      const { signal, timeoutMs: own = timeoutMs } = (options ?? {}) as CallOptions;
      return send(id, input, { signal, timeoutMs: own }, exchange);
    },
  ]);
  return Object.fromEntries(methods) as Callable<F>;
}

async function send(
  id: OperationId,
  input: unknown,
  limits: { readonly signal: AbortSignal | undefined; readonly timeoutMs: number },
  exchange: Exchange,
): Promise<unknown> {
  const row = operation(id);
  const { path, request } = row;
  const body = request ? written(id, input) : '';
  const answer = await exchange.send({ operation: id, method: 'POST', path, headers, body, ...limits });
  return outcome(row, answer);
}

/** As Go's encoder ends it: with a line feed. */
function written(operation: string, input: unknown): string {
  try {
    const text = JSON.stringify(input);
    if (text !== undefined) return `${text}\n`;
  } catch (cause) {
    const message = `${operation}: the input cannot be written as JSON: ${(cause as Error).message.split('\n')[0]}`;
    throw new CnmError({ code: 'invalid-input', operation, message, cause });
  }
  throw new CnmError({ code: 'invalid-input', operation, message: `${operation} needs an input` });
}

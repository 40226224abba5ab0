import type { Engine } from '@opencnm/spec';
import type { Callable } from '../call-options.js';
import { exchangeWith, type TlsOptions } from '../transport/exchange.js';
import { chosenVersion, negotiate } from './api-version.js';
import { engineFace } from './engine-face.js';
import { type EngineGroups, engineGroups } from './engine-groups.js';
import { type Env, findEngine } from './find-engine.js';

/** Which engine, and how it is spoken to. */
export interface EngineOptions {
  /** `unix:///path`, `tcp://host:port` or `https://host:port`; DOCKER_HOST, then the default socket, unless given. */
  readonly host?: string;
  /** For each call that names none, in ms; 60 000 unless told otherwise, 0 waits for ever. */
  readonly timeoutMs?: number;
  /** Such as `1.41`; DOCKER_API_VERSION, then the newest that both sides speak, unless given. */
  readonly version?: string;
  /** Instead of what DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say. */
  readonly tls?: TlsOptions;
  /** The environment; that of the process unless given. */
  readonly env?: Env;
  /** Ends the search for the engine. */
  readonly signal?: AbortSignal;
}

/** An engine over its connection; every call takes its input, then a signal and a timeout, and is sent once. */
export interface EngineClient extends EngineGroups {
  /** The same calls as one face, for what takes any implementation of it. */
  readonly face: Callable<Engine>;
  readonly address: string;
  readonly apiVersion: string;
  readonly close: () => Promise<void>;
}

/** Finds an engine and agrees on the API version with it. */
export async function connectEngine(options: EngineOptions = {}): Promise<EngineClient> {
  const { host, timeoutMs = 60_000, env = process.env, signal } = options;
  const { address, prefix, tls } = findEngine(host, options.tls, env);
  const wanted = options.version ?? (env['DOCKER_API_VERSION'] || undefined);
  const chosen = wanted === undefined ? undefined : chosenVersion(wanted);
  const exchange = exchangeWith(address, { host: 'localhost', tls });
  try {
    const headers = { 'User-Agent': 'opencnm' };
    const ping = (operation: string, method: string, path: string) =>
      exchange.send({ operation, method, path: prefix + path, headers, signal, timeoutMs });
    const apiVersion = chosen ?? (await negotiate(ping, address));
    const face = engineFace({ exchange, prefix, base: `/v${apiVersion}`, timeoutMs });
    return { ...engineGroups(face), face, address, apiVersion, close: exchange.close };
  } catch (error) {
    await exchange.close();
    throw error;
  }
}

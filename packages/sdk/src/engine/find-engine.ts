import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CnmError } from '../cnm-error.js';
import type { TlsOptions } from '../transport/exchange.js';

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where an engine is. */
export interface EngineAddress {
  /** `unix:///path`, `tcp://host:port`, `http://` or `https://`. */
  readonly address: string;
  /** A path before every path of the API: empty, or `/engine`. */
  readonly prefix: string;
  readonly tls?: TlsOptions;
}

const defaultSocket = 'unix:///var/run/docker.sock';

/** Finds the engine as the docker command does: the host given, else DOCKER_HOST, else the default socket; TLS by DOCKER_TLS_VERIFY and DOCKER_CERT_PATH. */
export function findEngine(host: string | undefined, tls: TlsOptions | undefined, env: Env): EngineAddress {
  const text = (host ?? env['DOCKER_HOST'] ?? '').trim();
  if (text === '' || text === 'unix://') return { address: defaultSocket, prefix: '' };
  if (text.startsWith('unix:///')) return { address: text, prefix: '' };
  const [, scheme = 'tcp', place = '', path = ''] =
    /^(?:(tcp|https?):\/\/|(?!\/))([^/?#@]*)(\/[^?#]*)?$/.exec(text) ?? refuse(text);
  const secrets = scheme === 'http' ? undefined : (tls ?? tlsOf(env));
  if (scheme === 'http' && (tls ?? env['DOCKER_TLS_VERIFY']))
    throw invalid(`"${text}" is not encrypted although TLS is asked for: write tcp:// or https://`);
  const authority = scheme === 'tcp' ? withDefaults(place, secrets ? 2376 : 2375) : place;
  const address = `${scheme}://${authority}`;
  if (!authority || !URL.canParse(address.replace(/^tcp:/, 'http:'))) return refuse(text);
  return { address, prefix: path.replace(/\/+$/, ''), ...(secrets ? { tls: secrets } : {}) };
}

/** `tcp://`, `:2375` and a host without a port, as the docker command completes them. */
function withDefaults(place: string, port: number): string | undefined {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(place);
  return found ? `${found[1] || 'localhost'}:${found[2] ?? port}` : undefined;
}

function tlsOf(env: Env): TlsOptions | undefined {
  const isVerified = Boolean(env['DOCKER_TLS_VERIFY']);
  if (!isVerified && !env['DOCKER_TLS']) return undefined;
  const folder = env['DOCKER_CERT_PATH'] || env['DOCKER_CONFIG'] || join(env['HOME'] || homedir(), '.docker');
  const [cert, key] = [pem(folder, 'cert.pem'), pem(folder, 'key.pem')];
  if ((cert === undefined) !== (key === undefined))
    throw invalid(`${folder} must hold both cert.pem and key.pem, or neither`);
  const pair = cert === undefined || key === undefined ? {} : { cert, key };
  if (!isVerified) return { ...pair, rejectUnauthorized: false };
  const ca = pem(folder, 'ca.pem');
  if (ca === undefined) throw invalid(`${folder} has no ca.pem, which DOCKER_TLS_VERIFY needs: set DOCKER_CERT_PATH`);
  return { ...pair, ca, rejectUnauthorized: true };
}

function pem(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  } catch (cause) {
    throw new CnmError({ code: 'invalid-input', message: `cannot read ${path}: ${(cause as Error).message}`, cause });
  }
}

function refuse(host: string): never {
  if (host.startsWith('ssh://'))
    throw invalid(
      `"${host}" is not spoken: let ssh -L /tmp/docker.sock:/var/run/docker.sock forward the socket, and give unix:///tmp/docker.sock`,
    );
  throw invalid(`"${host}" is not an engine's address: give unix:///path, tcp://host:port or https://host:port`);
}

function invalid(message: string): CnmError {
  return new CnmError({ code: 'invalid-input', message });
}

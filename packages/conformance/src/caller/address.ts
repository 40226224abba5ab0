import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { readText } from '../read-text.js';
import { UsageError } from '../usage-error.js';

/** Where a target listens. */
export interface Address {
  readonly url: string;
  readonly isUnix: boolean;
  /** For the Host header of TCP. */
  readonly host: string;
  readonly connect: { readonly socketPath: string } | { readonly host: string; readonly port: number };
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

/** Reads `unix:///path`, `tcp://host:port`, `http://…` or `https://…`; throws a one-line error otherwise. */
export function addressOf(url: string, certFolder?: string): Address {
  if (url.startsWith('unix://')) {
    const path = url.slice('unix://'.length);
    if (!path.startsWith('/'))
      throw new UsageError(
        `${url} is not a target: a unix socket needs an absolute path, as in unix:///run/docker/plugins/acme.sock`,
      );
    if (certFolder !== undefined) throw new UsageError(`${url} has no TLS: leave --tls out, or give tcp://host:port`);
    return { url, isUnix: true, host: '', connect: { socketPath: path } };
  }
  const found = /^(tcp|http|https):\/\/(\[[0-9a-f:]+\]|[^/:]+)(?::(\d{1,5}))?\/?$/i.exec(url);
  if (!found)
    throw new UsageError(`${url} is not a target: give unix:///path/to.sock, tcp://host:port or https://host:port`);
  const [, scheme = '', name = '', port] = found;
  const secure = scheme === 'https' || certFolder !== undefined;
  const number = Number(port ?? (secure ? 2376 : 2375));
  if (number < 1 || number > 65_535) throw new UsageError(`${url} is not a target: there is no port ${port}`);
  const connect = { host: name.replace(/^\[|\]$/g, ''), port: number };
  return {
    url,
    isUnix: false,
    host: `${name}:${number}`,
    connect,
    ...(secure ? { tls: certificates(certFolder) } : {}),
  };
}

function certificates(folder: string | undefined): { ca?: string; cert?: string; key?: string } {
  if (!folder) return {};
  const read = (name: string) => readText(join(folder, name), { name: 'the TLS file', longest: 1 });
  const pems = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  try {
    createSecureContext(pems);
  } catch (error) {
    throw new UsageError(
      `ca.pem, cert.pem and key.pem of ${folder} are no certificates with a key: ${(error as Error).message}`,
    );
  }
  return pems;
}

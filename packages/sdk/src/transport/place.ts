import { CnmError } from '../cnm-error.js';

/** Where requests go: an origin, and the socket below it if there is one. */
export interface Place {
  readonly origin: string;
  readonly socketPath?: string;
}

/** Reads `unix:///path`, `tcp://host:port`, `http://` or `https://`; `host` is the Host header on a socket. A path after host:port is dropped. */
export function place(address: string, host: string, isSecure: boolean): Place {
  if (address.startsWith('unix:///')) return { origin: `http://${host}`, socketPath: address.slice('unix://'.length) };
  const text = /^(tcp|https?):\/\/[^/]/.test(address) && address.replace(/^tcp:/, isSecure ? 'https:' : 'http:');
  if (!text || !URL.canParse(text)) {
    throw new CnmError({
      code: 'invalid-input',
      message: `"${address}" is not an address: give unix:///path, tcp://host:port or https://host:port`,
    });
  }
  return { origin: new URL(text).origin };
}

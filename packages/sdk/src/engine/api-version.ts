import { engineApi, operation } from '@opencnm/spec';
import { CnmError } from '../cnm-error.js';
import type { Head } from '../transport/exchange.js';
import { engineError } from './engine-error.js';

const { oldest, newest } = engineApi;

/** Sends one request to the unversioned ping. */
type Ping = (operation: string, method: string, path: string) => Promise<Head & { readonly text: string }>;

/** The version that both sides speak: the newest of ours that the engine has too. Asks with HEAD, then with GET. */
export async function negotiate(ping: Ping, address: string): Promise<string> {
  const ask = (id: 'SystemPing' | 'SystemPingHead') => {
    const { method, path } = operation(id);
    return ping(id, method, path);
  };
  const first = await ask('SystemPingHead');
  const answer = offered(first) === undefined ? await ask('SystemPing') : first;
  const minor = offered(answer);
  if (minor === undefined) throw unusable(answer, address);
  if (minor >= oldest) return `1.${Math.min(minor, newest)}`;
  throw new CnmError({
    code: 'not-implemented',
    operation: 'SystemPing',
    message: `the engine at ${address} speaks API 1.${minor}, which is too old: 1.${oldest} (Docker 19.03) or newer is needed`,
  });
}

/** A version that the app asks for, checked. */
export function chosenVersion(version: string): string {
  const minor = minorOf(version);
  if (minor !== undefined && minor >= oldest && minor <= newest) return version;
  throw new CnmError({
    code: 'invalid-input',
    message: `API version "${version}" is not one of 1.${oldest} to 1.${newest}`,
  });
}

function offered({ status, headers }: Head): number | undefined {
  return status === 200 ? minorOf(String(headers['api-version'] ?? '')) : undefined;
}

function unusable({ status, text }: Head & { readonly text: string }, address: string): CnmError {
  if (status >= 400) return engineError('SystemPing', status, text);
  return new CnmError({
    code: 'invalid-answer',
    operation: 'SystemPing',
    status,
    message: `what answers at ${address} is not a container engine: its /_ping has no Api-Version that can be read`,
  });
}

function minorOf(version: string): number | undefined {
  const found = /^1\.(\d{1,4})$/.exec(version);
  return found ? Number(found[1]) : undefined;
}

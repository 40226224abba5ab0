import { askSocket } from '../engines/ask-socket.js';
import type { RecordedCall } from './recording.js';

/** A replayed call: what went out, and what this driver made of it. */
export interface Replayed {
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/**
 * Sends the recorded calls to another driver. What the recorded driver chose (pool ids, addresses, address spaces) is
 * replaced by what this one chose, as an engine would do; all else stays as it was recorded.
 */
export async function replay(socket: string, calls: readonly RecordedCall[]): Promise<readonly Replayed[]> {
  const chosen = new Map<string, string>();
  learn(chosen, { LocalDefaultAddressSpace: 'recLocal' }, await addressSpaces(socket));
  const replayed: Replayed[] = [];
  for (const call of calls) {
    const body = call.body === null ? undefined : translated(chosen, call.body);
    const text = body === undefined ? '' : `${JSON.stringify(body)}\n`;
    const { status, text: answered } = await askSocket({
      socket,
      method: call.method,
      path: call.path,
      headers: {
        Host: '',
        'User-Agent': 'Go-http-client/1.1',
        'Content-Length': String(Buffer.byteLength(text)),
        Accept: 'application/vnd.docker.plugins.v1.2+json',
      },
      body: text,
    });
    const answer: unknown = JSON.parse(answered);
    learn(chosen, call.response, answer);
    replayed.push({ path: call.path, body, status, answer });
  }
  return replayed;
}

async function addressSpaces(socket: string): Promise<unknown> {
  const { text } = await askSocket({ socket, method: 'POST', path: '/IpamDriver.GetDefaultAddressSpaces' });
  return JSON.parse(text);
}

/** Notes, member by member, what this driver answered where the recorded one answered something else. */
function learn(chosen: Map<string, string>, recorded: unknown, answered: unknown): void {
  if (recorded === null || typeof recorded !== 'object' || answered === null || typeof answered !== 'object') return;
  for (const [key, value] of Object.entries(recorded)) {
    const own = (answered as Readonly<Record<string, unknown>>)[key];
    if (typeof value !== 'string' || typeof own !== 'string' || value === '') continue;
    chosen.set(key === 'PoolID' ? `PoolID ${value}` : value, own);
    if (key === 'Address') chosen.set(withoutPrefix(value), withoutPrefix(own));
  }
}

function translated(chosen: ReadonlyMap<string, string>, value: unknown, key = ''): unknown {
  if (typeof value === 'string') return chosen.get(key === 'PoolID' ? `PoolID ${value}` : value) ?? value;
  if (Array.isArray(value)) return value.map((item) => translated(chosen, item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, translated(chosen, item, name)]));
}

function withoutPrefix(address: string): string {
  return address.split('/')[0] ?? '';
}

import type { NetworkDriver } from '@opencnm/spec';
import { expect, it } from 'vitest';
import { CnmError } from '../../src/index.js';
import { aPlugin } from '../fixtures/a-plugin.js';
import { post } from '../fixtures/post.js';

const id = 'a'.repeat(64);
const valid = JSON.stringify({ NetworkID: id });

/** A driver whose delete tells what it was given. */
function recording(): { readonly seen: unknown[]; readonly networkDriver: Partial<NetworkDriver> } {
  const seen: unknown[] = [];
  const deleteNetwork = async (input: unknown) => {
    seen.push(input);
    return {};
  };
  return { seen, networkDriver: { deleteNetwork } };
}

it('activation tells the faces that were given, in the media type of engines', async () => {
  const both = await aPlugin({ networkDriver: {}, ipamDriver: {} });
  const one = await aPlugin({ ipamDriver: {} });
  const { status, headers, text } = await post(both.socket, '/Plugin.Activate');
  expect({ status, text }).toEqual({ status: 200, text: '{"Implements":["NetworkDriver","IpamDriver"]}\n' });
  expect(headers['content-type']).toBe('application/vnd.docker.plugins.v1.2+json');
  expect((await post(one.socket, '/Plugin.Activate')).text).toBe('{"Implements":["IpamDriver"]}\n');
});

it.each([
  ['null of Docker 1.9', 'null\n'],
  ['an empty object', '{}'],
  ['no body', ''],
])('a method without arguments takes %s', async (_, body) => {
  const { socket } = await aPlugin({ networkDriver: { getCapabilities: async () => ({ Scope: 'local' }) } });
  const { status, text } = await post(socket, '/NetworkDriver.GetCapabilities', body);
  expect({ status, text }).toEqual({ status: 200, text: '{"Scope":"local"}\n' });
});

it.each([
  [{}, '{"Scope":"local"}'],
  [{ gwAllocCheck: async () => ({}) }, '{"Scope":"local","GwAllocChecker":true}'],
  [
    { gwAllocCheck: async () => ({}), getCapabilities: async () => ({ Scope: 'global' }) as const },
    '{"Scope":"global"}',
  ],
])('capabilities that a network driver leaves out follow from what it has: %#', async (networkDriver, capabilities) => {
  const { socket } = await aPlugin({ networkDriver });
  const { status, text } = await post(socket, '/NetworkDriver.GetCapabilities');
  expect({ status, text }).toEqual({ status: 200, text: `${capabilities}\n` });
});

it('an IPAM driver need not tell capabilities', async () => {
  const { socket } = await aPlugin({ ipamDriver: {} });
  expect((await post(socket, '/IpamDriver.GetCapabilities')).status).toBe(404);
});

it('an implementation gets the request as it was sent, with fields that no schema names', async () => {
  const { seen, networkDriver } = recording();
  const { socket } = await aPlugin({ networkDriver });
  const { status, text } = await post(socket, '/NetworkDriver.DeleteNetwork', `{"NetworkID":"${id}","Later":[1]}\n`);
  expect({ status, text }).toEqual({ status: 200, text: '{}\n' });
  expect(seen).toEqual([{ NetworkID: id, Later: [1] }]);
});

it('a class is an implementation', async () => {
  class Driver {
    readonly #scope = 'global';
    async getCapabilities() {
      return { Scope: this.#scope } as const;
    }
  }
  const { socket } = await aPlugin({ networkDriver: new Driver() });
  expect((await post(socket, '/NetworkDriver.GetCapabilities')).text).toBe('{"Scope":"global"}\n');
});

it.each([
  ['an empty body', ''],
  ['null', 'null'],
  ['an array', '[]'],
  ['half a JSON', '{"NetworkID":"'],
  ['text after the JSON', `${valid}x`],
  ['a byte that is not UTF-8', Buffer.from(`{"NetworkID":"${id}","x":"\xff"}`, 'latin1')],
  ['a missing field', '{}'],
  ['a field of another type', '{"NetworkID":1}'],
  ['a nesting of 100 000', `{"NetworkID":"${id}","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('%s is refused with 400 and does not reach the implementation', async (_, body) => {
  const { seen, networkDriver } = recording();
  const { socket } = await aPlugin({ networkDriver });
  const { status, text } = await post(socket, '/NetworkDriver.DeleteNetwork', body);
  expect(status).toBe(400);
  expect(JSON.parse(text)).toEqual({ Err: expect.stringMatching(/^\S.*\S$/) });
  expect(seen).toEqual([]);
});

it('a key named __proto__ changes no prototype and is not passed on', async () => {
  const { seen, networkDriver } = recording();
  const { socket } = await aPlugin({ networkDriver });
  const body = `{"NetworkID":"${id}","__proto__":{"isAdmin":true},"Options":{"__proto__":{"isAdmin":true},"constructor":1}}`;
  expect((await post(socket, '/NetworkDriver.DeleteNetwork', body)).status).toBe(200);
  expect(seen).toEqual([{ NetworkID: id, Options: { constructor: 1 } }]);
  expect(Object.getPrototypeOf(seen[0])).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
});

it.each([
  ['a method that was left out', 'POST', '/NetworkDriver.Join', 404],
  ['a face that was left out', 'POST', '/IpamDriver.RequestPool', 404],
  ['an unknown path', 'POST', '/VolumeDriver.Create', 404],
  ['the root', 'POST', '/', 404],
  ['a GET', 'GET', '/Plugin.Activate', 405],
  ['a PUT', 'PUT', '/NetworkDriver.DeleteNetwork', 405],
])('%s is answered with an error in JSON', async (_, method, path, status) => {
  const { socket } = await aPlugin(recording());
  const answer = await post(socket, path, '{}', { method });
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text).Err).toContain(path);
});

it('a network driver says an error in Err, an IPAM driver in Err and Error', async () => {
  const boom = async () => {
    throw new Error('the pool is full\n    at somewhere');
  };
  const { socket } = await aPlugin({ networkDriver: { deleteNetwork: boom }, ipamDriver: { releasePool: boom } });
  expect(await post(socket, '/NetworkDriver.DeleteNetwork', valid)).toMatchObject({
    status: 500,
    text: '{"Err":"the pool is full"}\n',
  });
  expect(await post(socket, '/IpamDriver.ReleasePool', '{"PoolID":"p"}')).toMatchObject({
    status: 500,
    text: '{"Err":"the pool is full","Error":"the pool is full"}\n',
  });
});

it.each([
  ['a conflict with its status', new CnmError({ code: 'conflict', status: 409, message: 'x' }), 409, 'x'],
  ['a refusal without a status', new CnmError({ code: 'refused', message: 'x' }), 500, 'x'],
  ['a refusal that came in a 200', new CnmError({ code: 'refused', status: 200, message: 'x' }), 500, 'x'],
  ['a thing not found', new CnmError({ code: 'not-found', status: 404, message: 'x' }), 500, 'x'],
  ['a missing method', new CnmError({ code: 'not-implemented', message: 'x' }), 404, 'x'],
  ['a string', 'x', 500, 'x'],
  ['nothing', undefined, 500, 'the driver failed without a message'],
])('%s, thrown, has a status of 400 or more; 404 is kept for missing methods', async (_, thrown, status, Err) => {
  const { socket } = await aPlugin({ networkDriver: { deleteNetwork: () => Promise.reject(thrown) } });
  const answer = await post(socket, '/NetworkDriver.DeleteNetwork', valid);
  expect({ status: answer.status, body: JSON.parse(answer.text) }).toEqual({ status, body: { Err } });
});

it('an answer that cannot be written as JSON is an error', async () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  const { socket } = await aPlugin({ networkDriver: { deleteNetwork: async () => loop } });
  const { status, text } = await post(socket, '/NetworkDriver.DeleteNetwork', valid);
  expect(status).toBe(500);
  expect(JSON.parse(text).Err).toContain('circular');
});

it('a body longer than the limit is answered with 413, and the next request is served', async () => {
  const { seen, networkDriver } = recording();
  const { socket } = await aPlugin({ networkDriver }, { maxBodyBytes: 1_000 });
  const long = await post(socket, '/NetworkDriver.DeleteNetwork', valid + ' '.repeat(5_000_000));
  expect(long.status).toBe(413);
  expect(JSON.parse(long.text).Err).toContain('1000 bytes');
  expect((await post(socket, '/NetworkDriver.DeleteNetwork', valid)).status).toBe(200);
  expect(seen).toHaveLength(1);
});

it('a body of the limit exactly is served', async () => {
  const { networkDriver } = recording();
  const { socket } = await aPlugin({ networkDriver }, { maxBodyBytes: valid.length });
  expect((await post(socket, '/NetworkDriver.DeleteNetwork', valid)).status).toBe(200);
  expect((await post(socket, '/NetworkDriver.DeleteNetwork', `${valid} `)).status).toBe(413);
});

import { operationsOf } from '@opencnm/spec';
import { expect, it, onTestFinished } from 'vitest';
import { CnmError } from '../../src/index.js';
import { connectPlugin, type PluginOptions } from '../../src/plugin/index.js';
import { aPlugin } from '../fixtures/a-plugin.js';
import { aServer, type Respond } from '../fixtures/a-server.js';

const deletion = { NetworkID: 'a'.repeat(64) };

async function aClient(respond: Respond, options?: PluginOptions) {
  const { address, seen } = await aServer(respond);
  const client = connectPlugin(address, options);
  onTestFinished(client.close);
  return { ...client, seen };
}

it('a call is sent as an engine sends it: a POST to the bare path, without a Content-Type, ended by a line feed', async () => {
  const { networkDriver, seen } = await aClient((response) => response.end('{}'));
  await networkDriver.deleteNetwork(deletion);
  const { method, url, body, headers } = seen[0] ?? {};
  expect({ method, url, body }).toEqual({
    method: 'POST',
    url: '/NetworkDriver.DeleteNetwork',
    body: `${JSON.stringify(deletion)}\n`,
  });
  expect(headers).toMatchObject({
    host: 'plugin.moby.localhost',
    'user-agent': 'Go-http-client/1.1',
    accept: 'application/vnd.docker.plugins.v1.2+json',
    'content-length': String(body?.length),
  });
  expect(headers?.['content-type']).toBeUndefined();
  expect(headers?.['transfer-encoding']).toBeUndefined();
});

it('a call without arguments has an empty body of length 0', async () => {
  const { plugin, seen } = await aClient((response) => response.end('{"Implements":[]}'));
  expect(await plugin.activate()).toEqual({ Implements: [] });
  expect(seen[0]).toMatchObject({ body: '', headers: { 'content-length': '0' } });
});

it.each([
  ['an object', '{"Later":1}', { Later: 1 }],
  ['null', 'null\n', {}],
  ['an empty error', '{"Err":""}', { Err: '' }],
  ['an error of null', '{"Err":null}', { Err: null }],
  ["the other face's error", '{"Error":"boom"}', { Error: 'boom' }],
])('a 200 with %s is a success', async (_, text, body) => {
  const { networkDriver } = await aClient((response) => response.end(text));
  expect(await networkDriver.deleteNetwork(deletion)).toEqual(body);
});

it('names count in any case, as for engines, and the exact one most', async () => {
  let text = '{"implements":["NetworkDriver"],"Own":1}';
  const { plugin, networkDriver, ipamDriver } = await aClient((response) => {
    if (text.startsWith('500')) response.writeHead(500).end(text.slice(3));
    else response.end(text);
  });
  expect(await plugin.activate()).toEqual({ Implements: ['NetworkDriver'], Own: 1 });
  text = '{"Implements":["IpamDriver"],"implements":[]}';
  expect(await plugin.activate()).toEqual({ Implements: ['IpamDriver'], implements: [] });
  text = '{"interface":{"macaddress":"02:42:0a:00:00:02","__proto__":1}}';
  const ids = { NetworkID: 'n', EndpointID: 'e' };
  const { Interface } = await networkDriver.createEndpoint(ids);
  expect(Interface?.MacAddress).toBe('02:42:0a:00:00:02');
  text = '{"STATICROUTES":[{"destination":"10.0.0.0/8","RouteType":1}]}';
  expect(await networkDriver.join(ids)).toEqual({ StaticRoutes: [{ Destination: '10.0.0.0/8', RouteType: 1 }] });
  text = '{"err":"boom"}';
  await expect(networkDriver.deleteNetwork(deletion)).rejects.toThrow('NetworkDriver.DeleteNetwork: boom');
  text = '500{"ERR":"boom"}';
  await expect(ipamDriver.releasePool({ PoolID: 'p' })).rejects.toThrow('IpamDriver.ReleasePool: boom');
});

it('an IPAM driver says errors in Error, and Err in a 200 is nothing to it', async () => {
  let text = '{"Error":"full"}';
  const { ipamDriver } = await aClient((response) => response.end(text));
  await expect(ipamDriver.releasePool({ PoolID: 'p' })).rejects.toMatchObject({
    name: 'CnmError',
    code: 'refused',
    operation: 'IpamDriver.ReleasePool',
    status: 200,
    message: 'IpamDriver.ReleasePool: full',
  });
  text = '{"Err":"full"}';
  expect(await ipamDriver.releasePool({ PoolID: 'p' })).toEqual({ Err: 'full' });
});

it.each([
  [500, '{"Err":"boom"}', 'refused', 'boom'],
  [500, '{"Error":"boom"}', 'refused', '{"Error":"boom"}'],
  [500, '<h1>\n boom</h1>', 'refused', '<h1> boom</h1>'],
  [502, '', 'refused', 'status 502'],
  [400, '{"Err":"boom"}', 'refused', 'boom'],
  [404, '404 page not found\n', 'not-implemented', '404 page not found'],
  [201, '{}', 'refused', '{}'],
  [204, '', 'refused', 'status 204'],
  [301, '', 'refused', 'status 301'],
] as const)('status %i with %s is the error %s', async (status, text, code, message) => {
  const { networkDriver, seen } = await aClient((response) => response.writeHead(status).end(text));
  await expect(networkDriver.deleteNetwork(deletion)).rejects.toMatchObject({
    code,
    status,
    message: `NetworkDriver.DeleteNetwork: ${message}`,
  });
  expect(seen).toHaveLength(1);
});

it.each(['', '[]', '"x"', 'true', '<html>', '{"a":', '{"Err":{"no":"way"}}', '{"Err":1}'])(
  'a 200 with %s is an invalid answer',
  async (text) => {
    const { networkDriver } = await aClient((response) => response.end(text));
    await expect(networkDriver.deleteNetwork(deletion)).rejects.toMatchObject({ code: 'invalid-answer', status: 200 });
  },
);

it('a cut connection, half an answer and a hang are told apart, and nothing is sent again', async () => {
  const cut = await aClient((response) => response.destroy());
  await expect(cut.plugin.activate()).rejects.toMatchObject({ code: 'transport', operation: 'Plugin.Activate' });
  const half = await aClient((response) =>
    response.writeHead(200, { 'Content-Length': '9' }).write('{', () => response.destroy()),
  );
  await expect(half.plugin.activate()).rejects.toMatchObject({ code: 'transport' });
  const hang = await aClient(() => {}, { timeoutMs: 20 });
  await expect(hang.plugin.activate()).rejects.toMatchObject({ code: 'timeout' });
  expect([cut, half].map(({ seen }) => seen.length)).toEqual([1, 1]);
  // A busy machine may be too late for the first request; there is never a second one.
  expect(hang.seen.length).toBeLessThanOrEqual(1);
});

it('a call has a timeout and a signal of its own', async () => {
  const { plugin, networkDriver } = await aClient(() => {});
  await expect(plugin.activate({ timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
  await expect(networkDriver.deleteNetwork(deletion, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'timeout' });
  const controller = new AbortController();
  const call = networkDriver.deleteNetwork(deletion, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'aborted' });
});

it('a driver that is not there is an error that names its socket', async () => {
  const { plugin, close } = connectPlugin('unix:///nowhere/acme.sock');
  onTestFinished(close);
  await expect(plugin.activate()).rejects.toMatchObject({
    code: 'transport',
    message: expect.stringMatching(/^Plugin\.Activate: unix:\/\/\/nowhere\/acme\.sock: .*ENOENT/),
  });
});

it.each(['acme', '/run/docker/plugins/acme.sock', 'unix://acme.sock', 'tcp://', 'ftp://host', 'tcp://host:port', ''])(
  '"%s" is not an address of a driver',
  (address) => {
    expect(() => connectPlugin(address)).toThrow(
      expect.objectContaining({
        name: 'CnmError',
        code: 'invalid-input',
        message: expect.stringContaining(`"${address}"`),
      }),
    );
  },
);

it('an input that cannot be written is refused before anything is sent', async () => {
  const { networkDriver, seen } = await aClient((response) => response.end('{}'));
  for (const input of [{ NetworkID: 1n }, undefined]) {
    await expect(networkDriver.deleteNetwork(input as never)).rejects.toMatchObject({ code: 'invalid-input' });
  }
  expect(seen).toEqual([]);
});

it('what a driver throws arrives at the client as its error, over both faces', async () => {
  const boom = async () => {
    throw new CnmError({ code: 'conflict', status: 409, message: 'in use' });
  };
  const { address } = await aPlugin({ networkDriver: { deleteNetwork: boom }, ipamDriver: { releasePool: boom } });
  const { networkDriver, ipamDriver, close } = connectPlugin(address);
  onTestFinished(close);
  const error = { code: 'refused', status: 409, message: expect.stringMatching(/: in use$/) };
  await expect(networkDriver.deleteNetwork(deletion)).rejects.toMatchObject(error);
  await expect(ipamDriver.releasePool({ PoolID: 'p' })).rejects.toMatchObject(error);
  await expect(networkDriver.freeNetwork(deletion)).rejects.toMatchObject({ code: 'not-implemented', status: 404 });
});

it('a client served by the kit is a proxy: answers, errors and missing methods pass through', async () => {
  const behind = await aPlugin({
    networkDriver: {
      getCapabilities: async () => ({ Scope: 'global' }),
      deleteNetwork: async () => ({ Err: 'as an answer' }),
    },
  });
  const inner = connectPlugin(behind.address);
  onTestFinished(inner.close);
  const front = await aPlugin({ networkDriver: inner.networkDriver });
  const { networkDriver, close } = connectPlugin(front.address);
  onTestFinished(close);
  expect(await networkDriver.getCapabilities()).toEqual({ Scope: 'global' });
  await expect(networkDriver.deleteNetwork(deletion)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('as an answer'),
  });
  await expect(networkDriver.freeNetwork(deletion)).rejects.toMatchObject({ code: 'not-implemented', status: 404 });
});

it('fifty calls at once get each its own answer', async () => {
  const { address } = await aPlugin({
    ipamDriver: { requestPool: async ({ Pool = '' }) => ({ PoolID: `id of ${Pool}`, Pool }) },
  });
  const { ipamDriver, close } = connectPlugin(address);
  onTestFinished(close);
  const pools = Array.from({ length: 50 }, (_, index) => `10.0.${index}.0/24`);
  const answers = await Promise.all(
    pools.map((Pool) => ipamDriver.requestPool({ AddressSpace: 'l', Pool, SubPool: '', Options: null, V6: false })),
  );
  expect(answers.map(({ PoolID }) => PoolID)).toEqual(pools.map((pool) => `id of ${pool}`));
});

it('the client has a method for each row of the driver faces', () => {
  const client = connectPlugin('unix:///nowhere/acme.sock');
  onTestFinished(client.close);
  const names = (face: object) => Object.keys(face).sort();
  const wanted = (face: 'plugin' | 'network-driver' | 'ipam-driver') =>
    operationsOf(face)
      .map(({ call }) => call)
      .sort();
  expect(names(client.plugin)).toEqual(wanted('plugin'));
  expect(names(client.networkDriver)).toEqual(wanted('network-driver'));
  expect(names(client.ipamDriver)).toEqual(wanted('ipam-driver'));
});

import { expect, it, onTestFinished } from 'vitest';
import { connectEngine, type EngineOptions } from '../../src/engine/index.js';
import { aServer, type Respond } from '../fixtures/a-server.js';

async function connected(respond: Respond, options: EngineOptions = {}) {
  const { address, seen } = await aServer(respond);
  const connecting = connectEngine({ host: address, env: {}, ...options }).then((engine) => {
    onTestFinished(engine.close);
    return engine;
  });
  return { address, seen, connecting };
}

const speaking =
  (version: string): Respond =>
  (response) =>
    response.writeHead(200, { 'Api-Version': version }).end();

it.each([
  ['1.40', '1.40'],
  ['1.41', '1.41'],
  ['1.55', '1.55'],
  ['1.56', '1.55'],
  ['1.100', '1.55'],
])('with an engine of API %s the client speaks %s', async (server, spoken) => {
  const { seen, connecting } = await connected(speaking(server));
  const engine = await connecting;
  expect(engine.apiVersion).toBe(spoken);
  expect(seen.map(({ method, url }) => [method, url])).toEqual([['HEAD', '/_ping']]);
});

it.each(['1.39', '1.24', '1.4'])('an engine of API %s is too old', async (version) => {
  const { address, connecting } = await connected(speaking(version));
  await expect(connecting).rejects.toMatchObject({
    code: 'not-implemented',
    message: `the engine at ${address} speaks API ${version}, which is too old: 1.40 (Docker 19.03) or newer is needed`,
  });
});

it('an engine that knows no HEAD is asked with GET', async () => {
  const { seen, connecting } = await connected((response, { method }) => {
    if (method === 'HEAD') response.writeHead(405).end();
    else response.writeHead(200, { 'Api-Version': '1.41' }).end('OK');
  });
  expect((await connecting).apiVersion).toBe('1.41');
  expect(seen.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
});

it.each([
  ['no version', {}],
  ['a version that is not one', { 'Api-Version': 'latest' }],
  ['a version of another world', { 'Api-Version': '2.0' }],
])('a server with %s is not an engine', async (_, headers) => {
  const { connecting } = await connected((response) => response.writeHead(200, headers).end('<html>'));
  await expect(connecting).rejects.toMatchObject({
    code: 'invalid-answer',
    message: expect.stringContaining('is not a container engine'),
  });
});

it('an engine that is not well is an error with its message', async () => {
  const { connecting } = await connected((response) => response.writeHead(500).end('{"message":"no disk"}'));
  await expect(connecting).rejects.toMatchObject({ code: 'refused', status: 500, message: 'SystemPing: no disk' });
});

it('a missing socket is one clear error', async () => {
  await expect(connectEngine({ host: 'unix:///nowhere/docker.sock', env: {} })).rejects.toMatchObject({
    name: 'CnmError',
    code: 'transport',
    message: expect.stringMatching(/^SystemPingHead: unix:\/\/\/nowhere\/docker\.sock: .*ENOENT/),
    cause: expect.objectContaining({ code: 'ENOENT' }),
  });
});

it('a server that hangs ends the search with the timeout, and a signal ends it at once', async () => {
  const hanging = await connected(() => {}, { timeoutMs: 20 });
  await expect(hanging.connecting).rejects.toMatchObject({ code: 'timeout' });
  const aborted = await connected(() => {}, { signal: AbortSignal.abort() });
  await expect(aborted.connecting).rejects.toMatchObject({ code: 'aborted' });
});

it('a version that is given, or stands in DOCKER_API_VERSION, is taken without asking', async () => {
  const given = await connected(speaking('1.55'), { version: '1.41', env: { DOCKER_API_VERSION: '1.50' } });
  expect((await given.connecting).apiVersion).toBe('1.41');
  const named = await connected(speaking('1.55'), { env: { DOCKER_API_VERSION: '1.50' } });
  expect((await named.connecting).apiVersion).toBe('1.50');
  expect([...given.seen, ...named.seen]).toEqual([]);
});

it.each(['1.39', '1.56', 'v1.41', '1', '1.41/../x'])('version %s is refused', async (version) => {
  const { connecting } = await connected(speaking('1.55'), { version });
  await expect(connecting).rejects.toMatchObject({
    code: 'invalid-input',
    message: `API version "${version}" is not one of 1.40 to 1.55`,
  });
});

it('a path of DOCKER_HOST precedes every path', async () => {
  const { createServer } = await import('node:http');
  const urls: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    urls.push(request.url);
    response.writeHead(200, { 'Api-Version': '1.41' }).end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const engine = await connectEngine({ env: { DOCKER_HOST: `tcp://127.0.0.1:${port}/engine` } });
  expect(await engine.networks.list()).toEqual([]);
  await engine.close();
  server.close();
  expect(urls).toEqual(['/engine/_ping', '/engine/v1.41/networks']);
});

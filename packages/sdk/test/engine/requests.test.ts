import { operationsOf } from '@opencnm/spec';
import { expect, it } from 'vitest';
import type { Respond } from '../fixtures/a-server.js';
import { anEngine } from '../fixtures/an-engine.js';

const empty: Respond = (response) => response.end('{}');

it('connect sends its body, as JSON, to the encoded path of the version', async () => {
  const { engine, seen } = await anEngine((response) => response.end());
  await engine.networks.connect({ id: 'a/b?c d', body: { Container: 'web' } });
  const { method, url, body, headers } = seen[0] ?? {};
  expect({ method, url, body }).toEqual({
    method: 'POST',
    url: '/v1.41/networks/a%2Fb%3Fc%20d/connect',
    body: '{"Container":"web"}',
  });
  expect(headers?.['content-type']).toBe('application/json');
});

it('prune sends its filters as the JSON map of engines, and nothing where there are none', async () => {
  const { engine, seen } = await anEngine(empty);
  await engine.networks.prune({ filters: { label: ['a=b'] } });
  await engine.networks.prune();
  expect(seen.map(({ url }) => url)).toEqual([
    `/v1.41/networks/prune?${new URLSearchParams({ filters: '{"label":["a=b"]}' })}`,
    '/v1.41/networks/prune',
  ]);
});

it('a call without a body has no Content-Type', async () => {
  const { engine, seen } = await anEngine(empty);
  await engine.networks.inspect({ id: 'n', verbose: true });
  expect(seen[0]?.url).toBe('/v1.41/networks/n?verbose=true');
  expect(seen[0]?.headers['content-type']).toBeUndefined();
});

it('ping and version are asked below no version', async () => {
  const { engine, seen } = await anEngine(empty);
  await engine.system.ping();
  await engine.system.version();
  expect(seen.map(({ url }) => url)).toEqual(['/_ping', '/version']);
});

it.each(['', '.', '..', '\ud800', undefined, null, 1])('the id %j is refused before anything is sent', async (id) => {
  const { engine, seen } = await anEngine(empty);
  await expect(engine.networks.delete({ id: id as string })).rejects.toMatchObject({
    name: 'CnmError',
    code: 'invalid-input',
    operation: 'NetworkDelete',
    message: expect.stringMatching(/^NetworkDelete: [^\n]+$/),
  });
  expect(seen).toEqual([]);
});

it('a body that cannot be written as JSON is refused before anything is sent', async () => {
  const { engine, seen } = await anEngine(empty);
  const Options = { size: 1n } as unknown as Record<string, string>;
  await expect(engine.networks.create({ body: { Name: 'n', Options } })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('BigInt'),
  });
  expect(seen).toEqual([]);
});

it('a body that no schema allows is sent as the app says', async () => {
  const { engine, seen } = await anEngine((response) => response.writeHead(400).end('{"message":"bad"}'));
  const body = { Name: 7, Later: true } as unknown as { Name: string };
  await expect(engine.networks.create({ body })).rejects.toMatchObject({ status: 400 });
  expect(seen[0]?.body).toBe('{"Name":7,"Later":true}');
});

it('the groups and the face have one call for each row of the table', async () => {
  const { engine } = await anEngine(empty);
  for (const { call, group = '', verb = '' } of operationsOf('engine')) {
    const groups = engine as unknown as Record<string, Record<string, unknown>>;
    expect(groups[group]?.[verb], `${group}.${verb}`).toBeTypeOf('function');
    expect(groups['face']?.[call]).toBe(groups[group]?.[verb]);
  }
});

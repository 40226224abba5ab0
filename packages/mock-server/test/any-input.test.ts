import { type Handler, type HttpResponse, handlePlugin } from '@opencnm/sdk/driver-kit';
import { operations } from '@opencnm/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleEngine } from '../src/engine/handle-engine.js';
import { memoryEngine } from '../src/engine/memory-engine.js';
import { memoryIpamDriver, memoryNetworkDriver } from '../src/index.js';

const paths = Object.values(operations).map(({ path }) => path.replaceAll(/\{\w+\}/g, 'x'));
const signal = new AbortController().signal;

const oddJson = fc.oneof(
  fc.jsonValue(),
  fc.constant({ __proto__: { polluted: true }, NetworkID: '__proto__', EndpointID: 'constructor' }),
  fc.record({
    NetworkID: fc.string(),
    EndpointID: fc.anything(),
    PoolID: fc.string(),
    Name: fc.string(),
    Container: fc.string(),
  }),
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  oddJson.map((value) => new TextEncoder().encode(JSON.stringify(value) ?? '')),
  fc
    .constantFrom('{"__proto__":{"polluted":1}}', '['.repeat(5000), '{"Name":"\\ud800"}', '\uFEFF{}')
    .map((text) => new TextEncoder().encode(text)),
);
const path = fc.oneof(
  fc.constantFrom(...paths),
  fc.constantFrom(...paths).map((each) => `/v1.41${each}`),
  fc.webPath(),
  fc.constantFrom(
    '/networks/%zz',
    '/networks/..%2f..',
    '/v9.99/networks',
    '/networks?filters={',
    '/networks?filters=%7B%22label%22%3A5%7D',
    '//',
    '',
  ),
);

async function survives(handler: Handler, probe: () => Promise<HttpResponse | 'close'>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('GET', 'POST', 'HEAD', 'DELETE', 'PUT'), path, body, async (method, at, bytes) => {
      if (at.includes('events')) return;
      const answer = await handler({
        method,
        path: at,
        headers: { 'content-type': 'application/json' },
        body: bytes,
        signal,
      });
      expect(answer).not.toBe('close');
      expect((answer as HttpResponse).status).toBeGreaterThanOrEqual(200);
      expect((answer as HttpResponse).status).toBeLessThan(600);
      expect(String((answer as HttpResponse).body ?? '')).not.toMatch(/\n\s+at /);
    }),
    { numRuns: 600 },
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(await probe()).toMatchObject({ status: 200 });
}

describe('whatever is sent', () => {
  it('the drivers answer with a status, and go on to answer', async () => {
    const handler = handlePlugin({ networkDriver: memoryNetworkDriver(), ipamDriver: memoryIpamDriver() });
    await survives(handler, () =>
      handler({ method: 'POST', path: '/Plugin.Activate', headers: {}, body: new Uint8Array(), signal }),
    );
  });

  it('the engine answers with a status, and goes on to answer', async () => {
    const handler = handleEngine(memoryEngine());
    await survives(handler, () =>
      handler({ method: 'GET', path: '/v1.41/networks', headers: {}, body: new Uint8Array(), signal }),
    );
  });
});

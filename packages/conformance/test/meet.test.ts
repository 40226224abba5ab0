import { createServer, request, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spokenVersion } from '../src/caller/spoken-version.js';
import { checks, runSuite } from '../src/index.js';
import { type OnMock, onMock } from './on-mock.js';

it.each([
  ['1.39', '1.39'],
  ['1.44', '1.44'],
  ['1.55', '1.55'],
  ['1.60', '1.55'],
  ['nonsense', '1.40'],
  [undefined, '1.40'],
])('with an engine that offers %s the suite speaks %s', (offered, spoken) => {
  expect(spokenVersion(offered)).toBe(spoken);
});

let mock: OnMock;
let front: Server;
let target: string;
const refused: string[] = [];
beforeAll(async () => {
  mock = await onMock();
  const socketPath = (mock.mock.engineUrl ?? '').slice('unix://'.length);
  target = `unix://${socketPath}.new`;
  // Docker Engine 29.0 refuses every version below 1.44, as the mock does for those below 1.24.
  front = createServer((asked, answer) => {
    const minor = Number(/^\/v1\.(\d+)\//.exec(asked.url ?? '')?.[1] ?? 99);
    if (minor < 44) refused.push(asked.url ?? '');
    const path = minor < 44 ? `/v1.0${asked.url?.replace(/^\/v1\.\d+/, '')}` : asked.url;
    const onward = request({ socketPath, method: asked.method, path, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode ?? 500, got.headers);
      got.pipe(answer);
    });
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(`${socketPath}.new`, resolve));
});
afterAll(async () => {
  front.closeAllConnections();
  await new Promise((resolve) => front.close(resolve));
  await mock.close();
});

it('gives an engine a minute for each answer, as it looks for a driver for 15 seconds', async () => {
  const chosen = checks.filter(({ id }) => id === 'network-list.all');
  const { settings } = await runSuite({ target, profiles: ['engine'], checks: chosen, seed: 7 });
  expect(settings.timeoutMs).toBe(60_000);
});

it('does not blame an engine that no longer speaks old versions, and notes what it spoke', async () => {
  const { judged, settings } = await runSuite({
    target,
    profiles: ['engine'],
    checks: checks.filter(({ id }) => /^(network-(create|list)|engine-(transport|version))\./.test(id)),
    seed: 7,
    settings: { timeoutMs: 2_000 },
  });
  expect(judged.filter(({ verdict }) => verdict !== 'pass').map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
  expect(settings.apiVersion).toBe('1.51');
  expect(new Set(refused)).toEqual(new Set(['/v1.0/networks']));
});

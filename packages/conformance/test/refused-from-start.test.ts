import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { checks } from '../src/index.js';
import { type OnMock, onMock } from './on-mock.js';

let mock: OnMock;
let server: Server | undefined;
beforeAll(async () => {
  mock = await onMock();
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});
afterAll(() => mock.close());

const missing = 'the option acme.port is missing';

/** The mock behind a driver that refuses one of its calls, from the start or from the n-th one on. */
async function refusing(refused: string, from = 1): Promise<string> {
  const socketPath = new URL(mock.mock.pluginUrl ?? '').pathname;
  let calls = 0;
  const target = createServer((asked, answer) => {
    const { url: path, method, headers } = asked;
    if (path === `/NetworkDriver.${refused}` && ++calls >= from) {
      asked.resume().on('end', () => answer.writeHead(500).end(JSON.stringify({ Err: missing })));
      return;
    }
    const passed = request({ socketPath, path, method, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 500, told.headers);
      told.pipe(answer);
    });
    asked.pipe(passed);
  });
  server = target;
  await new Promise<void>((resolve) => {
    target.listen(0, '127.0.0.1', resolve);
  });
  return `tcp://127.0.0.1:${(target.address() as AddressInfo).port}`;
}

/** What fails or warns under a driver, and what of the rest is blocked. */
async function judged(target: string, ids: RegExp) {
  const report = await mock.run(
    checks.filter(({ id }) => ids.test(id)),
    { target, profiles: ['network-driver'], budget: 5 },
  );
  const of = (...verdicts: readonly string[]) => report.judged.filter(({ verdict }) => verdicts.includes(verdict));
  return { bad: of('fail', 'warn').map(({ id }) => id), blocked: of('blocked'), passed: of('pass'), report };
}

it.each([
  ['CreateNetwork', ['create-network.accepted', 'create-network.older-options']],
  ['CreateEndpoint', ['flow.canonical']],
  ['Join', ['flow.canonical', 'join.sandbox-to-come']],
])('tells once of a driver that refuses each %s, and blocks what is special in it', async (method, told) => {
  const ids = /^(create-network|create-endpoint|join|lost-answer|flow|endpoint-sequence)\./;
  const { bad, blocked, report } = await judged(await refusing(method), ids);
  expect(bad).toEqual(told);
  expect(blocked.length).toBeGreaterThan(20);
  for (const { reason } of blocked) expect(reason).toBe(`NetworkDriver.${method} was refused: ${missing}`);
  expect(report.verdict).toBe('not-conformant');
});

it('blames each check of a call that is refused later on', async () => {
  const { bad } = await judged(await refusing('CreateNetwork', 3), /^create-network\./);
  expect(bad.length).toBeGreaterThan(3);
});

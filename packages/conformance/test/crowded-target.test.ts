import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { transportTo } from '../src/caller/exchange.js';

/** A server of one thread that lets one connection wait, as those of Python let five. */
const server = `
  require('node:http').createServer((request, response) => {
    for (const until = Date.now() + 20; Date.now() < until;);
    response.end('{}');
  }).listen({ path: process.argv[1], backlog: 1 }, () => console.log('listens'));
`;

let folder: string;
let child: ReturnType<typeof spawn>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencnm-crowded-'));
  child = spawn(process.execPath, ['-e', server, join(folder, 'a.sock')], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
});
afterAll(async () => {
  child.kill();
  await rm(folder, { recursive: true });
});

it('dials again where more connect at once than the target lets wait, as engines do', async () => {
  const transport = transportTo({ connect: { socketPath: join(folder, 'a.sock') } } as never, 10_000);
  const wire = { method: 'POST', path: '/Plugin.Activate', headers: { Host: 'a' }, body: new Uint8Array() };
  const received = await Promise.all(Array.from({ length: 20 }, () => transport.exchange(wire, { fresh: true })));
  transport.close();
  expect(received.map((each) => ('failure' in each ? each.failure : each.status))).toEqual(Array(20).fill(200));
});

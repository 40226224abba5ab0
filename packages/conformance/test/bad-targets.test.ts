import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checks, runSuite } from '../src/index.js';

let folder: string;
let server: Server | undefined;
const sockets = new Set<Socket>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  rmSync(folder, { recursive: true, force: true });
});

/** Listens on a socket and does the same with every connection that sends something. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  const path = join(folder, 'target.sock');
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server?.listen(path, resolve));
  return `unix://${path}`;
}

const http = (body: string, head = '') =>
  `HTTP/1.1 200 OK\r\n${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

/** Made once: to make it for each connection takes longer than to send it. */
const megabytes = Buffer.from(http('x'.repeat(12 * 1024 * 1024)));

const targets: readonly [string, (socket: Socket) => void][] = [
  ['hangs', () => undefined],
  ['closes', (socket) => socket.destroy()],
  ['sends megabytes', (socket) => socket.write(megabytes)],
  [
    'sends HTML',
    (socket) => socket.write(http('<html><script>alert(1)</script></html>', 'Content-Type: text/html\r\n')),
  ],
  ['sends half a JSON', (socket) => socket.write(http('{"Scope":"lo'))],
  ['stops in the middle of its answer', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Sc')],
  ['is no HTTP server', (socket) => socket.end('220 mail.example.com ESMTP\r\n')],
  ['redirects to itself', (socket) => socket.write('HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n')],
  [
    'never ends its chunks',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const timer = setInterval(() => socket.write(chunk('x'.repeat(1000))), 1);
      socket.on('close', () => clearInterval(timer));
    },
  ],
  [
    'drips a byte at a time',
    (socket) => {
      const bytes = http('{"Implements":["NetworkDriver"]}');
      let at = 0;
      const timer = setInterval(() => socket.write(bytes.charAt(at++) || ' '), 50);
      socket.on('close', () => clearInterval(timer));
    },
  ],
  ['answers every call with null', (socket) => socket.write(http('null'))],
];

describe('a target that', () => {
  it.each(targets)('%s ends the run in time, with failures and evidence', async (_, answer) => {
    const url = await serve(answer);
    const started = performance.now();
    const report = await runSuite({
      target: url,
      profiles: ['network-driver'],
      checks: checks.filter(({ id }) => /^(get-capabilities|create-network|join)\./.test(id)),
      settings: { timeoutMs: 150 },
      seed: 1,
    });
    expect(report.exitCode).not.toBe(0);
    expect(report.judged.length).toBeGreaterThan(10);
    expect(report.judged.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id).length).toBeLessThan(
      report.judged.length / 2,
    );
    expect(report.judged.some(({ evidence }) => evidence.length > 0)).toBe(true);
    expect(JSON.stringify(report).length).toBeLessThan(20 * 1024 * 1024);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('is not there cannot be tested', async () => {
    await expect(runSuite({ target: `unix://${folder}/nobody.sock` })).rejects.toMatchObject({
      name: 'Untestable',
      message: expect.stringContaining('cannot be reached') as string,
    });
  });

  it('is neither plugin nor engine cannot be tested', async () => {
    const url = await serve((socket) => socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found'));
    await expect(runSuite({ target: url, settings: { timeoutMs: 500 } })).rejects.toMatchObject({ name: 'Untestable' });
  });
});

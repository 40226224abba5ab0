import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type HttpResponse, listen } from '../../src/driver-kit/index.js';
import { aFolder } from '../fixtures/a-folder.js';

/** Everything that a server sends for one request, until it ends the connection. */
async function bytesOf(answer: HttpResponse): Promise<string> {
  const socket = join(aFolder(), 'odd.sock');
  const server = await listen(async () => answer, `unix://${socket}`);
  onTestFinished(() => server.close());
  const client = connect(socket);
  let bytes = '';
  client.on('data', (chunk) => {
    bytes += String(chunk);
  });
  client.on('error', () => undefined);
  client.write('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
  await once(client, 'close');
  return bytes;
}

it('a head of its own is written as it is, and the connection ends after the body', async () => {
  expect(await bytesOf({ status: 200, head: 'HTTP/1.0 200 Fine\nx: y\n\n', body: '{}' })).toBe(
    'HTTP/1.0 200 Fine\nx: y\n\n{}',
  );
});

it('a body that is iterated follows the head without chunks', async () => {
  async function* parts() {
    yield '{"a"';
    yield ':1}';
  }
  expect(await bytesOf({ status: 200, head: 'HTTP/1.0 200 OK\r\n\r\n', body: parts() })).toBe(
    'HTTP/1.0 200 OK\r\n\r\n{"a":1}',
  );
});

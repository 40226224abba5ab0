import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../src/driver-kit/index.js';
import { aFolder } from '../fixtures/a-folder.js';
import { aPlugin } from '../fixtures/a-plugin.js';
import { post } from '../fixtures/post.js';

/** A promise and the function that keeps it. */
function latch(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

it('a call under way when the plugin stops is answered, and its signal is not aborted', async () => {
  const [arrived, released] = [latch(), latch()];
  let wasAborted: boolean | undefined;
  const getCapabilities = async (context?: { readonly signal?: AbortSignal | undefined }) => {
    arrived.open();
    await released.opened;
    wasAborted = context?.signal?.aborted;
    return { Scope: 'local' } as const;
  };
  const { socket, close } = await aPlugin({ networkDriver: { getCapabilities } }, { graceMs: 30_000 });
  const answer = post(socket, '/NetworkDriver.GetCapabilities');
  await arrived.opened;
  const closing = close();
  await expect(post(socket, '/Plugin.Activate')).rejects.toThrow(/ENOENT|ECONNREFUSED/);
  released.open();
  expect(await answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
  expect(wasAborted).toBe(false);
  await closing;
});

it('a call that outlasts the grace is aborted and cut', async () => {
  const arrived = latch();
  let signal: AbortSignal | undefined;
  const getCapabilities = (context?: { readonly signal?: AbortSignal | undefined }) => {
    signal = context?.signal;
    arrived.open();
    return new Promise<never>(() => {});
  };
  const { socket, close } = await aPlugin({ networkDriver: { getCapabilities } }, { graceMs: 10 });
  const answer = post(socket, '/NetworkDriver.GetCapabilities');
  const failure = expect(answer).rejects.toThrow('socket hang up');
  await arrived.opened;
  await close();
  await failure;
  expect(signal?.aborted).toBe(true);
});

it('a request that arrives behind another one while the server stops does not reach the handler', async () => {
  const [arrived, released] = [latch(), latch()];
  const paths: string[] = [];
  const socket = join(aFolder(), 'h.sock');
  const { close } = await listen(
    async ({ path }) => {
      paths.push(path);
      arrived.open();
      await released.opened;
      return { status: 200, body: 'done' };
    },
    `unix://${socket}`,
    { graceMs: 30_000 },
  );
  const connection = connect(socket);
  onTestFinished(() => void connection.destroy());
  let received = '';
  connection.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  connection.write('POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n');
  await arrived.opened;
  const closing = close();
  connection.write('POST /second HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n');
  released.open();
  // The end may be a reset, since the second request is not read; what was answered before it has arrived.
  connection.on('error', () => {});
  await new Promise((resolve) => connection.on('close', resolve));
  await closing;
  expect(paths).toEqual(['/first']);
  expect(received).toMatch(/^HTTP\/1\.1 200 OK/);
});

it('a request whose head was half sent when the server stops is refused with 503', async () => {
  const socket = join(aFolder(), 'h.sock');
  const paths: string[] = [];
  const { close } = await listen(
    async ({ path }) => {
      paths.push(path);
      return { status: 200, body: 'done' };
    },
    `unix://${socket}`,
    { graceMs: 30_000 },
  );
  const connection = connect(socket);
  onTestFinished(() => void connection.destroy());
  connection.write('GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHo');
  const [first] = await once(connection, 'data');
  expect(String(first)).toMatch(/^HTTP\/1\.1 200 /);
  const closing = close();
  connection.write('st: a\r\n\r\n');
  const [second] = await once(connection, 'data');
  expect(String(second)).toMatch(/^HTTP\/1\.1 503 [\s\S]*Connection: close[\s\S]*the server is stopping/);
  await closing;
  expect(paths).toEqual(['/first']);
});

it('stopping twice is stopping once, and idle connections do not hold it up', async () => {
  const { socket, close } = await aPlugin({ networkDriver: {} }, { graceMs: 30_000 });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  await new Promise<void>((resolve, reject) => {
    const call = request({ socketPath: socket, path: '/Plugin.Activate', method: 'POST', agent }, (response) => {
      response.resume().on('end', () => resolve());
    });
    call.on('error', reject).end();
  });
  await Promise.all([close(), close()]);
  expect(existsSync(socket)).toBe(false);
});

it('a caller that goes away aborts the signal of its call', async () => {
  const [arrived, aborted] = [latch(), latch()];
  const getCapabilities = (context?: { readonly signal?: AbortSignal | undefined }) => {
    context?.signal?.addEventListener('abort', aborted.open);
    arrived.open();
    return new Promise<never>(() => {});
  };
  const { socket } = await aPlugin({ networkDriver: { getCapabilities } });
  const call = request({ socketPath: socket, path: '/NetworkDriver.GetCapabilities', method: 'POST', agent: false });
  call.on('error', () => {}).end();
  await arrived.opened;
  call.destroy();
  await aborted.opened;
});

it('a request cut in the middle of its body does not reach the implementation, and the next one is served', async () => {
  const { socket } = await aPlugin({
    networkDriver: { deleteNetwork: () => Promise.reject(new Error('was called')) },
  });
  const connection = connect(socket);
  await once(connection, 'connect');
  connection.write('POST /NetworkDriver.DeleteNetwork HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{"Net');
  connection.destroy();
  await once(connection, 'close');
  expect((await post(socket, '/Plugin.Activate')).status).toBe(200);
});

it('a stream without an end ends when the server stops', async () => {
  const socket = join(aFolder(), 'h.sock');
  async function* ticks() {
    yield '1\n';
    await new Promise(() => {});
  }
  const { close } = await listen(async () => ({ status: 200, body: ticks() }), `unix://${socket}`, { graceMs: 50 });
  const call = request({ socketPath: socket, agent: false });
  call.end();
  const [response] = await once(call, 'response');
  await once(response, 'data');
  response.on('error', () => {});
  const closing = close();
  await once(response, 'close');
  expect(response.complete).toBe(true);
  await closing;
});

it('a handler that throws is answered with 500, and "close" drops the connection', async () => {
  const socket = join(aFolder(), 'h.sock');
  const { close } = await listen(async ({ path }) => {
    if (path === '/close') return 'close';
    throw new Error('secret');
  }, `unix://${socket}`);
  onTestFinished(close);
  const { status, text } = await post(socket, '/');
  expect({ status, message: JSON.parse(text).message }).toEqual({
    status: 500,
    message: 'the server failed to answer',
  });
  await expect(post(socket, '/close')).rejects.toThrow('socket hang up');
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type ListenOptions, listen, servePlugin } from '../../src/driver-kit/index.js';
import { connectPlugin } from '../../src/plugin/index.js';
import { aFolder } from '../fixtures/a-folder.js';
import { aPlugin } from '../fixtures/a-plugin.js';
import { post } from '../fixtures/post.js';

async function served(socket: string, options: ListenOptions = {}): Promise<void> {
  const { close } = await servePlugin({ networkDriver: {} }, { socket, ...options });
  onTestFinished(close);
}

it.each([0o000, 0o777])('a socket has mode 0600 under the umask %i, which stays that of the process', async (umask) => {
  const socket = join(aFolder(), 'acme.sock');
  const before = process.umask(umask);
  onTestFinished(() => void process.umask(before));
  await served(socket);
  expect(lstatSync(socket).mode & 0o777).toBe(0o600);
  expect(process.umask()).toBe(umask);
});

it('the umask is back before anybody else runs', async () => {
  const folder = aFolder();
  const before = process.umask();
  const starting = served(join(folder, 'a.sock'));
  expect(process.umask()).toBe(before);
  await starting;
});

it('a socket that a killed process left behind is replaced', async () => {
  const socket = join(aFolder(), 'acme.sock');
  await deadSocket(socket);
  expect(lstatSync(socket).isSocket()).toBe(true);
  await served(socket);
  expect((await post(socket, '/Plugin.Activate')).status).toBe(200);
});

it('a socket that is served is refused and goes on being served', async () => {
  const { socket } = await aPlugin({ networkDriver: {} });
  await expect(served(socket)).rejects.toMatchObject({
    name: 'CnmError',
    code: 'conflict',
    message: `cannot listen on ${socket}: another process serves it; stop that one first`,
  });
  expect((await post(socket, '/Plugin.Activate')).status).toBe(200);
});

it('a file, a folder and a link are refused and left alone', async () => {
  const folder = aFolder();
  const file = join(folder, 'file');
  writeFileSync(file, 'precious');
  mkdirSync(join(folder, 'folder'));
  symlinkSync(file, join(folder, 'link'));
  for (const name of ['file', 'folder', 'link']) {
    await expect(served(join(folder, name))).rejects.toThrow('it exists and is not a socket');
  }
  expect(statSync(file).size).toBe(8);
});

it('a missing folder is one clear error', async () => {
  const folder = join(aFolder(), 'missing');
  await expect(served(join(folder, 'a.sock'))).rejects.toMatchObject({
    code: 'invalid-input',
    message: `cannot listen on ${folder}/a.sock: its folder does not exist; make ${folder}`,
  });
});

it('a folder that the user may not look into is one clear error', async () => {
  const folder = aFolder();
  chmodSync(folder, 0o000);
  await expect(withoutRoot(() => served(join(folder, 'a.sock')))).rejects.toMatchObject({
    code: 'transport',
    message: expect.stringContaining(
      `cannot listen on ${folder}/a.sock: this user may not look into its folder: EACCES`,
    ),
  });
  chmodSync(folder, 0o700);
});

it('a dead socket that the user may not remove is one clear error', async () => {
  const folder = aFolder();
  const socket = join(folder, 'a.sock');
  await deadSocket(socket);
  if (process.getuid?.() === 0) chownSync(socket, nobody, nobody);
  chmodSync(folder, 0o555);
  await expect(withoutRoot(() => served(socket))).rejects.toMatchObject({
    code: 'transport',
    message: expect.stringContaining('what a dead process left there cannot be removed: EACCES'),
  });
  chmodSync(folder, 0o700);
});

it('a path too long for a socket is one clear error', async () => {
  await expect(served(join(aFolder(), 'a'.repeat(120)))).rejects.toThrow('longer than 103 bytes');
});

it.each(['acme.sock', 'unix://acme.sock', 'tcp://127.0.0.1', 'tcp://127.0.0.1:99999', 'http://127.0.0.1:0'])(
  '%s is not an address to listen on',
  async (address) => {
    await expect(listen(async () => 'close', address)).rejects.toMatchObject({
      code: 'invalid-input',
      message: `cannot listen on "${address}": give unix:///path or tcp://127.0.0.1:PORT`,
    });
  },
);

it('servePlugin without a place is one clear error', async () => {
  await expect(servePlugin({}, {})).rejects.toThrow('servePlugin needs a socket or an address');
});

it('tcp with port 0 listens on a free port of the loopback and tells which', async () => {
  const { address, close } = await servePlugin({ ipamDriver: {} }, { address: 'tcp://:0' });
  onTestFinished(close);
  expect(address).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/);
  const client = connectPlugin(address);
  onTestFinished(client.close);
  expect(await client.plugin.activate()).toEqual({ Implements: ['IpamDriver'] });
});

it('a port in use is one clear error', async () => {
  const { address, close } = await servePlugin({}, { address: 'tcp://127.0.0.1:0' });
  onTestFinished(close);
  await expect(servePlugin({}, { address })).rejects.toMatchObject({
    code: 'transport',
    message: expect.stringContaining(`cannot listen on ${address}`),
  });
});

it('a closed plugin leaves no socket behind and can be served again', async () => {
  const { socket, close } = await aPlugin({ networkDriver: {} });
  await close();
  expect(existsSync(socket)).toBe(false);
  await served(socket);
  expect((await post(socket, '/Plugin.Activate')).status).toBe(200);
});

const nobody = 65_534;

/** Does something as a user whom modes keep out; root is not. */
async function withoutRoot(act: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.(nobody);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

/** A process that binds a socket and is killed: nothing cleans up after it. */
async function deadSocket(path: string): Promise<void> {
  const script = `require('node:net').createServer().listen(process.argv[1], () => console.log('ready'))`;
  const child: ChildProcess = spawn(process.execPath, ['-e', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('the child has no output');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

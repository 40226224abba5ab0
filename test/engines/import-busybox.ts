import { execFile } from 'node:child_process';
import { copyFile, link, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { askSocket } from './ask-socket.js';
import { findProgram } from './find-program.js';

const run = promisify(execFile);
const applets = ['cat', 'ifconfig', 'ip', 'nc', 'ping', 'ping6', 'sh', 'sleep', 'wget'];
const name = 'opencnm-busybox';

/** Imports an image of busybox alone into an engine, through the API that Docker and Podman share. */
export async function importBusybox(socket: string, folder: string): Promise<string> {
  const bin = join(folder, 'rootfs', 'bin');
  await mkdir(bin, { recursive: true });
  await copyFile(findProgram('busybox') ?? '/bin/busybox', join(bin, 'busybox'));
  for (const applet of applets) await link(join(bin, 'busybox'), join(bin, applet));
  const archive = join(folder, 'rootfs.tar');
  await run('tar', ['-C', join(folder, 'rootfs'), '-cf', archive, '.']);
  const answer = await askSocket({
    socket,
    method: 'POST',
    path: `/v1.41/images/create?fromSrc=-&repo=${name}&tag=latest`,
    headers: { 'Content-Type': 'application/x-tar' },
    body: await readFile(archive),
  });
  if (answer.status !== 200) throw new Error(`the engine refused the image: ${answer.status} ${answer.text}`);
  return `${name}:latest`;
}

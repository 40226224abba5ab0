import { chmodSync, existsSync, lstatSync, type Stats, unlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { CnmError } from '../cnm-error.js';

/** The longest path that every platform can bind, in bytes. */
const maxPathBytes = 103;

/** Makes way for a socket: its folder exists, its path is short enough, and what is left of a dead process is removed. */
export async function prepareSocket(path: string): Promise<void> {
  if (Buffer.byteLength(path) > maxPathBytes)
    throw refusal('invalid-input', path, `the path is longer than ${maxPathBytes} bytes; choose a shorter one`);
  if (!existsSync(dirname(path)))
    throw refusal('invalid-input', path, `its folder does not exist; make ${dirname(path)}`);
  const found = entryAt(path);
  if (!found) return;
  if (!found.isSocket())
    throw refusal('invalid-input', path, 'it exists and is not a socket; remove it or choose another path');
  if (await isServed(path)) throw refusal('conflict', path, 'another process serves it; stop that one first');
  try {
    unlinkSync(path);
  } catch (cause) {
    throw refusal('transport', path, `what a dead process left there cannot be removed: ${(cause as Error).message}`);
  }
}

function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw refusal('transport', path, `this user may not look into its folder: ${(cause as Error).message}`);
  }
}

/** Runs `bind`, which must make the socket before it returns, so that the socket has mode 0600 from its birth. */
export function withPrivateMode<T>(bind: () => T): T {
  // Workers cannot change the umask; there the mode is set by makePrivate alone.
  if (!isMainThread) return bind();
  const before = process.umask(0o177);
  try {
    return bind();
  } finally {
    process.umask(before);
  }
}

/** Gives a socket mode 0600 whatever the umask was. */
export function makePrivate(path: string): void {
  chmodSync(path, 0o600);
}

/** Only a refused connection says that nobody listens; a full queue or a missing right does not. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = connect(path, () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED') resolve(false);
      else if (code === 'EAGAIN') resolve(true);
      else reject(refusal('transport', path, `nobody can tell whether it is served: ${message}`));
    });
  });
}

function refusal(code: 'invalid-input' | 'conflict' | 'transport', path: string, why: string): CnmError {
  return new CnmError({ code, message: `cannot listen on ${path}: ${why}` });
}

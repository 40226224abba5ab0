import { printable } from '../reports/printable.js';
import { endGroup, killGroup, startShell } from './shell.js';

/** A driver that the suite started. */
export interface OwnDriver {
  /** Why it ended by itself, if it did so with a failure. */
  readonly failed: () => string | undefined;
  /** The last line of its standard error, in brackets; '' when there is none. */
  readonly said: () => string;
  /** Kills it and all of its process group without warning. */
  readonly kill: () => void;
  /** Ends it and all of its process group, so that it can remove its socket. */
  readonly end: () => Promise<void>;
}

const kept = 2_000;

/** Starts a driver by a command line of the user. */
export function ownDriver(command: string): OwnDriver {
  const child = startShell(command, 'ignore', 'pipe');
  let stderr = '';
  let ended: string | undefined;
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + String(chunk)).slice(-kept);
  });
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code, signal) => {
    // A command that leaves the driver in the background ends well.
    if (code !== 0) ended = signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
  });
  const said = () => {
    const line = stderr.trim().split('\n').at(-1) ?? '';
    return line === '' ? '' : ` (${printable(line).slice(0, 300)})`;
  };
  return {
    failed: () => (ended === undefined ? undefined : `${ended}${said()}`),
    said,
    kill: () => {
      killGroup(child);
      child.stderr?.destroy();
    },
    async end() {
      await endGroup(child);
      child.stderr?.destroy();
    },
  };
}

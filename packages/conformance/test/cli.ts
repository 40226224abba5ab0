import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command, as it is built. */
const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command to its end. */
export function cli(...flags: readonly string[]): Promise<Ended> {
  return cliIn(process.cwd(), ...flags);
}

/** Runs the command in a folder. */
export function cliIn(folder: string, ...flags: readonly string[]): Promise<Ended> {
  return ended(spawnCli(flags, folder));
}

/** Runs the command to its end; `started` is given what sends it a signal. */
export function signalledCli(
  flags: readonly string[],
  started?: (signal: (name: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  const child = spawnCli(flags);
  const end = ended(child);
  started?.((name) => child.kill(name));
  return end;
}

/** The environment of CI: no terminal, and no wish about colours. */
function spawnCli(flags: readonly string[], cwd = process.cwd()): ChildProcessWithoutNullStreams {
  const { NO_COLOR: _, ...environment } = process.env;
  return spawn(process.execPath, [command, ...flags], { cwd, env: { ...environment, CI: 'true' } });
}

function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  return new Promise((resolve) => {
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += String(chunk);
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

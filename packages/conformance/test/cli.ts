import { spawn } from 'node:child_process';
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
  return new Promise((resolve) => {
    const { NO_COLOR: _, ...environment } = process.env;
    const child = spawn(process.execPath, [command, ...flags], {
      cwd: folder,
      env: { ...environment, CI: 'true' },
    });
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

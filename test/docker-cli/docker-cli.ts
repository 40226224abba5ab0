import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command printed, with ids as `ID` (64 characters) and `SHORT` (12), and how it ended. */
export interface Printed {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** The docker command, speaking to one engine and reading no configuration of the user's. */
export interface DockerCli {
  run(...args: readonly string[]): Promise<Printed>;
  close(): Promise<void>;
}

/** A docker command for the engine at a host such as `unix:///run/engine.sock`. */
export async function dockerCli(program: string, host: string): Promise<DockerCli> {
  const config = await mkdtemp(join(tmpdir(), 'opencnm-cli-'));
  const env = { PATH: process.env['PATH'], HOME: config, DOCKER_CONFIG: config };
  return {
    run: (...args) =>
      new Promise((resolve) => {
        execFile(program, ['--host', host, ...args], { env, timeout: 60_000 }, (error, out, err) => {
          const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
          resolve({ exit, out: withoutIds(out), err: withoutIds(err) });
        });
      }),
    close: () => rm(config, { recursive: true, force: true }),
  };
}

function withoutIds(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, 'ID')
    .replace(/\b[0-9a-f]{12}\b/g, 'SHORT')
    .trim();
}

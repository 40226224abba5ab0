import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** What a command line of the user did. */
export interface Ran {
  /** Undefined when it was ended by a signal or took too long. */
  readonly code?: number;
  /** At most 64 KiB of its standard output. */
  readonly out: string;
}

const maxOutput = 64 * 1024;
const graceMs = 2_000;
const pauseMs = 20;
const living = new Set<ChildProcess>();

/** Runs a command line with /bin/sh, as the user wrote it, in a process group of its own. */
export function startShell(command: string, stdout: 'pipe' | 'ignore', stderr: 'pipe' | 'ignore'): ChildProcess {
  if (living.size === 0 && process.listeners('exit').every((each) => each !== killAll)) process.on('exit', killAll);
  const child = spawn('/bin/sh', ['-c', command], { detached: true, stdio: ['ignore', stdout, stderr] });
  living.add(child);
  return child;
}

/** Kills all that a command started, as far as it stayed in its process group; they get no chance to tidy up. */
export function killGroup(child: ChildProcess): void {
  living.delete(child);
  signalGroup(child, 'SIGKILL');
}

/** False when the group is empty already. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Ends all that a command started, as far as it stayed in its process group; it has a moment to tidy up. */
export async function endGroup(child: ChildProcess): Promise<void> {
  const deadline = performance.now() + graceMs;
  signalGroup(child, 'SIGTERM');
  while (signalGroup(child, 0) && performance.now() < deadline) await wait(pauseMs);
  killGroup(child);
}

/** Leaves what a command started running. */
export function letGo(child: ChildProcess): void {
  living.delete(child);
}

/** Runs a command line to its end, for its output or for what it does; kills it after `timeoutMs`. */
export function runShell(command: string, timeoutMs: number, wants: 'output' | 'effect'): Promise<Ran> {
  // What the command leaves in the background must not hold a pipe of ours.
  const child = startShell(command, wants === 'output' ? 'pipe' : 'ignore', 'ignore');
  return new Promise((resolve) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      if (out.length < maxOutput) out += String(chunk).slice(0, maxOutput - out.length);
    });
    const timer = setTimeout(() => {
      killGroup(child);
      end(null);
    }, timeoutMs);
    const end = (code: number | null) => {
      clearTimeout(timer);
      letGo(child);
      resolve({ out, ...(code === null ? {} : { code }) });
    };
    child.on('error', () => end(null));
    child.on(wants === 'output' ? 'close' : 'exit', end);
  });
}

function killAll(): void {
  for (const child of living) killGroup(child);
}

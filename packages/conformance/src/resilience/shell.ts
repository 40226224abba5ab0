import { type ChildProcess, spawn } from 'node:child_process';

/** What a command line of the user did. */
export interface Ran {
  /** Undefined when it was ended by a signal or took too long. */
  readonly code?: number;
  /** At most 64 KiB of its standard output. */
  readonly out: string;
}

const maxOutput = 64 * 1024;
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
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is empty already.
  }
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

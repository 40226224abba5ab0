import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A program in network, mount and process namespaces of its own: what it makes there ends with it. */
export interface IsolatedProcess {
  readonly log: () => string;
  readonly hasEnded: () => boolean;
  stop(): Promise<void>;
}

interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly logFile: string;
  /** Shell lines that run in the namespaces before the program. */
  readonly before?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where they run; this process's own when absent. */
  readonly folder?: string;
}

/** Starts a program as the second process of new namespaces; it dies with this process, however this one ends. */
export function startIsolated({ program, args, logFile, before = [], env = {}, folder }: Start): IsolatedProcess {
  const log = openSync(logFile, 'a', 0o600);
  const script = ['set -e', 'ip link set lo up', ...before, 'exec "$@"'].join('\n');
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', ...namespaces, 'sh', '-c', script, 'sh', program, ...args],
    {
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, ...env },
      ...(folder ? { cwd: folder } : {}),
    },
  );
  closeSync(log);
  let failure = '';
  child.on('error', (error) => {
    failure = error.message;
  });
  const hasEnded = () => failure !== '' || child.exitCode !== null || child.signalCode !== null;
  return { log: () => `${failure}${readFileSync(logFile, 'utf8')}`, hasEnded, stop: () => end(child, hasEnded) };
}

/** Waits until a started program answers; gives up when it ends or after the limit, with the end of its log. */
export async function untilReady(
  started: IsolatedProcess,
  isReady: () => Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isReady())) {
    if (started.hasEnded() || Date.now() > deadline) {
      const log = started.log();
      await started.stop();
      throw new Error(`it did not become ready; the end of its log:\n${log.slice(-2000)}`);
    }
    await delay(50);
  }
}

async function end(child: ChildProcess, hasEnded: () => boolean): Promise<void> {
  if (hasEnded()) return;
  const ended = once(child, 'exit');
  const first = children(child.pid);
  if (first.length === 0) child.kill('SIGKILL');
  for (const pid of first) process.kill(pid, 'SIGKILL');
  await ended;
}

/** The first process of the namespaces; when it is killed, the kernel ends the others and its parent can reap it. */
function children(pid: number | undefined): readonly number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return listed.split(' ').filter(Boolean).map(Number);
}

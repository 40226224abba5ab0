import { setTimeout as wait } from 'node:timers/promises';
import { Untestable } from '../untestable.js';
import { lastingConnection } from './lasting-connection.js';
import { type OwnDriver, ownDriver } from './own-driver.js';
import { runShell } from './shell.js';

/** Kills the driver without warning and starts it again. */
export interface Restarter {
  /** Makes sure that the driver answers before the first call. */
  readonly start: () => Promise<void>;
  /** Kills and starts; says why the driver did not come back, if it did not. */
  readonly restart: () => Promise<string | undefined>;
  /** True when the target answers a call in any way. */
  readonly answers: () => Promise<boolean>;
  /** Leaves nothing running that the suite started. */
  readonly close: () => Promise<void>;
}

/** How a restarter knows the driver's state. */
export interface Watch {
  readonly target: string;
  /** True when the target answers a call in any way. */
  readonly answers: () => Promise<boolean>;
  /** How long a start may take, in ms. */
  readonly startMs: number;
}

const hookMs = 60_000;
const deathMs = 5_000;
const pauseMs = 25;

/** Restarts by a command of the user that kills the driver and starts it again; throws Untestable when that fails. */
export function hookRestarter(command: string, { target, answers, startMs }: Watch): Restarter {
  return {
    answers,
    start: async () => {
      if (!(await answers())) throw new Untestable('the target does not answer: start the driver first');
    },
    restart: async () => {
      const before = await lastingConnection(target);
      try {
        const { code } = await runShell(command, hookMs, 'effect');
        if (code === undefined)
          throw new Untestable(`--hook-restart did not end within ${hookMs / 1000} s: ${command}`);
        if (code !== 0) throw new Untestable(`--hook-restart ended with exit code ${code}: ${command}`);
        if (await before.answersAgain())
          throw new Untestable(
            `--hook-restart did not kill the driver, which answers on the same connection: ${command}`,
          );
      } finally {
        before.close();
      }
      return (await until(answers, startMs))
        ? undefined
        : `no answer within ${startMs} ms (--start-timeout) after --hook-restart`;
    },
    close: async () => undefined,
  };
}

/** Starts the driver by a command of the user, and kills its process group; throws Untestable when it never starts. */
export function commandRestarter(command: string, watch: Watch): Restarter {
  const { answers, startMs } = watch;
  let driver: OwnDriver | undefined;
  const begin = async (): Promise<string | undefined> => {
    const own = ownDriver(command);
    driver = own;
    if (await until(async () => own.failed() !== undefined || answers(), startMs)) return own.failed();
    return own.failed() ?? `no answer within ${startMs} ms (--start-timeout)${own.said()}`;
  };
  return {
    answers,
    start: async () => {
      if (await answers())
        throw new Untestable('something answers at the target already: stop it, --driver-command starts it anew');
      const problem = await begin();
      if (problem !== undefined) throw new Untestable(`--driver-command does not start the driver: ${problem}`);
    },
    restart: async () => {
      driver?.kill();
      if (!(await until(async () => !(await answers()), deathMs)))
        throw new Untestable(
          'the driver answers although its process group was killed: let it stay in the foreground, or use --hook-restart',
        );
      return begin();
    },
    close: async () => driver?.end(),
  };
}

async function until(holds: () => Promise<boolean>, forMs: number): Promise<boolean> {
  const deadline = performance.now() + forMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() > deadline) return false;
    await wait(pauseMs);
  }
}

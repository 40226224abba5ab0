import { askDriver, type DriverToAsk } from '../ask-driver.js';
import type { Caller } from '../caller/caller.js';
import { driverCaller } from '../caller/driver-caller.js';
import type { Interrupts } from '../interrupts.js';
import { plainSettings } from '../settings.js';
import { version } from '../version.js';
import { allLives } from './all-lives.js';
import type { ResilienceReport } from './resilience-report.js';
import { commandRestarter, hookRestarter, type Restarter } from './restarter.js';

/** What a run is about; commands are lines for /bin/sh. */
export interface ResilienceOptions extends DriverToAsk {
  /** Starts the driver in the foreground, or kills a running one and starts it again. */
  readonly restartedBy: { readonly driverCommand: string } | { readonly hookRestart: string };
  /** Prints how many things the driver holds. */
  readonly hookState?: string;
  /** How long a start of the driver may take, in ms; 10 000 unless told otherwise. */
  readonly startMs?: number;
  readonly interrupts?: Interrupts;
  readonly onPlace?: (place: string, done: number, planned: number) => void;
}

/**
 * Lives the life of a network with a container once for each place between two of its calls, kills the driver there,
 * starts it again and lives on; throws Untestable when there is nothing to judge, and Interrupted.
 */
export async function runResilience(options: ResilienceOptions): Promise<ResilienceReport> {
  const startedAt = new Date();
  const driver = driverCaller(options.target, options.settings?.timeoutMs ?? plainSettings.timeoutMs);
  const restarter = restarterOf(options, driver);
  let caller = driver;
  try {
    await restarter.start();
    const { profiles, ...asked } = await askDriver(driver, options);
    caller = asked.caller;
    const { hookState, interrupts, onPlace } = options;
    const lives = await allLives({
      ...asked,
      restarter,
      check: interrupts?.check ?? (() => undefined),
      ...(hookState ? { hookState } : {}),
      ...(onPlace ? { onPlace } : {}),
    });
    return {
      reportVersion: 1,
      suite: { version },
      target: { url: options.target, profiles, features: [...asked.features].sort() },
      restartedBy: 'driverCommand' in options.restartedBy ? 'driver-command' : 'hook-restart',
      settings: asked.settings,
      seed: asked.seed,
      startedAt: startedAt.toISOString(),
      ms: Date.now() - startedAt.getTime(),
      ...lives,
    };
  } finally {
    caller.close();
    await restarter.close();
  }
}

function restarterOf({ target, restartedBy, startMs = 10_000 }: ResilienceOptions, caller: Caller): Restarter {
  const answers = async () =>
    (await caller.call('Plugin.Activate', undefined, { fresh: true })).answer.outcome !== 'broken';
  const watch = { target, answers, startMs };
  return 'driverCommand' in restartedBy
    ? commandRestarter(restartedBy.driverCommand, watch)
    : hookRestarter(restartedBy.hookRestart, watch);
}

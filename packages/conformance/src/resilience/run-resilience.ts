import type { Caller } from '../caller/caller.js';
import { driverCaller } from '../caller/driver-caller.js';
import type { Interrupts } from '../interrupts.js';
import { activated, driverFeatures, type Profile } from '../probe.js';
import { plainSettings, type Settings } from '../settings.js';
import { Untestable } from '../untestable.js';
import { version } from '../version.js';
import { allLives } from './all-lives.js';
import type { ResilienceReport } from './resilience-report.js';
import { commandRestarter, hookRestarter, type Restarter } from './restarter.js';

/** What a run is about; commands are lines for /bin/sh. */
export interface ResilienceOptions {
  readonly target: string;
  /** Starts the driver in the foreground, or kills a running one and starts it again. */
  readonly restartedBy: { readonly driverCommand: string } | { readonly hookRestart: string };
  /** Prints how many things the driver holds. */
  readonly hookState?: string;
  /** Asked of the driver when absent. */
  readonly profiles?: readonly Profile[];
  readonly settings?: Partial<Settings>;
  readonly seed?: number;
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
  const settings: Settings = { ...plainSettings, ...options.settings };
  const caller = driverCaller(options.target, settings.timeoutMs);
  const restarter = restarterOf(options, caller);
  try {
    await restarter.start();
    const profiles = options.profiles ?? (await askProfiles(options.target, caller));
    const features = await driverFeatures(caller, profiles);
    const composed = features.has('network-driver') && features.has('ipam-driver');
    const seed = options.seed ?? startedAt.getTime() % 1_000_000;
    const own = { ...settings, ipam: options.settings?.ipam ?? (composed ? 'composed' : 'engine') };
    const { hookState, interrupts, onPlace } = options;
    const lives = await allLives({
      caller,
      settings: own,
      features,
      restarter,
      seed,
      check: interrupts?.check ?? (() => undefined),
      ...(hookState ? { hookState } : {}),
      ...(onPlace ? { onPlace } : {}),
    });
    return {
      reportVersion: 1,
      suite: { version },
      target: { url: options.target, profiles, features: [...features].sort() },
      restartedBy: 'driverCommand' in options.restartedBy ? 'driver-command' : 'hook-restart',
      settings: own,
      seed,
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

async function askProfiles(target: string, caller: Caller): Promise<readonly Profile[]> {
  const found = await activated(caller);
  if (found && found.length > 0) return found;
  throw new Untestable(`${target} does not say what it implements (Plugin.Activate); name it with --implements`);
}

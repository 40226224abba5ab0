import type { Caller } from '../caller/caller.js';
import { driverCaller } from '../caller/driver-caller.js';
import { drawing } from '../draw.js';
import type { Feature } from '../feature.js';
import type { Interrupts } from '../interrupts.js';
import { judge } from '../judge.js';
import type { Outcome } from '../outcome.js';
import { activated, driverFeatures, type Profile } from '../probe.js';
import { plainSettings, type Settings } from '../settings.js';
import { Untestable } from '../untestable.js';
import { version } from '../version.js';
import { type LifeOptions, liveOnce } from './live-once.js';
import type { ResilienceReport } from './resilience-report.js';
import { commandRestarter, hookRestarter, type Restarter } from './restarter.js';
import { lifeOf } from './steps.js';

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
    const lives = await allLives(options, { caller, settings: own, features, restarter, seed });
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
    restarter.close();
    caller.close();
  }
}

interface Bench {
  readonly caller: Caller;
  readonly settings: Settings;
  readonly features: ReadonlySet<Feature>;
  readonly restarter: Restarter;
  readonly seed: number;
}

/** One life without a restart, which has to succeed, then one for each cut. */
async function allLives(
  { hookState, interrupts, onPlace }: ResilienceOptions,
  { seed, ...bench }: Bench,
): Promise<Pick<ResilienceReport, 'cuts'> & ReturnType<typeof judge>> {
  const steps = lifeOf(bench.features);
  const outcomes: Outcome[] = [];
  const cuts: string[] = [];
  const check = interrupts?.check ?? (() => undefined);
  for (let cut = -1; cut < steps.length; cut++) {
    const name = steps[cut]?.name ?? 'whole';
    const place = `${String(cut + 1).padStart(2, '0')}-${name}`;
    onPlace?.(place, cut + 1, steps.length + 1);
    const draw = drawing(seed, `resilience.${name}`, cut + 1);
    const life: LifeOptions = { ...bench, steps, place, draw, check, ...(hookState ? { hookState } : {}) };
    const lived = await liveOnce(life, cut < 0 ? undefined : cut);
    outcomes.push(...lived.outcomes);
    if (cut >= 0) cuts.push(name);
    if (lived.ends) break;
  }
  return { ...judge(outcomes, []), cuts };
}

function restarterOf({ restartedBy, startMs = 10_000 }: ResilienceOptions, caller: Caller): Restarter {
  const answers = async () =>
    (await caller.call('Plugin.Activate', undefined, { fresh: true })).answer.outcome !== 'broken';
  const watch = { answers, startMs };
  return 'driverCommand' in restartedBy
    ? commandRestarter(restartedBy.driverCommand, watch)
    : hookRestarter(restartedBy.hookRestart, watch);
}

async function askProfiles(target: string, caller: Caller): Promise<readonly Profile[]> {
  const found = await activated(caller);
  if (found && found.length > 0) return found;
  throw new Untestable(`${target} does not say what it implements (Plugin.Activate); name it with --implements`);
}

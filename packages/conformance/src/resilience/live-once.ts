import type { Caller } from '../caller/caller.js';
import type { Draw } from '../draw.js';
import type { Feature } from '../feature.js';
import type { Outcome } from '../outcome.js';
import type { Settings } from '../settings.js';
import { worldOf } from '../world.js';
import { type Findings, findings } from './findings.js';
import { heldCount, settledCount } from './hook-state.js';
import { live } from './live.js';
import type { Restarter } from './restarter.js';
import type { Step } from './steps.js';

/** What a life needs; `place` is where it is cut, for the ids of its outcomes. */
export interface LifeOptions {
  readonly caller: Caller;
  readonly settings: Settings;
  readonly features: ReadonlySet<Feature>;
  readonly restarter: Restarter;
  readonly steps: readonly Step[];
  readonly place: string;
  readonly draw: Draw;
  readonly check: () => void;
  readonly hookState?: string;
}

/** What one life showed; `ends` where further lives make no sense. */
export interface Lived {
  readonly outcomes: readonly Outcome[];
  readonly ends: boolean;
}

/** Lives one life, cut behind a step or whole, and removes what it left. */
export async function liveOnce(options: LifeOptions, cut: number | undefined): Promise<Lived> {
  const { caller, settings, features, restarter, steps, place, draw, check, hookState } = options;
  const words = cut === undefined ? 'Without a restart' : `Killed behind ${steps[cut]?.name}`;
  const world = worldOf(caller, draw, settings, features);
  const found = findings(place, words, world);
  let isBack = true;
  const restart = async () => {
    isBack = noteStart(found, await restarter.restart());
    return isBack;
  };
  // A driver that ended by itself in the life before starts again like one that was killed.
  if (!(await restarter.answers()) && !(await restart())) return { outcomes: found.outcomes([]), ends: true };
  const before = hookState === undefined ? 0 : await heldCount(hookState);
  let left: readonly string[] = [];
  try {
    await live({ steps, world, findings: found, restart, check }, cut);
  } finally {
    left = await world.undo();
  }
  if (hookState !== undefined && isBack) noteHeld(found, before, await settledCount(hookState, before));
  const outcomes = found.outcomes(left);
  return { outcomes, ends: !isBack || (cut === undefined && outcomes.some(({ result }) => result.kind === 'blocked')) };
}

function noteStart(found: Findings, problem: string | undefined): boolean {
  found.note(
    'comes-back',
    'plugin.restart.comes-back',
    'the driver answers again after it was killed',
    problem === undefined ? [] : [{ at: 'the restart', wanted: 'an answer at the same address', got: problem }],
  );
  return problem === undefined;
}

function noteHeld(found: Findings, before: number, after: number): void {
  found.note(
    'leaves-nothing',
    'plugin.restart.leaves-nothing',
    'the driver holds what it held before the life',
    after === before ? [] : [{ at: '--hook-state', wanted: `${before}, as before the life`, got: `${after}` }],
  );
}

import type { Caller } from '../caller/caller.js';
import type { Draw } from '../draw.js';
import type { Feature } from '../feature.js';
import type { Outcome } from '../outcome.js';
import type { Settings } from '../settings.js';
import { worldOf } from '../world.js';
import type { Beside } from './beside.js';
import { type Findings, findings } from './findings.js';
import { heldCount, settledCount } from './hook-state.js';
import type { Shape } from './life.js';
import { live, type Refused } from './live.js';
import type { Restarter } from './restarter.js';
import type { Step } from './step.js';

/** What a life needs; `place` is where it is cut, for the ids of its outcomes. */
export interface LifeOptions {
  readonly caller: Caller;
  readonly settings: Settings;
  readonly features: ReadonlySet<Feature>;
  readonly restarter: Restarter;
  readonly shape: Shape;
  readonly steps: readonly Step[];
  readonly place: string;
  readonly draw: Draw;
  readonly check: () => void;
  readonly hookState?: string;
  /** How often the driver is killed at the place; once unless told otherwise. */
  readonly restarts?: number;
  /** What runs through all restarts. */
  readonly beside?: Beside;
}

/** What one life showed; `ends` where further lives make no sense. */
export interface Lived {
  readonly outcomes: readonly Outcome[];
  readonly ends: boolean;
  /** What the driver refused before it was restarted. */
  readonly refused?: Refused;
}

/** Lives one life, cut behind a step or whole, and removes what it left. */
export async function liveOnce(options: LifeOptions, cut: number | undefined): Promise<Lived> {
  const {
    caller,
    settings,
    features,
    restarter,
    shape,
    steps,
    place,
    draw,
    check,
    hookState,
    beside,
    restarts = 1,
  } = options;
  const words =
    cut === undefined ? 'Without a restart' : `Killed${restarts > 1 ? ' twice' : ''} behind ${steps[cut]?.name}`;
  const world = worldOf(caller, draw, settings, features);
  const found = findings(place, words, world);
  const besides: Outcome[] = [];
  let isBack = true;
  const restart = async () => {
    let problem: string | undefined;
    for (let n = 0; problem === undefined && n < restarts; n++) problem = await restarter.restart();
    isBack = noteStart(found, problem);
    if (isBack && beside) besides.push(...(await beside.look(place, words)));
    return isBack;
  };
  // A driver that ended by itself in the life before starts again like one that was killed.
  if (!(await restarter.answers()) && !noteStart(found, await restarter.restart()))
    return { outcomes: found.outcomes([]), ends: true };
  const before = hookState === undefined ? 0 : await heldCount(hookState);
  let left: readonly string[] = [];
  let refused: Refused | undefined;
  try {
    const joined = beside ? { joinedBeside: beside.joined } : {};
    refused = await live({ shape, steps, world, findings: found, restart, check, ...joined }, cut);
  } finally {
    left = await world.undo();
  }
  // Where what runs beside was lost, there is less than before, and nothing leaked.
  const isAllThere = isBack && besides.every(({ result }) => result.kind === 'held');
  if (hookState !== undefined && isAllThere) noteHeld(found, before, await settledCount(hookState, before));
  const outcomes = [...besides, ...found.outcomes(left)];
  const isBlocked = cut === undefined && outcomes.some(({ result }) => result.kind === 'blocked');
  return { outcomes, ends: !isBack || isBlocked, ...(refused ? { refused } : {}) };
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

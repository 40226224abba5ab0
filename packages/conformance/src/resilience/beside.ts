import type { JoinResponse } from '@opencnm/spec';
import { drawing } from '../draw.js';
import type { Outcome } from '../outcome.js';
import { type World, worldOf } from '../world.js';
import { findings } from './findings.js';
import { type Life, newLife } from './life.js';
import type { LifeOptions } from './live-once.js';
import { probe } from './probes.js';
import { replayHeld } from './replay-held.js';
import { standingAfter } from './standing.js';
import type { Step } from './step.js';
import { takeStep } from './take-step.js';

/** A container on a network of its own that runs through all restarts, beside the lives that are cut. */
export interface Beside {
  /** What Join answered to it. */
  readonly joined: JoinResponse;
  /** Looks after a restart whether it is as it was; no more once something of it was lost. */
  readonly look: (place: string, words: string) => Promise<readonly Outcome[]>;
  /** Stops it, and removes what it had. */
  readonly end: (place: string) => Promise<readonly Outcome[]>;
  /** Removes what `end` did not; what could not be removed. */
  readonly undo: () => Promise<readonly string[]>;
}

/** Where the container stands: behind the subnets of all lives. */
type Ground = Pick<LifeOptions, 'caller' | 'settings' | 'features' | 'shape' | 'steps'> & {
  readonly seed: number;
};

/** Starts the container; without one where a call of its start fails, as with a driver that has but one network. */
export async function startBeside({
  shape,
  steps,
  seed,
  ...ground
}: Ground): Promise<Beside | { readonly problem: string }> {
  const worldAt = (place: string) => {
    const draw = drawing(seed, `resilience.beside ${place}`, steps.length + 2);
    return worldOf(ground.caller, draw, ground.settings, ground.features);
  };
  const world = worldAt('');
  let life = newLife(world, shape);
  const done = new Set<string>();
  for (const step of steps.filter(({ ends }) => ends === undefined)) {
    if (!step.isMade(life, world)) continue;
    const taken = await takeStep(step, life, world);
    life = taken.life;
    const [difference] = taken.differences;
    if (difference) {
      await world.undo();
      return { problem: `${step.op}: ${difference.got}` };
    }
    done.add(step.name);
  }
  return besideOf({ steps, done, world, worldAt }, life);
}

interface Running {
  readonly steps: readonly Step[];
  readonly done: ReadonlySet<string>;
  /** The world that the container was made in. */
  readonly world: World;
  readonly worldAt: (place: string) => World;
}

function besideOf({ steps, done, world, worldAt }: Running, started: Life): Beside {
  const standing = standingAfter(steps, done);
  let life = started;
  let isLost = false;
  return {
    joined: started.containers.own.joined ?? {},
    async look(place, words) {
      if (isLost) return [];
      const at = `${place}.beside`;
      const title = `${words}, for a container that runs all along`;
      const again = findings(at, title, world);
      life = await replayHeld(life, standing, world, again);
      const looking = worldAt(place);
      looking.evidence.push(...world.evidence);
      looking.step = 'act';
      const found = findings(at, title, looking);
      await probe(life, standing, looking, found);
      const outcomes = [...again.outcomes([]), ...found.outcomes(await looking.undo())];
      isLost = outcomes.some(({ result }) => result.kind !== 'held');
      return outcomes;
    },
    async end(place) {
      if (isLost) return [];
      const found = findings(`${place}.beside`, 'In the end, for a container that ran all along', world);
      for (const step of steps.filter(({ ends }) => ends !== undefined && done.has(ends))) {
        const { differences } = await takeStep(step, life, world);
        found.note(`then-${step.name}`, step.clause, `${step.op.split('.')[1]} succeeds`, differences);
      }
      return found.outcomes([]);
    },
    undo: world.undo,
  };
}

import type { JoinResponse } from '@opencnm/spec';
import type { Difference } from '../patterns/pattern.js';
import type { World } from '../world.js';
import type { Findings } from './findings.js';
import { joinedBefore, lostGateways } from './joined-before.js';
import { type Life, newLife, type Shape } from './life.js';
import { probe } from './probes.js';
import { replayHeld } from './replay-held.js';
import { standingAfter } from './standing.js';
import type { Step } from './step.js';
import { takeStep } from './take-step.js';

/** How a life is lived. */
export interface Living {
  readonly shape: Shape;
  readonly steps: readonly Step[];
  readonly world: World;
  readonly findings: Findings;
  /** Kills the driver and starts it again; false when it did not come back. */
  readonly restart: () => Promise<boolean>;
  /** Throws when the user asked to stop. */
  readonly check: () => void;
  /** What Join answered to the container that runs beside it. */
  readonly joinedBeside?: JoinResponse;
}

/** A step that the driver refused before anything was restarted. */
export interface Refused {
  readonly step: Step;
  readonly reason: string;
}

/**
 * Lives a life to the step `cut`, restarts the driver, looks at what is there, and lives on to the end; without a cut
 * from start to end, or to the first step that fails.
 */
export async function live(living: Living, cut?: number): Promise<Refused | undefined> {
  const { shape, steps, world, findings, restart, check, joinedBeside } = living;
  let life: Life = { ...newLife(world, shape), ...(joinedBeside ? { joinedBeside } : {}) };
  const done = new Set<string>();
  for (const [index, step] of steps.entries()) {
    check();
    if (step.needs.every((name) => done.has(name)) && step.isMade(life, world)) {
      const before = life;
      const { differences, isRefused, ...taken } = await takeStep(step, life, world);
      life = taken.life;
      if (differences.length === 0) done.add(step.name);
      if (cut !== undefined && index > cut) {
        const lost = step.name === 'join' ? lostIn(life, before, steps, done) : [];
        const title = `${callOf(step)} succeeds afterwards`;
        findings.note(`then-${step.name}`, step.clause, title, [...differences, ...lost]);
      } else if (differences.length > 0) {
        const reason = differences.map(({ at, got }) => `${at}: ${got}`).join('; ');
        findings.blocked(step.name, step.clause, `${callOf(step)} succeeds`, reason);
        return isRefused ? { step, reason } : undefined;
      }
    }
    if (index !== cut) continue;
    if (!(await restart())) return;
    world.step = 'act';
    const standing = standingAfter(steps, done);
    life = await replayHeld(life, standing, world, findings);
    await probe(life, standing, world, findings);
  }
  return;
}

/** What a container that joined after the restart is not told, though those that joined before were. */
function lostIn(life: Life, before: Life, steps: readonly Step[], done: ReadonlySet<string>): readonly Difference[] {
  const { joined } = life.containers.own;
  return joined ? lostGateways({ ...joined }, joinedBefore(before, standingAfter(steps, done))) : [];
}

function callOf({ op }: Step): string {
  return op.slice(op.indexOf('.') + 1);
}

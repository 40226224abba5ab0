import type { World } from '../world.js';
import type { Findings } from './findings.js';
import { type Life, newLife } from './life.js';
import { probe } from './probes.js';
import { replayHeld } from './replay-held.js';
import { standingAfter } from './standing.js';
import type { Step } from './steps.js';
import { takeStep } from './take-step.js';

/** How a life is lived. */
export interface Living {
  readonly steps: readonly Step[];
  readonly world: World;
  readonly findings: Findings;
  /** Kills the driver and starts it again; false when it did not come back. */
  readonly restart: () => Promise<boolean>;
  /** Throws when the user asked to stop. */
  readonly check: () => void;
  /** The link of the container that runs beside it. */
  readonly linkBeside?: string;
}

/**
 * Lives a life to the step `cut`, restarts the driver, looks at what is there, and lives on to the end; without a cut
 * from start to end.
 */
export async function live(
  { steps, world, findings, restart, check, linkBeside = '' }: Living,
  cut?: number,
): Promise<void> {
  let life: Life = { ...newLife(world.draw), linkBeside };
  const done = new Set<string>();
  for (const [index, step] of steps.entries()) {
    check();
    if (!step.needs.every((name) => done.has(name))) continue;
    const taken = await takeStep(step, life, world);
    life = taken.life;
    if (taken.differences.length === 0) done.add(step.name);
    const isAfter = cut !== undefined && index > cut;
    if (isAfter)
      findings.note(`then-${step.name}`, step.clause, `${callOf(step)} succeeds afterwards`, taken.differences);
    else if (taken.differences.length > 0) {
      const reason = taken.differences.map(({ at, got }) => `${at}: ${got}`).join('; ');
      findings.blocked(step.name, step.clause, `${callOf(step)} succeeds`, reason);
      return;
    }
    if (index !== cut) continue;
    if (!(await restart())) return;
    world.step = 'act';
    const standing = standingAfter(done);
    life = await replayHeld(life, standing, world, findings);
    await probe(life, standing, world, findings);
  }
}

function callOf({ op }: Step): string {
  return op.slice(op.indexOf('.') + 1);
}

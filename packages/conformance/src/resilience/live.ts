import type { World } from '../world.js';
import type { Findings } from './findings.js';
import { type Life, newLife } from './life.js';
import { probe } from './probes.js';
import { replay } from './replay.js';
import { heldClause, type Step } from './steps.js';
import { takeStep } from './take-step.js';

/** The step that each step ends. */
const ends: Readonly<Record<string, string>> = {
  leave: 'join',
  'delete-endpoint': 'create-endpoint',
  'release-address': 'request-address',
  'release-gateway': 'request-gateway',
  'release-pool': 'request-pool',
  'delete-network': 'create-network',
};

/** How a life is lived. */
export interface Living {
  readonly steps: readonly Step[];
  readonly world: World;
  readonly findings: Findings;
  /** Kills the driver and starts it again; false when it did not come back. */
  readonly restart: () => Promise<boolean>;
  /** Throws when the user asked to stop. */
  readonly check: () => void;
}

/**
 * Lives a life to the step `cut`, restarts the driver, looks at what is there, and lives on to the end; without a cut
 * from start to end.
 */
export async function live({ steps, world, findings, restart, check }: Living, cut?: number): Promise<void> {
  let life: Life = newLife(world.draw);
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
    life = await lookAround(life, done, { world, findings });
  }
}

/** What an engine does at its start, then what shows whether anything was lost, doubled or kept. */
async function lookAround(
  before: Life,
  done: ReadonlySet<string>,
  { world, findings }: Pick<Living, 'world' | 'findings'>,
): Promise<Life> {
  const ended = new Set([...done].flatMap((name) => ends[name] ?? []));
  const standing = {
    has: (name: string) => done.has(name) && !ended.has(name),
    had: (name: string) => done.has(name) && ended.has(name),
  };
  let life = before;
  world.step = 'act';
  if (world.features.has('replay') && standing.has('request-pool')) {
    const { gateway, address, ...rest } = before;
    const held = {
      ...rest,
      ...(gateway && standing.has('request-gateway') ? { gateway } : {}),
      ...(address && standing.has('request-address') ? { address } : {}),
    };
    const replayed = await replay(held, world);
    life = { ...before, ...replayed.life };
    findings.note(
      'replay',
      heldClause(world.features),
      'the pool and its addresses are granted when they are named again',
      replayed.differences,
    );
  }
  await probe(life, standing, world, findings);
  return life;
}

function callOf({ op }: Step): string {
  return op.slice(op.indexOf('.') + 1);
}

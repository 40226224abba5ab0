import type { World } from '../world.js';
import type { Findings } from './findings.js';
import type { Life } from './life.js';
import { replay } from './replay.js';
import type { Standing } from './standing.js';
import { heldClause } from './steps.js';

/** What an engine does at its start where the driver asks for it: names the pool and the addresses that stand again. */
export async function replayHeld(before: Life, { has }: Standing, world: World, findings: Findings): Promise<Life> {
  if (!world.features.has('replay') || !has('request-pool')) return before;
  const { gateway, address, ...rest } = before;
  const held = {
    ...rest,
    ...(gateway && has('request-gateway') ? { gateway } : {}),
    ...(address && has('request-address') ? { address } : {}),
  };
  const { life, differences } = await replay(held, world);
  findings.note(
    'replay',
    heldClause(world.features),
    'the pool and its addresses are granted when they are named again',
    differences,
  );
  return { ...before, ...life };
}

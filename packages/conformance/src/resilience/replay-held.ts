import type { World } from '../world.js';
import type { Findings } from './findings.js';
import { heldClause } from './held-clause.js';
import { type Life, stepName, versionsOf } from './life.js';
import { replay } from './replay.js';
import type { Standing } from './standing.js';

/** What an engine does at its start where the driver asks for it: names the pools and the addresses that stand again. */
export async function replayHeld(before: Life, { has }: Standing, world: World, findings: Findings): Promise<Life> {
  let after = before;
  for (const version of versionsOf(before)) {
    if (!world.features.has('replay') || !has(stepName('request-pool', { version }))) continue;
    const { life, differences } = await replay(after, version, has, world);
    after = life;
    findings.note(
      stepName('replay', { version }),
      heldClause(world.features),
      `the ${version === 6 ? 'IPv6 ' : ''}pool and its addresses are granted when they are named again`,
      differences,
    );
  }
  return after;
}

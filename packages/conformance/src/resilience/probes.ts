import type { World } from '../world.js';
import type { Findings } from './findings.js';
import { type Life, stepName, versionsOf, type Who } from './life.js';
import { probeAddresses } from './probe-addresses.js';
import { probeDeletedNetwork, probeReleasedPool } from './probe-gone.js';
import { probeInfo, probeNetwork } from './probe-network.js';
import type { Standing } from './standing.js';

const everyone: readonly Who[] = ['own', 'neighbour'];

/** Looks after a restart whether what lives is there once, and what was given back is free. */
export async function probe(life: Life, standing: Standing, world: World, findings: Findings): Promise<void> {
  const { has, had } = standing;
  const versions = versionsOf(life);
  // Some drivers have addresses in networks alone, and are asked for none where engines would not ask.
  const areGranted = has('create-network') || !world.features.has('addresses-of-networks');
  for (const version of versions)
    if (areGranted && has(stepName('request-pool', { version })))
      await probeAddresses(life, version, standing, world, findings);
  for (const who of everyone)
    if (has(stepName('create-endpoint', { who }))) await probeInfo(life, who, world, findings);
  if (has('create-network')) await probeNetwork(life, standing, world, findings);
  for (const version of versions)
    if (had(stepName('request-pool', { version }))) await probeReleasedPool(life, version, world, findings);
  if (had('create-network')) await probeDeletedNetwork(life, world, findings);
}

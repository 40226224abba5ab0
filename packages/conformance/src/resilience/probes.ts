import type { World } from '../world.js';
import type { Findings } from './findings.js';
import type { Life } from './life.js';
import { probeAddresses } from './probe-addresses.js';
import { probeDeletedNetwork, probeReleasedPool } from './probe-gone.js';
import { probeInfo, probeNetwork } from './probe-network.js';
import type { Standing } from './standing.js';

/** Looks after a restart whether what lives is there once, and what was given back is free. */
export async function probe(life: Life, standing: Standing, world: World, findings: Findings): Promise<void> {
  const { has, had } = standing;
  // Engines ask for the addresses of containers once their network is there.
  if (has('request-pool') && (has('create-network') || !world.features.has('addresses-of-networks')))
    await probeAddresses(life, standing, world, findings);
  if (has('create-endpoint')) await probeInfo(life, world, findings);
  if (has('create-network')) await probeNetwork(life, standing, world, findings);
  if (had('request-pool')) await probeReleasedPool(life, world, findings);
  if (had('create-network')) await probeDeletedNetwork(life, world, findings);
}

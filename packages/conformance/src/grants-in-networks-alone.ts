import { Blocked } from './blocked.js';
import { type PoolMade, requestPool } from './fixtures/a-pool.js';
import { grantedAddress } from './fixtures/an-address.js';
import { networkOn } from './fixtures/network-on.js';
import type { World } from './world.js';

/**
 * Whether a driver has addresses only in the networks that it made, as Kuryr, whose addresses are ports of a network:
 * engines ask for the address of an endpoint after CreateNetwork. What is asked for is given back.
 */
export async function grantsInNetworksAlone(world: World): Promise<boolean> {
  try {
    const pool = await requestPool(world);
    if (await isGranted(world, pool)) return false;
    await networkOn(world, pool);
    return await isGranted(world, pool);
  } catch (error) {
    // What a driver refuses here, it refuses in its checks, too.
    if (error instanceof Blocked) return false;
    throw error;
  } finally {
    await world.undo();
  }
}

async function isGranted(world: World, pool: PoolMade): Promise<boolean> {
  try {
    await grantedAddress(world, pool);
    return true;
  } catch (error) {
    if (error instanceof Blocked && error.refused) return false;
    throw error;
  }
}

import type { OperationId } from '@opencnm/spec';
import type { Exchange } from './answer.js';
import { Blocked } from './blocked.js';
import type { Draw } from './draw.js';
import type { Ground } from './features-in-use.js';
import { createNetwork } from './fixtures/a-network.js';
import { joinEndpoint } from './fixtures/an-endpoint.js';
import { worldOf } from './world.js';

/** What came of asking. */
interface Asked {
  readonly refused?: OperationId;
  readonly evidence: readonly Exchange[];
}

/** The calls of a life that a first check makes, too, so that one check fails of each that is refused. */
const told: readonly OperationId[] = [
  'NetworkDriver.CreateNetwork',
  'NetworkDriver.CreateEndpoint',
  'NetworkDriver.Join',
];

/**
 * The call that a network driver refuses though nothing is special about it, as it wants options or parts that the suite
 * does not have; found by asking for a joined endpoint, which is undone again.
 */
export async function refusedFromStart({ caller, settings, features }: Ground, draw: Draw): Promise<Asked> {
  const world = worldOf(caller, draw, settings, features);
  const { evidence } = world;
  if (!features.has('network-driver')) return { evidence };
  try {
    await joinEndpoint(world, await createNetwork(world));
    return { evidence };
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    const { refused } = error;
    // An answer with a status such as 201 is a refusal by mistake, which has checks of its own.
    const isMeant = !/^[23](?!00)/.test(String(evidence.at(-1)?.response?.status));
    return refused && told.includes(refused) && isMeant ? { evidence, refused } : { evidence };
  } finally {
    await world.undo();
  }
}

import type { Exchange } from './answer.js';
import { Blocked } from './blocked.js';
import type { Draw } from './draw.js';
import type { Feature } from './feature.js';
import { createNetwork } from './fixtures/a-network.js';
import { type PoolMade, requestPool } from './fixtures/a-pool.js';
import { grantedAddress } from './fixtures/an-address.js';
import { networkOn } from './fixtures/network-on.js';
import { type World, worldOf } from './world.js';

/** A driver that is looked at. */
export type Ground = Pick<World, 'settings' | 'features'> & { readonly caller: Parameters<typeof worldOf>[0] };

/** What can only be found by using a driver; of what it refuses altogether, nothing is found here: its checks tell. */
const questions: readonly { readonly feature: Feature; readonly of: Feature; readonly ask: Question }[] = [
  { feature: 'before-28', of: 'network-driver', ask: knowsNoIpv4Option },
  { feature: 'addresses-of-networks', of: 'ipam-driver', ask: grantsInNetworksAlone },
];

/** Asks in worlds with the features that are known, and with the one in question. */
type Question = (plain: World, having: World) => Promise<boolean>;

/** What came of asking. */
interface Asked {
  readonly features: ReadonlySet<Feature>;
  readonly evidence: readonly Exchange[];
}

/** The features of a driver, and those that are found by making a network and a pool, which are undone again. */
export async function featuresInUse({ caller, settings, features }: Ground, draw: Draw): Promise<Asked> {
  const found = new Set(features);
  const evidence: Exchange[] = [];
  for (const { feature, of, ask } of questions) {
    if (!found.has(of)) continue;
    const plain = worldOf(caller, draw, settings, new Set(found));
    const having = worldOf(caller, draw, settings, new Set([...found, feature]));
    try {
      if (await ask(plain, having)) found.add(feature);
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
    } finally {
      await having.undo();
      await plain.undo();
      evidence.push(...plain.evidence, ...having.evidence);
    }
  }
  return { features: found, evidence };
}

/**
 * Whether a driver makes networks for engines before 28.0 alone: Calico refuses options that it does not know, as
 * enable_ipv4. Where it refuses the network without that option for another reason, that is the one to be told.
 */
async function knowsNoIpv4Option(plain: World, having: World): Promise<boolean> {
  const refusal = await refusalOf(createNetwork(plain));
  if (refusal === undefined) return false;
  await plain.undo();
  const other = await refusalOf(createNetwork(having));
  return other === undefined || (refusal.includes('enable_ipv4') && !other.includes('enable_ipv4'));
}

/**
 * Whether a driver has addresses only in the networks that it made, as Kuryr, whose addresses are ports of a network:
 * engines ask for the address of an endpoint after CreateNetwork.
 */
async function grantsInNetworksAlone(plain: World): Promise<boolean> {
  const pool: PoolMade = await requestPool(plain);
  if (!(await isRefused(grantedAddress(plain, pool)))) return false;
  await networkOn(plain, pool);
  return !(await isRefused(grantedAddress(plain, pool)));
}

async function isRefused(call: Promise<unknown>): Promise<boolean> {
  return (await refusalOf(call)) !== undefined;
}

/** What a driver says where it refuses; undefined where it does not. */
async function refusalOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof Blocked && error.refused) return error.message;
    throw error;
  }
}

import { CnmError } from '@opencnm/sdk';
import type { IpamDriver, RequestPoolRequest } from '@opencnm/spec';
import { seeded } from '../seed.js';
import { type Keep, saving } from '../state/keep.js';
import type { IpamSnapshot, SavedGrant } from './ipam-snapshot.js';
import { type Pool, poolOf } from './pool.js';
import { type Address, addressText, cidrText, contains, parseAddress, parseRange, type Range } from './range.js';
import { type Subnets, subnets } from './subnets.js';

/** What the generated values depend on. */
export interface IpamDriverOptions {
  readonly seed?: number;
  /** Where its state outlives the process. */
  readonly keep?: Keep<IpamSnapshot>;
}

/** A granted pool, and how often it was granted. */
interface Grant {
  readonly pool: Pool;
  readonly spaceName: string;
  readonly space: Subnets;
  count: number;
}

const spaceNames = { LocalDefaultAddressSpace: 'LocalDefault', GlobalDefaultAddressSpace: 'GlobalDefault' };

/** An IPAM driver in memory that satisfies every clause of its face. */
export function memoryIpamDriver({ seed = 1, keep }: IpamDriverOptions = {}): IpamDriver {
  const spaces = new Map(Object.values(spaceNames).map((name) => [name, subnets()]));
  const grants = new Map<string, Grant>();
  const blocks = dynamicBlocks(seed);

  function spaceOf(name: string): Subnets {
    const space = spaces.get(name);
    if (!space) throw refusal(`address space ${name} is unknown; the spaces are ${[...spaces.keys()].join(' and ')}`);
    return space;
  }
  function chosen(space: Subnets, v6: boolean): Range {
    const { block, prefix } = blocks[v6 ? 6 : 4];
    const range = space.free(block, prefix);
    if (!range) throw refusal(`no pool of ${cidrText(block)} is free`);
    return range;
  }
  function grantOf(id: string): Grant {
    const grant = grants.get(id);
    if (!grant) throw refusal(`pool ${id} is unknown`);
    return grant;
  }

  for (const { id, space: spaceName, count, ...saved } of keep?.saved?.grants ?? []) {
    const space = spaceOf(spaceName);
    const pool = restoredPool(saved);
    space.add(pool.range);
    grants.set(id, { pool, spaceName, space, count });
  }
  const driver: IpamDriver = {
    getCapabilities: async () => ({ RequiresMACAddress: false, RequiresRequestReplay: false }),
    getDefaultAddressSpaces: async () => ({ ...spaceNames }),
    async requestPool(request) {
      const space = spaceOf(request.AddressSpace);
      const { pool, subPool } = rangesOf(request);
      const range = pool ?? chosen(space, request.V6 === true);
      const id = [request.AddressSpace, cidrText(range), ...(subPool ? [cidrText(subPool)] : [])].join('/');
      const held = grants.get(id);
      if (held) held.count++;
      else {
        const overlap = space.overlapping(range);
        if (overlap) throw refusal(`pool ${cidrText(range)} overlaps ${cidrText(overlap)}`);
        space.add(range);
        grants.set(id, { pool: poolOf(range, subPool), spaceName: request.AddressSpace, space, count: 1 });
      }
      return { PoolID: id, Pool: cidrText(range), Data: {} };
    },
    async releasePool({ PoolID }) {
      const grant = grants.get(PoolID);
      if (grant && --grant.count === 0) {
        grant.space.remove(grant.pool.range);
        grants.delete(PoolID);
      }
      return {};
    },
    async requestAddress({ PoolID, Address = '' }) {
      const { pool } = grantOf(PoolID);
      const address = Address === '' ? pool.choose() : named(pool, Address);
      if (!address) throw refusal(`pool ${PoolID} has no free address`);
      return { Address: `${addressText(address)}/${pool.range.prefix}`, Data: {} };
    },
    async releaseAddress({ PoolID, Address }) {
      const address = parseAddress(Address);
      if (address) grants.get(PoolID)?.pool.release(address);
      return {};
    },
  };
  if (!keep) return driver;
  return saving(driver, ['requestPool', 'releasePool', 'requestAddress', 'releaseAddress'], () =>
    keep.save({ grants: [...grants].map(([id, grant]) => savedGrant(id, grant)) }),
  );
}

function savedGrant(id: string, { pool, spaceName, count }: Grant): SavedGrant {
  return {
    id,
    space: spaceName,
    pool: cidrText(pool.range),
    ...(pool.subRange ? { subPool: cidrText(pool.subRange) } : {}),
    count,
    held: pool.held().map(addressText),
  };
}

function restoredPool({ pool, subPool, held }: Pick<SavedGrant, 'pool' | 'subPool' | 'held'>): Pool {
  const restored = poolOf(parseRange(pool) as Range, subPool === undefined ? undefined : parseRange(subPool));
  for (const text of held) restored.take(parseAddress(text) as Address);
  return restored;
}

/** Where chosen pools come from; the IPv6 block is a unique local one, drawn from the seed. */
function dynamicBlocks(seed: number): Readonly<Record<4 | 6, { readonly block: Range; readonly prefix: number }>> {
  const id = seeded(seed).hex(10);
  return {
    4: { block: parseRange('10.0.0.0/9') as Range, prefix: 24 },
    6: { block: parseRange(`fd${id.slice(0, 2)}:${id.slice(2, 6)}:${id.slice(6)}::/48`) as Range, prefix: 64 },
  };
}

function rangesOf({ Pool = '', SubPool = '' }: RequestPoolRequest): {
  readonly pool?: Range;
  readonly subPool?: Range;
} {
  if (Pool === '') {
    if (SubPool !== '') throw refusal(`sub-pool ${SubPool} needs a pool`);
    return {};
  }
  const pool = parseRange(Pool);
  if (!pool) throw refusal(`pool ${Pool} is not a subnet`);
  if (SubPool === '') return { pool };
  const subPool = parseRange(SubPool);
  if (!subPool || !contains(pool, subPool)) throw refusal(`sub-pool ${SubPool} does not lie in pool ${Pool}`);
  return { pool, subPool };
}

/** Holds the address that a request names. */
function named(pool: Pool, text: string): Address {
  const address = parseAddress(text);
  if (!address) throw refusal(`${text} is not an address`);
  const outcome = pool.take(address);
  if (outcome === 'taken') return address;
  const reason = { reserved: 'is reserved in', held: 'is in use in', outside: 'does not lie in' }[outcome];
  throw refusal(`address ${text} ${reason} pool ${cidrText(pool.range)}`);
}

function refusal(message: string): CnmError {
  return new CnmError({ code: 'refused', message });
}

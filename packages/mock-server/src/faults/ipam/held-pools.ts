import { setTimeout as delay } from 'node:timers/promises';
import type { RequestPoolRequest, RequestPoolResponse } from '@opencnm/spec';
import { cidrText, contains, parseRange, type Range } from '../../ipam/range.js';
import type { Fault } from '../fault.js';
import {
  ipamFault,
  isDynamic,
  isV6,
  onAddress,
  refuse,
  refuseAddress,
  refusePool,
  rewritePool,
  shared,
} from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import { canonical, nth, type Seen, type SeenPool } from './seen.js';

const rangeOf = ({ Pool = '' }: RequestPoolRequest) => parseRange(Pool);
const subRangeOf = ({ SubPool = '' }: RequestPoolRequest) => parseRange(SubPool);
const dropSubPool = () => ({ SubPool: '' });

/** Faults of sub-pools, of pools that overlap, of address spaces and of pools that are granted twice. */
export const heldPoolFaults = {
  'ipam-driver.request-pool.sub-pool-alone#grants': rewritePool(
    (request) => isDynamic(request) && !isV6(request),
    dropSubPool,
  ),
  'ipam-driver.request-pool.sub-pool-alone#grants-v6': rewritePool(
    (request) => isDynamic(request) && isV6(request),
    dropSubPool,
  ),
  'ipam-driver.request-pool.sub-pool-inside#grants-outside': rewritePool(
    (request) => !isV6(request) && isBeside(request),
    dropSubPool,
  ),
  'ipam-driver.request-pool.sub-pool-inside#grants-wider': rewritePool((request) => {
    const [pool, subPool] = [rangeOf(request), subRangeOf(request)];
    return pool !== undefined && subPool !== undefined && contains(subPool, pool);
  }, dropSubPool),
  'ipam-driver.request-pool.sub-pool-inside#compares-starts': rewritePool((request) => {
    const [pool, subPool] = [rangeOf(request), subRangeOf(request)];
    return pool !== undefined && subPool?.start === pool.start && subPool.end > pool.end;
  }, dropSubPool),
  'ipam-driver.request-pool.sub-pool-inside#grants-outside-v6': rewritePool(
    (request) => isV6(request) && isBeside(request),
    dropSubPool,
  ),
  'ipam-driver.request-pool.no-overlap#grants-inner': overlapping(
    (wanted, held) => wanted.version === 4 && contains(held.range, wanted) && !isDynamic(held.request),
  ),
  'ipam-driver.request-pool.no-overlap#grants-outer': overlapping((wanted, held) => contains(wanted, held.range)),
  'ipam-driver.request-pool.no-overlap#grants-v6': overlapping(
    (wanted, held) => wanted.version === 6 && contains(held.range, wanted),
  ),
  'ipam-driver.request-pool.no-overlap#grants-over-dynamic': overlapping(
    (wanted, held) => contains(held.range, wanted) && isDynamic(held.request),
  ),
  'ipam-driver.request-pool.no-overlap#compares-starts': overlapping(
    (wanted, held) => contains(held.range, wanted) && wanted.start !== held.range.start,
  ),
  'ipam-driver.request-pool.no-overlap#looks-at-start': overlapping(
    (wanted, held) => contains(wanted, held.range) && wanted.start !== held.range.start,
  ),
  'ipam-driver.request-pool.no-overlap#grants-in-parallel': grantingAtOnce(),
  'ipam-driver.request-pool.spaces-independent#refuses-second-space': refusePool((request, { pools }) =>
    [...pools.values()].some(
      ({ range, request: { AddressSpace } }) =>
        AddressSpace !== request.AddressSpace && cidrText(range) === request.Pool,
    ),
  ),
  'ipam-driver.request-pool.spaces-independent#shares-addresses': ipamFault((inner, { pools }) => ({
    requestAddress: async (request) => {
      const isElsewhere = [...pools.values()].some(
        ({ id, held }) => id !== request.PoolID && held.some(({ ip }) => ip === canonical(request.Address ?? '')),
      );
      return isElsewhere ? refuse('the address is in use in another space') : inner.requestAddress(request);
    },
  })),
  'ipam-driver.request-pool.spaces-independent#releases-both': ipamFault((inner, { pools }) => ({
    releaseAddress: async (request) => {
      for (const { id } of [...pools.values()].filter(({ id }) => id !== request.PoolID))
        await inner.releaseAddress({ ...request, PoolID: id }).catch(() => {});
      return inner.releaseAddress(request);
    },
  })),
  'ipam-driver.request-pool.counts-references#one-release-frees': freeingAll(() => true),
  'ipam-driver.request-pool.counts-references#counts-once-in-parallel': ipamFault((inner) => {
    const once = shared<RequestPoolResponse>();
    return {
      requestPool: (request) =>
        isDynamic(request)
          ? inner.requestPool(request)
          : once(JSON.stringify(request), () => inner.requestPool(request)),
    };
  }),
  'ipam-driver.request-pool.counts-references#one-release-frees-v6': freeingAll(({ range }) => range.version === 6),
  'ipam-driver.request-pool.counts-references#one-release-forgets-addresses': ipamFault((inner, { pools }) => ({
    releasePool: async (request) => {
      const answer = await inner.releasePool(request);
      for (const { ip } of pools.get(request.PoolID)?.held ?? [])
        await inner.releaseAddress({ PoolID: request.PoolID, Address: ip });
      return answer;
    },
  })),
  'ipam-driver.release-pool.frees#refused-again': refusePool((request, { pools, gone }) =>
    [...gone.values()].some(
      (pool) => !pools.has(pool.id) && pool.request.AddressSpace === request.AddressSpace && isSame(pool, request),
    ),
  ),
  'ipam-driver.release-pool.frees#still-overlaps': refusePool(
    (request, seen) => !isV6(request) && isAroundGone(request, seen),
  ),
  'ipam-driver.release-pool.frees#still-overlaps-v6': refusePool(
    (request, seen) => isV6(request) && isAroundGone(request, seen),
  ),
  'ipam-driver.release-pool.frees#counts-on': ipamFault((inner, { gone }) => ({
    releasePool: async (request) => (gone.has(request.PoolID) ? {} : inner.releasePool(request)),
  })),
  'ipam-driver.release-pool.frees#remembers-addresses': ipamFault((inner, { pools }) => {
    const granted = new Set<string>();
    const forbidden = new Set<string>();
    return {
      releasePool: async (request) => {
        const answer = await inner.releasePool(request);
        if (!pools.has(request.PoolID)) for (const key of granted) forbidden.add(key);
        return answer;
      },
      requestAddress: async (request) => {
        const key = `${request.PoolID} ${request.Address}`;
        if (forbidden.has(key)) refuse('the address is in use');
        granted.add(key);
        return inner.requestAddress(request);
      },
    };
  }),
  'ipam-driver.release-pool.frees#keeps-sub-pool': onAddress(
    (inner, { gone }) =>
      async ({ request, pool, isNamed }, next) => {
        const earlier = [...gone.values()].find((each) => each.subRange && each.request.Pool === pool?.request.Pool);
        if (isNamed || !pool || pool.subRange || !earlier?.subRange) return next();
        const free = freeIn(earlier.subRange, pool) ?? refuse('the pool is full');
        return inner.requestAddress({ ...request, Address: free });
      },
  ),
  'ipam-driver.release-pool.unknown#frees-another': freeingAnother(
    ({ PoolID }, { pools, gone }) => !pools.has(PoolID) && !gone.has(PoolID),
  ),
  'ipam-driver.release-pool.unknown#second-frees-another': freeingAnother(
    ({ PoolID }, { pools, gone }) => !pools.has(PoolID) && gone.has(PoolID),
  ),
  'ipam-driver.request-address.explicit-outside-sub-pool#refuses': refuseAddress(
    ({ request, pool, isGateway }) => isOutsideSubPool(pool, request.Address) && !isGateway,
  ),
  'ipam-driver.request-address.explicit-outside-sub-pool#refuses-gateway': refuseAddress(
    ({ request, pool, isGateway }) => isOutsideSubPool(pool, request.Address) && isGateway,
  ),
} satisfies IpamFaults;

/** True when the two ranges of a request have no address in common. */
function isBeside(request: RequestPoolRequest): boolean {
  const [pool, subPool] = [rangeOf(request), subRangeOf(request)];
  return pool !== undefined && subPool !== undefined && !contains(pool, subPool) && !contains(subPool, pool);
}

function isSame({ range }: SeenPool, request: RequestPoolRequest): boolean {
  return cidrText(range) === request.Pool;
}

function isAroundGone(request: RequestPoolRequest, { gone }: Seen): boolean {
  const wanted = rangeOf(request);
  return (
    wanted !== undefined && [...gone.values()].some((pool) => contains(wanted, pool.range) && !isSame(pool, request))
  );
}

function isOutsideSubPool(pool: SeenPool | undefined, ip = ''): boolean {
  const address = parseRange(`${ip}/${ip.includes(':') ? 128 : 32}`);
  return pool?.subRange !== undefined && address !== undefined && !contains(pool.subRange, address);
}

/** Answers requests that overlap a held pool with that pool, under the name that was asked for. */
function overlapping(applies: (wanted: Range, held: SeenPool) => boolean): Fault {
  return ipamFault((inner, { pools }) => ({
    requestPool: async (request) => {
      const wanted = rangeOf(request);
      const held =
        wanted && [...pools.values()].find((pool) => applies(wanted, pool) && !pool.subRange && !isSame(pool, request));
      if (!held) return inner.requestPool(request);
      const answer = await inner.requestPool({ ...request, Pool: cidrText(held.range), SubPool: '' });
      return { ...answer, Pool: request.Pool ?? '' };
    },
  }));
}

/** Grants a pool that overlaps one whose request is under way; requests take 10 ms. */
function grantingAtOnce(): Fault {
  return ipamFault((inner) => {
    const underWay = new Set<RequestPoolRequest>();
    return {
      async requestPool(request) {
        const rival = [...underWay].find((other) => overlaps(rangeOf(other), rangeOf(request)));
        underWay.add(request);
        await delay(10);
        underWay.delete(request);
        if (!rival) return inner.requestPool(request);
        const answer = await inner.requestPool({ ...rival, SubPool: '' });
        return { ...answer, Pool: request.Pool ?? '' };
      },
    };
  });
}

function overlaps(one: Range | undefined, other: Range | undefined): boolean {
  return one !== undefined && other !== undefined && (contains(one, other) || contains(other, one));
}

/** Lets a pool go altogether at its first release. */
function freeingAll(applies: (pool: SeenPool) => boolean): Fault {
  return ipamFault((inner, { pools }) => ({
    releasePool: async (request) => {
      const pool = pools.get(request.PoolID);
      const answer = await inner.releasePool(request);
      while (pool && applies(pool) && pools.has(pool.id)) await inner.releasePool(request);
      return answer;
    },
  }));
}

/** Lets the newest pool go in place of one that is not held. */
function freeingAnother(applies: (request: { readonly PoolID: string }, seen: Seen) => boolean): Fault {
  return ipamFault((inner, seen) => ({
    releasePool: async (request) => {
      const newest = [...seen.pools.keys()].at(-1);
      return inner.releasePool(newest !== undefined && applies(request, seen) ? { PoolID: newest } : request);
    },
  }));
}

/** The first address of a range that a pool does not hold; undefined when it holds them all. */
function freeIn(range: Range, { held }: SeenPool): string | undefined {
  const ips = Array.from({ length: Number(range.end - range.start) + 1 }, (_, n) => nth(range, n));
  return ips.find((ip) => !held.some((each) => each.ip === ip));
}

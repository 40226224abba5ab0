import type { RequestPoolRequest } from '@opencnm/spec';
import { cidrText, parseRange, type Range } from '../../ipam/range.js';
import type { Fault } from '../fault.js';
import { ipamFault, isDynamic, isV6, refusePool, rewritePool } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import { type SeenPool, withPrefix } from './seen.js';

/** Faults of pools that lie beside others, or that others left behind. */
export const poolsBesideFaults = {
  'ipam-driver.request-pool.beside#refuses-neighbour': refusePool((request, { pools }) =>
    some(pools, request, (wanted, { range }) => wanted.start === range.end + 1n),
  ),
  'ipam-driver.request-pool.beside#compares-text': refusePool((request, { pools }) =>
    some(
      pools,
      request,
      (wanted, { range }) => cidrText(wanted) !== cidrText(range) && begin(wanted) === begin(range) && !isV6(request),
    ),
  ),
  'ipam-driver.request-pool.dynamic-distinct#ignores-explicit-ahead': rewritePool(
    (request, { pools }) => isDynamic(request) && ahead(pools, request) !== undefined,
    (request, { pools }) => ({ Pool: ahead(pools, request) ?? '' }),
  ),
  'ipam-driver.request-pool.dynamic-distinct#around-explicit': ipamFault((inner, { pools }) => ({
    requestPool: async (request) => {
      const held = isDynamic(request) ? parseRange(ahead(pools, request) ?? '') : undefined;
      const answer = await inner.requestPool(request);
      const prefix = parseRange(answer.Pool ?? '')?.prefix ?? 0;
      return held && held.prefix > prefix ? { ...answer, Pool: withPrefix(held, prefix) } : answer;
    },
  })),
  'ipam-driver.request-pool.dynamic-distinct#inside-explicit': ipamFault((inner, { pools }) => ({
    requestPool: async (request) => {
      const answer = await inner.requestPool(request);
      const chosen = isDynamic(request) ? parseRange(answer.Pool ?? '') : undefined;
      const wide = [...pools.values()].find(
        ({ request: { AddressSpace, Pool }, range }) =>
          Pool &&
          AddressSpace === request.AddressSpace &&
          chosen?.version === range.version &&
          chosen.prefix > range.prefix,
      );
      return wide && chosen ? { ...answer, Pool: withPrefix(wide.range, chosen.prefix) } : answer;
    },
  })),
  'ipam-driver.request-pool.fails-clean#counts-overlapping': ipamFault((inner, { pools }) => ({
    requestPool: (request) =>
      inner.requestPool(request).catch(async (error: unknown) => {
        const wanted = parseRange(request.Pool ?? '');
        const held = [...pools.values()].find((pool) => wanted !== undefined && isInside(wanted, pool));
        if (held) await inner.requestPool(held.request);
        throw error;
      }),
  })),
  'ipam-driver.request-pool.fails-clean#keeps-overlapping': keeping(({ SubPool }) => !SubPool),
  'ipam-driver.request-pool.fails-clean#keeps-sub-pool': keeping(({ SubPool }) => !!SubPool),
  'ipam-driver.request-pool.spaces-independent#releases-both-pools': releasing(
    (pool, other) => pool.id !== other.id && cidrText(pool.range) === cidrText(other.range),
  ),
  'ipam-driver.release-pool.isolated#takes-newest': releasing((_, other, newest) => other.id === newest),
  'ipam-driver.release-pool.isolated#by-beginning': releasing(
    (pool, other) => pool.id.slice(0, 10) === other.id.slice(0, 10),
  ),
  'ipam-driver.release-pool.frees#still-overlaps-inner': refusePool(
    (request, { gone }) => !isV6(request) && some(gone, request, isInside),
  ),
  'ipam-driver.release-pool.frees#still-overlaps-inner-v6': refusePool(
    (request, { gone }) => isV6(request) && some(gone, request, isInside),
  ),
} satisfies IpamFaults;

/** True when a pool of the family is as the request must not find it. */
function some(
  pools: ReadonlyMap<string, SeenPool>,
  request: RequestPoolRequest,
  holds: (wanted: Range, pool: SeenPool) => boolean,
): boolean {
  const wanted = parseRange(request.Pool ?? '');
  return (
    wanted !== undefined &&
    [...pools.values()].some((pool) => pool.range.version === wanted.version && holds(wanted, pool))
  );
}

function isInside(wanted: Range, { range }: SeenPool): boolean {
  return range.start <= wanted.start && wanted.end <= range.end && wanted.prefix > range.prefix;
}

/** The first two octets. */
function begin(range: Range): string {
  return cidrText(range).split('.').slice(0, 2).join('.');
}

/** A pool that is held by name right behind one that was chosen. */
function ahead(pools: ReadonlyMap<string, SeenPool>, { AddressSpace }: RequestPoolRequest): string | undefined {
  const own = [...pools.values()].filter(({ request }) => request.AddressSpace === AddressSpace);
  const chosen = own.filter(({ request }) => isDynamic(request));
  const held = own.find(
    ({ request, range }) => !isDynamic(request) && chosen.some((each) => each.range.end + 1n === range.start),
  );
  return held && cidrText(held.range);
}

/** Refuses, after a request of one kind was refused, what overlaps its pool. */
function keeping(applies: (request: RequestPoolRequest) => boolean): Fault {
  return ipamFault((inner) => {
    const kept: Range[] = [];
    return {
      requestPool: async (request) => {
        const wanted = parseRange(request.Pool ?? '');
        const inTheWay =
          wanted &&
          kept.find(({ start, prefix }) => start >= wanted.start && start <= wanted.end && prefix > wanted.prefix);
        if (inTheWay) throw new Error(`the pool overlaps ${cidrText(inTheWay)}`);
        return inner.requestPool(request).catch((error: unknown) => {
          if (wanted && applies(request)) kept.push(wanted);
          throw error;
        });
      },
    };
  });
}

/** Releases other pools beside the one that is named. */
function releasing(alsoGoes: (pool: SeenPool, other: SeenPool, newest: string | undefined) => boolean): Fault {
  return ipamFault((inner, { pools }) => ({
    releasePool: async (request) => {
      const pool = pools.get(request.PoolID);
      const newest = [...pools.keys()].at(-1);
      const others = [...pools.values()].filter((other) => pool && alsoGoes(pool, other, newest));
      const answer = await inner.releasePool(request);
      for (const { id } of others) if (id !== request.PoolID) await inner.releasePool({ PoolID: id });
      return answer;
    },
  }));
}

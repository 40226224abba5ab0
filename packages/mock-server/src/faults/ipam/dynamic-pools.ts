import type { RequestPoolRequest, RequestPoolResponse } from '@opencnm/spec';
import { cidrText, type Range } from '../../ipam/range.js';
import type { Fault } from '../fault.js';
import { ipamFault, isDynamic, isV6, rewritePool, shared } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import { type SeenPool, withPrefix } from './seen.js';

/** Faults of the pools that a driver chooses: given twice in one way or another. */
export const dynamicPoolFaults = {
  'ipam-driver.request-pool.dynamic-distinct#repeats': again(
    (request) => isDynamic(request) && !isV6(request),
    (pools) => pools.find(isChosen),
  ),
  'ipam-driver.request-pool.dynamic-distinct#repeats-v6': again(
    (request) => isDynamic(request) && isV6(request),
    (pools) => pools.find(isChosen),
  ),
  'ipam-driver.request-pool.dynamic-distinct#repeats-in-parallel': ipamFault((inner) => {
    const once = shared<RequestPoolResponse>();
    return {
      requestPool: (request) =>
        isDynamic(request)
          ? once(`${request.AddressSpace} ${isV6(request)}`, () => inner.requestPool(request))
          : inner.requestPool(request),
    };
  }),
  'ipam-driver.request-pool.dynamic-distinct#repeats-after-release': again(isDynamic, (pools, gone) =>
    gone.some(isChosen) ? pools.findLast(isChosen) : undefined,
  ),
  'ipam-driver.request-pool.dynamic-distinct#overlaps': ipamFault((inner, { pools }) => ({
    requestPool: async (request) => {
      const first = sameKind([...pools.values()], request).find(isChosen);
      const answer = await inner.requestPool(request);
      return isDynamic(request) && first
        ? { ...answer, Pool: withPrefix(first.range, first.range.prefix + 1) }
        : answer;
    },
  })),
  'ipam-driver.request-pool.dynamic-distinct#ignores-explicit': again(isDynamic, (pools) =>
    pools.find((pool) => !isChosen(pool)),
  ),
} satisfies IpamFaults;

/** Answers some requests with a pool that is held already, granted once more. */
function again(
  applies: (request: RequestPoolRequest) => boolean,
  pick: (pools: readonly SeenPool[], gone: readonly SeenPool[]) => SeenPool | undefined,
): Fault {
  return rewritePool(
    (request, { pools, gone }) => applies(request) && pickFor(request, pools, gone) !== undefined,
    (request, { pools, gone }) => named(pickFor(request, pools, gone)?.range),
  );
  function pickFor(
    request: RequestPoolRequest,
    pools: ReadonlyMap<string, SeenPool>,
    gone: ReadonlyMap<string, SeenPool>,
  ): SeenPool | undefined {
    return pick(sameKind([...pools.values()], request), sameKind([...gone.values()], request));
  }
}

function named(range: Range | undefined): Partial<RequestPoolRequest> {
  return range ? { Pool: cidrText(range) } : {};
}

function isChosen({ request }: SeenPool): boolean {
  return isDynamic(request);
}

/** The pools of the family and space of a request that have no sub-pool. */
function sameKind(pools: readonly SeenPool[], request: RequestPoolRequest): readonly SeenPool[] {
  return pools.filter(
    (pool) =>
      pool.request.AddressSpace === request.AddressSpace &&
      (pool.range.version === 6) === isV6(request) &&
      !pool.subRange,
  );
}

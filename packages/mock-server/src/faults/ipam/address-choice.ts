import type { IpamDriver, RequestAddressResponse, RequestPoolRequest } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { type Asked, grantRefused, ipamFault, onAddress, rewritePool, shared } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import { isIn, nth, type Seen, type SeenAddress, type SeenPool } from './seen.js';

const isChoice = ({ isNamed, isGateway }: Asked) => !isNamed && !isGateway;

/** Faults of the addresses that a driver chooses: doubled, reserved, or from the wrong range. */
export const addressChoiceFaults = {
  'ipam-driver.request-address.unique#parallel-duplicate': onAddress(() => {
    const once = shared<RequestAddressResponse>();
    return (asked, next) => (asked.isNamed ? next() : once(asked.request.PoolID, next));
  }),
  'ipam-driver.request-address.unique#duplicate-after-release': ipamFault((inner, { pools }) => {
    const released = new Set<string>();
    return {
      releaseAddress: (request) => {
        released.add(request.PoolID);
        return inner.releaseAddress(request);
      },
      requestAddress: async (request) => {
        const pool = pools.get(request.PoolID);
        const counted = pool && nth(pool.range, pool.held.length + 1);
        const isDouble = pool?.held.some(({ ip }) => ip === counted) && released.has(request.PoolID);
        return pool && isDouble && !request.Address
          ? { Address: `${counted}/${pool.range.prefix}` }
          : inner.requestAddress(request);
      },
    };
  }),
  'ipam-driver.request-address.unique#duplicate-v6': doubling(
    ({ isV6 }) => isV6,
    ({ wasNamed }) => !wasNamed,
  ),
  'ipam-driver.request-address.unique#duplicate-past-octet': onAddress(() => async (asked, next) => {
    const first = isChoice(asked) ? asked.pool?.held[0] : undefined;
    const isPast = (asked.pool?.held.length ?? 0) >= 254;
    return first && isPast ? { Address: `${first.ip}/${asked.pool?.range.prefix}` } : next();
  }),
  'ipam-driver.request-address.unique#hands-out-named': doubling(
    () => true,
    ({ wasNamed, isGateway }) => wasNamed && !isGateway,
  ),
  'ipam-driver.request-address.unique#hands-out-named-v6': doubling(
    ({ isV6, pool }) => isV6 && pool?.held.every(({ wasNamed }) => wasNamed) === true,
    ({ wasNamed, isGateway }) => wasNamed && !isGateway,
  ),
  'ipam-driver.request-address.unique#hands-out-gateway': doubling(
    () => true,
    ({ isGateway }) => isGateway,
  ),
  'ipam-driver.request-address.unique#named-without-options': onAddress((inner) => async (asked, next) => {
    const answer = await next();
    const { PoolID, Address = '', Options } = asked.request;
    if (asked.isNamed && !Options) await inner.releaseAddress({ PoolID, Address });
    return answer;
  }),
  'ipam-driver.request-address.unique#sticks-to-name': onAddress(() => {
    const ofNames = new Map<string, RequestAddressResponse>();
    return async (asked, next) => {
      const name = asked.request.Options?.['com.docker.network.endpoint.name'];
      if (!isChoice(asked) || !name) return next();
      const key = `${asked.request.PoolID} ${name}`;
      const answer = ofNames.get(key) ?? (await next());
      ofNames.set(key, answer);
      return answer;
    };
  }),
  'ipam-driver.request-address.not-reserved#network-address': firstOf(4, ({ subRange }) => !subRange),
  'ipam-driver.request-address.not-reserved#sub-pool-network': firstOf(
    4,
    ({ range, subRange }) => subRange?.start === range.start,
  ),
  'ipam-driver.request-address.not-anycast#grants-first': firstOf(6, ({ subRange }) => !subRange),
  'ipam-driver.request-address.not-reserved#broadcast-address': broadcastWhenFull(({ subRange }) => !subRange),
  'ipam-driver.request-address.not-reserved#sub-pool-broadcast': broadcastWhenFull(
    ({ range, subRange }) => subRange?.end === range.end,
  ),
  'ipam-driver.request-address.sub-pool-range#ignores': leaving(({ isV6 }) => !isV6),
  'ipam-driver.request-address.sub-pool-range#ignores-v6': leaving(({ isV6 }) => isV6),
  'ipam-driver.request-address.sub-pool-range#of-earlier-pool': ofEarlierPool(),
  'ipam-driver.request-address.sub-pool-range#first-only': leaving(({ pool }) => (pool?.held.length ?? 0) > 0),
  'ipam-driver.request-address.sub-pool-range#leaves-when-full': onAddress((inner) => async (asked, next) => {
    try {
      return await next();
    } catch (error) {
      const answer = isChoice(asked) && asked.pool?.subRange ? await outside(inner, asked.pool) : undefined;
      if (!answer) throw error;
      return answer;
    }
  }),
  'ipam-driver.request-address.sub-pool-range#of-first': rewritePool(
    (request, { pools }) => firstOfPool(request, pools) !== undefined,
    (request, { pools }) => ({ SubPool: firstOfPool(request, pools)?.request.SubPool ?? '' }),
  ),
  'ipam-driver.request-address.sub-pool-range#one-further': grantRefused(
    (asked) => isChoice(asked) && asked.pool?.subRange !== undefined,
    ({ pool: { range, subRange, held } }) => {
      const behind = nth({ ...range, start: subRange?.end ?? range.end }, 1);
      return held.some(({ ip }) => ip === behind) ? undefined : behind;
    },
  ),
  'ipam-driver.request-address.exhaustion#duplicate-when-full': grantRefused(
    ({ isNamed, isV6 }) => !isNamed && !isV6,
    ({ pool }) => pool.held[0]?.ip,
  ),
  'ipam-driver.request-address.exhaustion#duplicate-when-full-v6': grantRefused(
    ({ isNamed, isV6 }) => !isNamed && isV6,
    ({ pool }) => pool.held[0]?.ip,
  ),
  'ipam-driver.request-address.exhaustion#stuck-when-full': stuck(({ pool, isNamed }) => !isNamed && !pool?.subRange),
  'ipam-driver.request-address.exhaustion#stuck-sub-pool': stuck(({ pool, isNamed }) => !isNamed && !!pool?.subRange),
  'ipam-driver.request-address.exhaustion#stuck-named': stuck(({ isNamed }) => isNamed),
} satisfies IpamFaults;

/** The held pool of the same subnet, where a request names a sub-pool. */
function firstOfPool({ AddressSpace, Pool, SubPool }: RequestPoolRequest, pools: Seen['pools']): SeenPool | undefined {
  if (!SubPool) return undefined;
  return [...pools.values()].find(
    ({ request }) => request.AddressSpace === AddressSpace && request.Pool === Pool && request.SubPool,
  );
}

/** Chooses a held address of one kind, once for each pool. */
function doubling(applies: (asked: Asked) => boolean, kind: (held: SeenAddress) => boolean): Fault {
  return onAddress(() => {
    const doubled = new Set<string>();
    return async (asked, next) => {
      const { pool } = asked;
      const held = isChoice(asked) && applies(asked) ? pool?.held.find(kind) : undefined;
      if (!pool || !held || doubled.has(pool.id)) return next();
      doubled.add(pool.id);
      return { Address: `${held.ip}/${pool.range.prefix}` };
    };
  });
}

/** Chooses the first address of some pools of a family, once. */
function firstOf(version: 4 | 6, applies: (pool: SeenPool) => boolean): Fault {
  return onAddress(() => {
    const given = new Set<string>();
    return async (asked, next) => {
      const { pool } = asked;
      if (pool?.range.version !== version || !isChoice(asked) || !applies(pool) || given.has(pool.id)) return next();
      given.add(pool.id);
      return { Address: `${nth(pool.range, 0)}/${pool.range.prefix}` };
    };
  });
}

/** Chooses the last address of a full pool, once. */
function broadcastWhenFull(applies: (pool: SeenPool) => boolean): Fault {
  const given = new WeakSet<SeenPool>();
  return grantRefused(
    ({ isNamed, isV6, pool }) => !isNamed && !isV6 && pool !== undefined && applies(pool) && !given.has(pool),
    ({ pool }) => {
      given.add(pool);
      return nth(pool.range, Number(pool.range.end - pool.range.start));
    },
  );
}

/** Chooses outside the sub-pool. */
function leaving(applies: (asked: Asked) => boolean): Fault {
  return onAddress((inner) => async (asked, next) => {
    const { pool } = asked;
    return pool?.subRange && isChoice(asked) && applies(asked) ? outside(inner, pool) : next();
  });
}

/** Chooses outside the sub-pool where the subnet was held without one before. */
function ofEarlierPool(): Fault {
  return onAddress((inner, { gone }) => async (asked, next) => {
    const { pool } = asked;
    const wasWhole = [...gone.values()].some((each) => !each.subRange && each.request.Pool === pool?.request.Pool);
    return pool?.subRange && isChoice(asked) && wasWhole ? outside(inner, pool) : next();
  });
}

/** The first free address of a pool that its sub-pool does not hold. */
async function outside(inner: IpamDriver, { id, range, subRange, held }: SeenPool): Promise<RequestAddressResponse> {
  const isFree = (ip: string) => !held.some((each) => each.ip === ip) && !(subRange && isIn(subRange, ip));
  let n = 1;
  while (!isFree(nth(range, n))) n++;
  return inner.requestAddress({ PoolID: id, Address: nth(range, n) });
}

/** Refuses some requests for ever once a pool was full. */
function stuck(applies: (asked: Asked) => boolean): Fault {
  return onAddress(() => {
    const full = new Set<string>();
    return async (asked, next) => {
      const id = asked.request.PoolID;
      if (full.has(id) && applies(asked)) throw new Error(`pool ${id} is full`);
      return next().catch((error: unknown) => {
        if (!asked.isNamed) full.add(id);
        throw error;
      });
    };
  });
}

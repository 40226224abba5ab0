import type { RequestAddressResponse } from '@opencnm/spec';
import { parseAddress, parseRange, type Range } from '../../ipam/range.js';
import type { Fault } from '../fault.js';
import { type Asked, grantRefused, ipamFault, onAddress, shared } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import { canonical, isIn, nth, type Seen, type SeenAddress, type SeenPool } from './seen.js';

/** Faults of addresses that are asked for by name, and of their release. */
export const namedAddressFaults = {
  'ipam-driver.request-address.explicit#ignores': choosing(({ isGateway, isV6 }) => !isGateway && !isV6),
  'ipam-driver.request-address.explicit#ignores-gateway': choosing(({ isGateway }) => isGateway),
  'ipam-driver.request-address.explicit#ignores-v6': choosing(({ isGateway, isV6 }) => !isGateway && isV6),
  'ipam-driver.request-address.explicit#ignores-second': choosing(
    ({ pool }) => pool?.held.some(({ wasNamed }) => wasNamed) === true,
  ),
  'ipam-driver.request-address.explicit#last-octet-only': keepingBits(4, 8n),
  'ipam-driver.request-address.explicit#low-bits-only-v6': keepingBits(6, 32n),
  'ipam-driver.request-address.explicit#low-half-only-v6': keepingBits(6, 64n),
  'ipam-driver.request-address.in-use#grants-named': grantHeld(
    ({ holder, isV6 }) => holder?.wasNamed === true && !holder.isGateway && !isV6,
  ),
  'ipam-driver.request-address.in-use#grants-chosen': grantHeld(
    ({ holder, isV6 }) => holder?.wasNamed === false && !holder.isGateway && !isV6,
  ),
  'ipam-driver.request-address.in-use#grants-gateway': grantHeld(({ holder }) => holder?.isGateway === true),
  'ipam-driver.request-address.in-use#grants-outside-sub-pool': grantHeld(isOutsideSubPool),
  'ipam-driver.request-address.in-use#grants-gateway-outside-sub-pool': grantHeld(
    (asked) => asked.holder?.isGateway === true && isOutsideSubPool(asked),
  ),
  'ipam-driver.request-address.in-use#grants-v6': grantHeld(({ isV6 }) => isV6),
  'ipam-driver.request-address.ipv6-text#grants-held': grantHeld(
    ({ request: { Address = '' } }) => Address !== canonical(Address),
  ),
  'ipam-driver.request-address.in-use#freed-elsewhere': ipamFault((inner, { pools }) => ({
    async releaseAddress(request) {
      const address = parseAddress(request.Address);
      const from = pools.get(request.PoolID);
      const place = address && from ? Number(address.number - from.range.start) : 0;
      const answer = await inner.releaseAddress(request);
      for (const [PoolID, { range }] of pools)
        await inner.releaseAddress({ ...request, PoolID, Address: nth(range, place) });
      return answer;
    },
  })),
  'ipam-driver.request-address.in-use#freed-by-text': ipamFault((inner, { pools }) => ({
    async releaseAddress(request) {
      const longer = pools.get(request.PoolID)?.held.filter(({ ip }) => ip.startsWith(request.Address)) ?? [];
      for (const { ip } of longer) await inner.releaseAddress({ ...request, Address: ip });
      return {};
    },
  })),
  'ipam-driver.request-address.in-use#grants-in-parallel': onAddress(() => {
    const once = shared<RequestAddressResponse>();
    return ({ request, isNamed }, next) => (isNamed ? once(`${request.PoolID} ${request.Address}`, next) : next());
  }),
  'ipam-driver.request-address.out-of-range#grants': grantOutside((ip, { range }) => sameFamily(ip, range, 4)),
  'ipam-driver.request-address.out-of-range#grants-v6': grantOutside((ip, { range }) => sameFamily(ip, range, 6)),
  'ipam-driver.request-address.out-of-range#grants-neighbour': grantOutside(
    (ip, { range }) => ip === nth({ ...range, start: range.end }, 1),
  ),
  'ipam-driver.request-address.out-of-range#compares-64-bits': grantOutside((ip, { range }) => {
    const address = parseAddress(ip);
    return address?.version === 6 && range.version === 6 && address.number >> 64n === range.start >> 64n;
  }),
  'ipam-driver.request-address.out-of-range#compares-text': grantOutside((ip, { range }) =>
    ip.startsWith(nth(range, 0).replace(/(\.0)+$/, '')),
  ),
  'ipam-driver.request-address.out-of-range#grants-other-family': grantOutside(
    (ip, { range }) => parseAddress(ip)?.version !== range.version,
  ),
  'ipam-driver.request-address.unknown-pool#grants': onAddress(
    (inner, { pools, gone }) =>
      async ({ request }, next) => {
        const newest = [...pools.keys()].at(-1);
        const isUnknown = !pools.has(request.PoolID) && !gone.has(request.PoolID);
        return isUnknown && newest !== undefined ? inner.requestAddress({ ...request, PoolID: newest }) : next();
      },
  ),
  'ipam-driver.request-address.unknown-pool#invents': onAddress((_, { pools, gone }) => async ({ request }, next) => {
    const isUnknown = !pools.has(request.PoolID) && !gone.has(request.PoolID);
    const range = parseRange(/[0-9a-f.:]+\/\d+$/i.exec(request.PoolID)?.[0] ?? '');
    return isUnknown && range ? { Address: `${nth(range, 1)}/${range.prefix}` } : next();
  }),
  'ipam-driver.request-address.unknown-pool#by-beginning': onAddress(
    (inner, { pools }) =>
      async ({ request }, next) => {
        const known = [...pools.keys()].find((id) => request.PoolID.startsWith(id));
        return known === undefined ? next() : inner.requestAddress({ ...request, PoolID: known });
      },
  ),
  'ipam-driver.request-address.released-pool#grants': onAddress((_, { pools, gone }) => async ({ request }, next) => {
    const pool = pools.has(request.PoolID) ? undefined : gone.get(request.PoolID);
    return pool ? { Address: `${nth(pool.range, 1)}/${pool.range.prefix}` } : next();
  }),
  'ipam-driver.release-address.frees#keeps-named': keeping(
    ({ wasNamed, isGateway, ip }) => wasNamed && !isGateway && !ip.includes(':'),
  ),
  'ipam-driver.release-address.frees#keeps-chosen': keeping(({ wasNamed, isGateway }) => !wasNamed && !isGateway),
  'ipam-driver.release-address.frees#keeps-v6': keeping(({ ip }) => ip.includes(':')),
  'ipam-driver.release-address.frees#keeps-gateway': keeping(({ isGateway }) => isGateway),
  'ipam-driver.release-address.frees#keeps-outside-sub-pool': keeping(
    ({ ip }, { subRange }) => subRange !== undefined && !isIn(subRange, ip),
  ),
  'ipam-driver.release-address.frees#keeps-second-time': ipamFault((inner) => {
    const released = new Set<string>();
    return {
      releaseAddress: async (request) => {
        const key = `${request.PoolID} ${canonical(request.Address)}`;
        if (released.has(key)) return {};
        released.add(key);
        return inner.releaseAddress(request);
      },
    };
  }),
  'ipam-driver.release-address.unknown#frees-lowest': releasing(({ pool, isHeld, isInside }) =>
    isHeld || !isInside ? [] : pool.held.slice(0, 1),
  ),
  'ipam-driver.release-address.unknown#outside-frees': releasing(({ pool, isInside }) => (isInside ? [] : pool.held)),
  'ipam-driver.release-address.unknown#doubles-free': ipamFault((inner, seen) => {
    const released = new Set<string>();
    const twice = new Set<string>();
    return {
      releaseAddress: async (request) => {
        const key = `${request.PoolID} ${canonical(request.Address)}`;
        if (released.has(key) && !isHeld(seen, request)) twice.add(key);
        released.add(key);
        return inner.releaseAddress(request);
      },
      requestAddress: async (request) => {
        const doubled = [...twice].find((key) => key.startsWith(`${request.PoolID} `));
        const ip = doubled?.split(' ').at(-1) ?? '';
        if (!doubled || request.Address) return inner.requestAddress(request);
        if (!isHeld(seen, { PoolID: request.PoolID, Address: ip }))
          return inner.requestAddress({ ...request, Address: ip });
        twice.delete(doubled);
        return { Address: `${ip}/${seen.pools.get(request.PoolID)?.range.prefix}` };
      },
    };
  }),
  'ipam-driver.release-address.unknown#forgets-pool': ipamFault((inner, seen) => ({
    releaseAddress: async (request) => {
      const wasHeld = isHeld(seen, request);
      const answer = await inner.releaseAddress(request);
      if (!wasHeld) await inner.releasePool({ PoolID: request.PoolID });
      return answer;
    },
  })),
  'ipam-driver.release-address.succeeds#refuses-what-it-did': ipamFault((inner) => ({
    releaseAddress: async (request) => {
      await inner.releaseAddress(request);
      throw new Error('the release cannot be confirmed');
    },
  })),
  'ipam-driver.release-address.plain-ip#wants-prefix': ipamFault(() => ({
    releaseAddress: async ({ Address }) => {
      throw new Error(`${Address} has no prefix length`);
    },
  })),
  'ipam-driver.release-address.plain-ip#ignores-plain': ipamFault((inner) => ({
    releaseAddress: async (request) => (request.Address.includes(':') ? inner.releaseAddress(request) : {}),
  })),
  'ipam-driver.release-address.plain-ip#ignores-plain-v6': ipamFault((inner) => ({
    releaseAddress: async (request) => (request.Address.includes(':') ? {} : inner.releaseAddress(request)),
  })),
} satisfies IpamFaults;

/** Chooses an address itself although one is named. */
function choosing(applies: (asked: Asked) => boolean): Fault {
  return onAddress(
    (inner) => async (asked, next) =>
      asked.isNamed && applies(asked) ? inner.requestAddress({ ...asked.request, Address: '' }) : next(),
  );
}

/** Keeps the lower bits of a named address, and takes the upper ones from the pool. */
function keepingBits(version: 4 | 6, bits: bigint): Fault {
  return onAddress((inner) => async ({ request, pool, isNamed }, next) => {
    const number = parseAddress(request.Address ?? '')?.number;
    if (!isNamed || pool?.range.version !== version || number === undefined) return next();
    const kept = pool.range.start + (number & ((1n << bits) - 1n));
    return number > pool.range.end || number === kept
      ? next()
      : inner.requestAddress({ ...request, Address: nth({ ...pool.range, start: kept }, 0) });
  });
}

/** Grants a held address that is named. */
function grantHeld(applies: (asked: Asked) => boolean): Fault {
  return grantRefused(
    (asked) => asked.holder !== undefined && applies(asked),
    ({ holder }) => holder?.ip,
  );
}

/** True where the named address is held, and the sub-pool does not hold it. */
function isOutsideSubPool({ holder, pool }: Asked): boolean {
  return holder !== undefined && pool?.subRange !== undefined && !isIn(pool.subRange, holder.ip);
}

/** Grants an address that does not lie in the pool. */
function grantOutside(applies: (ip: string, pool: SeenPool) => boolean): Fault {
  return grantRefused(
    ({ isNamed, holder, request, pool }) =>
      isNamed && !holder && pool !== undefined && applies(canonical(request.Address ?? ''), pool),
    ({ request }) => request.Address,
  );
}

function sameFamily(ip: string, range: Range, version: 4 | 6): boolean {
  return range.version === version && parseAddress(ip)?.version === version;
}

/** Does not release some addresses. */
function keeping(kind: (held: SeenAddress, pool: SeenPool) => boolean): Fault {
  return ipamFault((inner, { pools }) => ({
    releaseAddress: async (request) => {
      const pool = pools.get(request.PoolID);
      const held = pool?.held.find(({ ip }) => ip === canonical(request.Address));
      return pool && held && kind(held, pool) ? {} : inner.releaseAddress(request);
    },
  }));
}

/** Releases other addresses beside the one that is named. */
function releasing(
  others: (released: {
    readonly pool: SeenPool;
    readonly isHeld: boolean;
    readonly isInside: boolean;
  }) => readonly SeenAddress[],
): Fault {
  return ipamFault((inner, seen) => ({
    releaseAddress: async (request) => {
      const pool = seen.pools.get(request.PoolID);
      const number = parseAddress(request.Address)?.number ?? -1n;
      const isInside = pool !== undefined && pool.range.start <= number && number <= pool.range.end;
      for (const { ip } of pool ? others({ pool, isHeld: isHeld(seen, request), isInside }) : [])
        await inner.releaseAddress({ PoolID: request.PoolID, Address: ip });
      return inner.releaseAddress(request);
    },
  }));
}

function isHeld({ pools }: Seen, { PoolID, Address }: { readonly PoolID: string; readonly Address: string }): boolean {
  return pools.get(PoolID)?.held.some(({ ip }) => ip === canonical(Address)) === true;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { RequestAddressResponse } from '@opencnm/spec';
import { parseAddress, type Range } from '../../ipam/range.js';
import type { Fault } from '../fault.js';
import { type Asked, ipamFault, onAddress, refuse, shared } from '../ipam/ipam-fault.js';
import type { IpamFaults } from '../ipam/ipam-faults.js';
import { canonical, type SeenPool } from '../ipam/seen.js';
import { swapping } from './swapping.js';

/** For how long a fault does not see what else is under way, in ms. */
const blindMs = 5;

/** Faults of IPAM drivers that only sequences and overlapping calls show. */
export const ipamSequenceFaults = {
  'ipam-driver.sequence.any-order#third-release-frees-another': ipamFault((inner, { pools }) => {
    const releases = new Map<string, number>();
    return {
      async releasePool(request, context) {
        releases.delete(request.PoolID);
        return inner.releasePool(request, context);
      },
      async releaseAddress(request, context) {
        const { PoolID } = request;
        const wasHeld = pools.get(PoolID)?.held.some(({ ip }) => ip === canonical(request.Address)) ?? false;
        const answer = await inner.releaseAddress(request, context);
        const count = (releases.get(PoolID) ?? 0) + (wasHeld ? 1 : 0);
        releases.set(PoolID, count);
        const [another] = pools.get(PoolID)?.held ?? [];
        if (wasHeld && count % 3 === 0 && another) await inner.releaseAddress({ PoolID, Address: another.ip }, context);
        return answer;
      },
    };
  }),
  'ipam-driver.sequence.any-order#refusal-frees': onAddress((inner) => async ({ request, holder }, next) => {
    if (!holder) return next();
    await inner.releaseAddress({ PoolID: request.PoolID, Address: holder.ip });
    return refuse(`address ${holder.ip} is in use`);
  }),
  'ipam-driver.sequence.any-order#free-release-blocks': ipamFault((inner, { pools }) => {
    const blocked = new Set<string>();
    return {
      async releasePool(request, context) {
        blocked.clear();
        return inner.releasePool(request, context);
      },
      async releaseAddress(request, context) {
        const ip = canonical(request.Address);
        if (!pools.get(request.PoolID)?.held.some((each) => each.ip === ip)) blocked.add(`${request.PoolID} ${ip}`);
        return inner.releaseAddress(request, context);
      },
      async requestAddress(request, context) {
        if (blocked.has(`${request.PoolID} ${canonical(request.Address ?? '')}`)) refuse('the address is not free');
        return inner.requestAddress(request, context);
      },
    };
  }),
  'ipam-driver.sequence.any-order#second-grant-forgets': ipamFault((inner, { pools }) => ({
    async requestPool(request, context) {
      const before = new Set(pools.keys());
      const answer = await inner.requestPool(request, context);
      const PoolID = answer.PoolID ?? '';
      for (const { ip } of before.has(PoolID) ? (pools.get(PoolID)?.held ?? []) : [])
        await inner.releaseAddress({ PoolID, Address: ip }, context);
      return answer;
    },
  })),
  'ipam-driver.sequence.any-order#full-for-ever-v6': onAddress(() => {
    const full = new Set<string>();
    return async ({ request: { PoolID }, isNamed, isV6, pool }, next) => {
      if (pool?.held.length === 0) full.delete(PoolID);
      if (full.has(PoolID) && !isNamed) return refuse('the pool is full');
      return next().catch((error: unknown) => {
        if (isV6 && !isNamed && pool) full.add(PoolID);
        throw error;
      });
    };
  }),
  'ipam-driver.sequence.any-order#gateway-twice': onAddress(() => async ({ isGateway, isNamed, pool }, next) => {
    const held = pool?.held.at(-1);
    return isGateway && !isNamed && pool && held ? { Address: `${held.ip}/${pool.range.prefix}`, Data: {} } : next();
  }),
  'ipam-driver.sequence.any-order#other-space-frees': ipamFault((inner, { pools }) => ({
    async releaseAddress(request, context) {
      const space = pools.get(request.PoolID)?.request.AddressSpace;
      const other = [...pools.values()].find((pool) => pool.request.AddressSpace !== space && pool.held.length > 0);
      const answer = await inner.releaseAddress(request, context);
      if (space && other) await inner.releaseAddress({ PoolID: other.id, Address: other.held[0]?.ip ?? '' }, context);
      return answer;
    },
  })),
  'ipam-driver.sequence.any-order#held-elsewhere': onAddress((_, { pools }) => async ({ request, pool }, next) => {
    const places = ({ range, held }: SeenPool) => held.map(({ ip }) => placeOf(ip, range));
    const others = [...pools.values()].filter(({ id }) => id !== pool?.id);
    const wanted = pool && placeOf(request.Address ?? '', pool.range);
    return wanted && others.some((other) => places(other).includes(wanted)) ? refuse('address in use') : next();
  }),
  'ipam-driver.sequence.at-once#chosen-twice': sharing(({ isNamed, isGateway }) => !isNamed && !isGateway),
  'ipam-driver.sequence.at-once#named-twice': sharing(({ isNamed, holder }) => isNamed && holder === undefined),
  'ipam-driver.sequence.at-once#chosen-and-named': onAddress(() => {
    const chosen = new Map<string, Promise<RequestAddressResponse>>();
    return async ({ request: { PoolID, Address = '' }, isNamed, isGateway, pool }, next) => {
      if (!isNamed && !isGateway) {
        const answer = next();
        chosen.set(PoolID, answer);
        return answer.finally(() => delay(blindMs).then(() => chosen.delete(PoolID)));
      }
      const ip = (await chosen.get(PoolID)?.catch(() => undefined))?.Address?.split('/')[0];
      return isNamed && pool && ip === canonical(Address)
        ? { Address: `${ip}/${pool.range.prefix}`, Data: {} }
        : next();
    };
  }),
  'ipam-driver.sequence.at-once#release-lost': ipamFault((inner) => {
    const busy = new Map<string, number>();
    return {
      async requestAddress(request, context) {
        const { PoolID } = request;
        busy.set(PoolID, (busy.get(PoolID) ?? 0) + 1);
        try {
          await delay(blindMs);
          return await inner.requestAddress(request, context);
        } finally {
          busy.set(PoolID, (busy.get(PoolID) ?? 1) - 1);
        }
      },
      releaseAddress: async (request, context) =>
        (busy.get(request.PoolID) ?? 0) > 0 ? {} : inner.releaseAddress(request, context),
    };
  }),
  'ipam-driver.sequence.at-once#answers-swapped': onAddress(() => {
    const swapped = swapping<RequestAddressResponse>();
    return ({ request: { PoolID } }, next) => swapped(PoolID, next);
  }),
} satisfies IpamFaults;

/** Which address of a subnet it is. */
function placeOf(ip: string, { start }: Range): bigint | undefined {
  const address = parseAddress(ip);
  return address && address.number - start;
}

/** Gives requests for one thing that overlap the answer to the first of them. */
function sharing(applies: (asked: Asked) => boolean): Fault {
  return onAddress(() => {
    const share = shared<RequestAddressResponse>();
    return (asked, next) =>
      applies(asked) ? share(`${asked.request.PoolID} ${asked.request.Address ?? ''}`, next) : next();
  });
}

import { setTimeout as delay } from 'node:timers/promises';
import { CnmError } from '@opencnm/sdk';
import type {
  IpamDriver,
  RequestAddressRequest,
  RequestAddressResponse,
  RequestPoolRequest,
  RequestPoolResponse,
} from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { asksGateway, canonical, lookingOn, type Seen, type SeenAddress, type SeenPool } from './seen.js';

/** A fault of an IPAM driver: the methods that it replaces, made from the driver and what it granted so far. */
export function ipamFault(wrap: (inner: IpamDriver, seen: Seen) => Partial<IpamDriver>): Fault {
  return {
    ipamDriver: (inner) => {
      const { driver, seen } = lookingOn(inner);
      return { ...driver, ...wrap(driver, seen) };
    },
  };
}

/** A request for an address with all that is known about it. */
export interface Asked {
  readonly request: RequestAddressRequest;
  /** The pool; undefined when it is not held. */
  readonly pool: SeenPool | undefined;
  /** The held address that the request names. */
  readonly holder: SeenAddress | undefined;
  readonly isNamed: boolean;
  readonly isGateway: boolean;
  readonly isV6: boolean;
}

type AddressAnswer = (asked: Asked, next: () => Promise<RequestAddressResponse>) => Promise<RequestAddressResponse>;

/** A fault of RequestAddress; `next` is the driver's own answer. */
export function onAddress(make: (inner: IpamDriver, seen: Seen) => AddressAnswer): Fault {
  return ipamFault((inner, seen) => {
    const answer = make(inner, seen);
    return {
      requestAddress: (request) => {
        const pool = seen.pools.get(request.PoolID);
        const asked: Asked = {
          request,
          pool,
          holder: pool?.held.find(({ ip }) => ip === canonical(request.Address ?? '')),
          isNamed: (request.Address ?? '') !== '',
          isGateway: asksGateway(request),
          isV6: pool?.range.version === 6,
        };
        return answer(asked, () => inner.requestAddress(request));
      },
    };
  });
}

/** Changes the granted addresses of some requests; the pool is as it is after the grant. */
export function editAddress(
  applies: (asked: Asked) => boolean,
  edit: (address: string, pool: SeenPool) => string,
): Fault {
  return onAddress((_, seen) => async (asked, next) => {
    const answer = await next();
    const pool = seen.pools.get(asked.request.PoolID);
    return pool && applies({ ...asked, pool }) ? { ...answer, Address: edit(answer.Address ?? '', pool) } : answer;
  });
}

/** Refuses some requests for addresses. */
export function refuseAddress(applies: (asked: Asked) => boolean): Fault {
  return onAddress(() => async (asked, next) => (applies(asked) ? refuse('the driver does not like this') : next()));
}

/** Grants some requests for addresses that the driver refuses. */
export function grantRefused(
  applies: (asked: Asked) => boolean,
  grant: (asked: Asked & { readonly pool: SeenPool }) => string | undefined,
): Fault {
  return onAddress(() => async (asked, next) => {
    try {
      return await next();
    } catch (error) {
      const { pool } = asked;
      const ip = pool && applies(asked) ? grant({ ...asked, pool }) : undefined;
      if (ip === undefined || !pool) throw error;
      return { Address: `${ip}/${pool.range.prefix}`, Data: {} };
    }
  });
}

/** Changes the answers to some requests for pools. */
export function editPool(
  applies: (request: RequestPoolRequest) => boolean,
  edit: (answer: Granted, request: RequestPoolRequest) => Partial<RequestPoolResponse>,
): Fault {
  return ipamFault((inner) => ({
    requestPool: async (request) => {
      const answer = await inner.requestPool(request);
      return applies(request) ? { ...answer, ...edit({ PoolID: '', Pool: '', ...answer }, request) } : answer;
    },
  }));
}

/** An answer that grants a pool. */
export type Granted = RequestPoolResponse & { readonly PoolID: string; readonly Pool: string };

/** Refuses some requests for pools. */
export function refusePool(applies: (request: RequestPoolRequest, seen: Seen) => boolean): Fault {
  return ipamFault((inner, seen) => ({
    requestPool: async (request) =>
      applies(request, seen) ? refuse('the driver does not like this') : inner.requestPool(request),
  }));
}

/** Changes some requests for pools before the driver sees them. */
export function rewritePool(
  applies: (request: RequestPoolRequest, seen: Seen) => boolean,
  rewrite: (request: RequestPoolRequest, seen: Seen) => Partial<RequestPoolRequest>,
): Fault {
  return ipamFault((inner, seen) => ({
    requestPool: (request) =>
      inner.requestPool(applies(request, seen) ? { ...request, ...rewrite(request, seen) } : request),
  }));
}

/** Gives calls that arrive while one of their kind is under way the same answer. */
export function shared<T>(): (key: string, call: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key, call) => {
    const first = underWay.get(key) ?? delay(10).then(call);
    underWay.set(key, first);
    return first.finally(() => underWay.delete(key));
  };
}

/** Refuses. */
export function refuse(message: string): never {
  throw new CnmError({ code: 'refused', message });
}

/** True when the driver chooses the pool. */
export function isDynamic({ Pool = '' }: RequestPoolRequest): boolean {
  return Pool === '';
}

/** True for a request of the IPv6 family. */
export function isV6({ Pool = '', V6 }: RequestPoolRequest): boolean {
  return Pool === '' ? V6 === true : Pool.includes(':');
}

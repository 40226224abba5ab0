import type { IpamDriver, RequestAddressRequest, RequestPoolRequest } from '@opencnm/spec';
import { addressText, cidrText, holds, parseAddress, parseRange, type Range } from '../../ipam/range.js';

/** A held address, and how it was asked for. */
export interface SeenAddress {
  /** Alone, in canonical form. */
  readonly ip: string;
  readonly wasNamed: boolean;
  readonly isGateway: boolean;
}

/** A granted pool as an onlooker knows it. */
export interface SeenPool {
  readonly id: string;
  readonly request: RequestPoolRequest;
  readonly range: Range;
  readonly subRange?: Range;
  readonly held: readonly SeenAddress[];
}

/** What a driver granted, by what it answered. */
export interface Seen {
  /** The held pools, oldest first. */
  readonly pools: ReadonlyMap<string, SeenPool>;
  /** The pools that were released for good. */
  readonly gone: ReadonlyMap<string, SeenPool>;
}

/** True for the request of a gateway. */
export function asksGateway({ Options }: RequestAddressRequest): boolean {
  return Options?.RequestAddressType === 'com.docker.network.gateway';
}

/** Looks on while a driver works; the driver behaves as before. */
export function lookingOn(inner: IpamDriver): { readonly driver: IpamDriver; readonly seen: Seen } {
  const pools = new Map<string, SeenPool & { held: readonly SeenAddress[]; count: number }>();
  const gone = new Map<string, SeenPool>();
  const driver: IpamDriver = {
    ...inner,
    async requestPool(request, context) {
      const answer = await inner.requestPool(request, context);
      const id = answer.PoolID ?? '';
      const range = parseRange(answer.Pool ?? '');
      const subRange = parseRange(request.SubPool ?? '');
      const known = pools.get(id);
      if (known) known.count++;
      else if (range) pools.set(id, { id, request, range, ...(subRange ? { subRange } : {}), held: [], count: 1 });
      return answer;
    },
    async releasePool(request, context) {
      const answer = await inner.releasePool(request, context);
      const pool = pools.get(request.PoolID);
      if (pool && --pool.count === 0) {
        pools.delete(pool.id);
        gone.set(pool.id, pool);
      }
      return answer;
    },
    async requestAddress(request, context) {
      const answer = await inner.requestAddress(request, context);
      const pool = pools.get(request.PoolID);
      const ip = answer.Address?.split('/')[0];
      const wasNamed = (request.Address ?? '') !== '';
      if (pool && ip) pool.held = [...pool.held, { ip, wasNamed, isGateway: asksGateway(request) }];
      return answer;
    },
    async releaseAddress(request, context) {
      const answer = await inner.releaseAddress(request, context);
      const pool = pools.get(request.PoolID);
      if (pool) pool.held = pool.held.filter(({ ip }) => ip !== canonical(request.Address));
      return answer;
    },
  };
  return { driver, seen: { pools, gone } };
}

/** An address in the form that drivers answer in. */
export function canonical(text: string): string {
  const address = parseAddress(text);
  return address ? addressText(address) : text;
}

/** True when a range holds the address of a text. */
export function isIn(range: Range, ip: string): boolean {
  const address = parseAddress(ip);
  return address !== undefined && holds(range, address);
}

/** The n-th address of a subnet alone; it may lie behind the end. */
export function nth({ version, start }: Range, n: number): string {
  return addressText({ version, number: start + BigInt(n) });
}

/** The same subnet with another prefix length. */
export function withPrefix(range: Range, prefix: number): string {
  return cidrText({ ...range, prefix });
}

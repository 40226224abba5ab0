import { isIP } from 'node:net';
import type { RequestAddressResponse, RequestPoolResponse } from '@opencnm/spec';
import { collide, isNet, isNoSubnet, netOf, plainText } from '../net.js';
import { matching } from './matching.js';
import type { Matcher } from './pattern.js';
import { printed } from './printed.js';

/** A prefix, of one family if it is named: `10.0.0.0/24`. */
export function aCidr(family?: 4 | 6): Matcher {
  return matching(
    `${family ? `an IPv${family}` : 'a'} subnet with prefix length`,
    (value) => isNet(value) && (family === undefined || netOf(value).version === family),
  );
}

/** The answer to a pool request that grants a prefix, or nothing at all: an engine fails for want of it, and nothing is lost. */
export const aPoolOrNone: Matcher = matching('a Pool that is a subnet with prefix length, or no pool', (body) => {
  const { PoolID = '', Pool = '' } = (body ?? {}) as RequestPoolResponse;
  return isNet(Pool) || (PoolID === '' && Pool === '');
});

/** The same subnet, however it is written, or none, where a driver keeps subnets to itself. */
export function theSubnet(cidr = ''): Matcher {
  return matching(
    `the subnet ${cidr}`,
    (value) => isNet(value) && (netOf(value).cidr === netOf(cidr).cidr || isNoSubnet(value)),
  );
}

/** A subnet that has no address in common with another one. */
export function apartFrom(cidr: string): Matcher {
  return matching(`a subnet that does not overlap ${cidr}`, (value) => isNet(value) && !collide(cidr, value));
}

/** A subnet whose address is its first one. */
export const withoutHostBits: Matcher = matching(
  'a subnet without host bits',
  (value) => isNet(value) && netOf(value).ip(0) === plainText(value.split('/')[0] ?? ''),
);

/** An address with prefix length, of one family if it is named. */
export function anAddressCidr(family?: 4 | 6): Matcher {
  return matching(
    `an ${family ? `IPv${family} ` : ''}address with prefix length`,
    (value) => isNet(value) && (family === undefined || isIP(value.split('/')[0] ?? '') === family),
  );
}

/** An address with the prefix length of its pool; with any where that is no subnet. */
export function withPrefixLength(pool: string): Matcher {
  const { prefix } = netOf(pool);
  return isNoSubnet(pool)
    ? anAddressCidr()
    : matching(`an address with /${prefix}`, (value) => isNet(value) && value.endsWith(`/${prefix}`));
}

/** One address, whatever its prefix length and text form. */
export function theAddress(ip: string): Matcher {
  return matching(`the address ${ip}`, (value) => addressIn(value) === plainText(ip));
}

/** One address in exactly this text form, whatever its prefix length. */
export function withAddressText(ip: string): Matcher {
  return matching(`${ip} with prefix length`, (value) => typeof value === 'string' && value.split('/')[0] === ip);
}

/** Any address but some, whatever their prefix lengths and text forms. */
export function anotherAddressThan(...ips: readonly (string | undefined)[]): Matcher {
  const refused = ips.map(addressIn).filter((ip) => ip !== undefined);
  return matching(
    refused.length === 0 ? 'anything' : `another address than ${refused.join(' and ')}`,
    (value) => !refused.includes(addressIn(value) ?? ''),
  );
}

/** An address that is none of many, whatever its prefix length and text form. */
export function noneOf(held: readonly { readonly ip: string }[]): Matcher {
  const ips = new Set(held.map(({ ip }) => plainText(ip)));
  return matching(`none of the ${ips.size} held addresses`, (value) => !ips.has(addressIn(value) ?? ''));
}

/** A value that engines cannot tell from an earlier one: absent and empty are the same, false is absent. */
export function sameAs(earlier: unknown): Matcher {
  return matching(`${printed(earlier)}, as before`, (value) => (value || '') === (earlier || ''));
}

/** The answer to a pool request whose Data names no gateway, or one of the pool in CIDR form. */
export const gatewayInPool: Matcher = matching('no gateway in Data, or one of the pool with prefix length', (body) => {
  const { Pool = '', Data } = (body ?? {}) as RequestPoolResponse;
  const gateway = Data?.['com.docker.network.gateway'];
  if (!gateway) return true;
  return (
    isNet(gateway) &&
    isNet(Pool) &&
    netOf(Pool).overlaps(`${gateway.split('/')[0]}/${gateway.includes(':') ? 128 : 32}`)
  );
});

/** For bursts: no two of the granted addresses are equal. */
export const allAddressesDiffer = {
  name: 'all addresses differ',
  holds: (bodies: readonly RequestAddressResponse[]) => differ(bodies.map((body) => addressIn(body?.Address))),
};

/** For bursts: no two of the granted pools overlap. */
export const allPoolsDiffer = {
  name: 'no two pools overlap',
  holds: (bodies: readonly RequestPoolResponse[]) => {
    const pools = bodies.map((body) => body?.Pool).filter(isNet);
    return pools.every((pool, index) => pools.slice(index + 1).every((other) => !collide(pool, other)));
  },
};

function differ(values: readonly (string | undefined)[]): boolean {
  const present = values.filter((value) => value !== undefined);
  return new Set(present).size === present.length;
}

/** The address of a CIDR text in canonical form; undefined when there is none. */
function addressIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? plainText(value.split('/')[0] ?? '') : undefined;
}

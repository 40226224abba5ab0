import { isIP } from 'node:net';
import { formats } from '@opencnm/spec';
import { parseCidr } from 'cidr-tools';
import { parseIp, stringifyIp } from 'ip-bigint';

/** The addresses of a subnet as numbers, from its network address to its last address. */
export interface Range {
  readonly version: 4 | 6;
  readonly start: bigint;
  readonly end: bigint;
  readonly prefix: number;
}

/** An address as a number. */
export interface Address {
  readonly version: 4 | 6;
  readonly number: bigint;
}

const isCidr = formats['cidr'] as (text: string) => boolean;

/** The subnet of a CIDR text, host bits dropped; undefined when the text is none. */
export function parseRange(cidr: string): Range | undefined {
  if (!isCidr(cidr)) return undefined;
  const { version, start, end, prefix } = parseCidr(cidr);
  return { version, start, end, prefix: Number(prefix) };
}

/** The address of a text in any form, IPv4 inside IPv6 as IPv4; undefined when the text is none. */
export function parseAddress(text: string): Address | undefined {
  if (isIP(text) === 0 || text.includes('%')) return undefined;
  const { number, version, ipv4mapped } = parseIp(text);
  return ipv4mapped ? { version: 4, number: number & 0xffff_ffffn } : { version, number };
}

/** `10.0.0.0/24`. */
export function cidrText({ version, start, prefix }: Range): string {
  return `${addressText({ version, number: start })}/${prefix}`;
}

/** `10.0.0.2`, IPv6 in lower case and compressed. */
export function addressText(address: Address): string {
  return stringifyIp(address);
}

/** True when the address lies in the subnet. */
export function holds(range: Range, { version, number }: Address): boolean {
  return range.version === version && range.start <= number && number <= range.end;
}

/** True when all of the inner subnet lies in the outer one. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.version === inner.version && outer.start <= inner.start && inner.end <= outer.end;
}

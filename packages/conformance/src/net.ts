import { formats } from '@opencnm/spec';
import { overlapCidr, parseCidr } from 'cidr-tools';
import { parseIp, stringifyIp } from 'ip-bigint';

/** A subnet by its text: its addresses by number, and subnets beside it. */
export interface Net {
  /** `10.130.4.0/24`, without host bits. */
  readonly cidr: string;
  readonly prefix: number;
  readonly version: 4 | 6;
  /** Its first address as a number. */
  readonly start: bigint;
  /** How many addresses it has. */
  readonly size: bigint;
  /** The n-th address alone; behind the end it goes on. */
  readonly ip: (n: number | bigint) => string;
  /** The subnet of a longer prefix that holds the n-th address. */
  readonly part: (prefix: number, n?: number | bigint) => Net;
  /** The subnet of twice the size around it. */
  readonly around: () => Net;
  readonly overlaps: (cidr: string) => boolean;
}

/** True for text that Go reads as a prefix. */
export function isNet(cidr: unknown): cidr is string {
  return typeof cidr === 'string' && (formats['cidr'] as (text: string) => boolean)(cidr);
}

/** The subnet of a CIDR text; host bits are dropped. */
export function netOf(cidr: string): Net {
  const { version, start, end, prefix: bits } = parseCidr(cidr);
  const prefix = Number(bits);
  const ip = (n: number | bigint) => stringifyIp({ version, number: start + BigInt(n) });
  const net = `${ip(0)}/${prefix}`;
  return {
    cidr: net,
    prefix,
    version,
    start,
    size: end - start + 1n,
    ip,
    part: (longer, n = 0) => netOf(`${ip(n)}/${longer}`),
    around: () => netOf(`${ip(0)}/${Math.max(prefix - 1, 0)}`),
    overlaps: (other) => isNet(other) && overlapCidr(net, other),
  };
}

/** True for 0.0.0.0/0 and ::/0, by which a driver says that the subnet is its own affair. */
export function isNoSubnet(cidr: string): boolean {
  return netOf(cidr).prefix === 0;
}

/** Whether two pools have addresses in common; engines compare one that is no subnet with none. */
export function collide(one: string, other: string): boolean {
  return !isNoSubnet(one) && !isNoSubnet(other) && netOf(one).overlaps(other);
}

/** The subnet written with the address of one of its hosts. */
export function withHostBits(cidr = ''): string {
  const { ip, prefix } = netOf(cidr);
  return `${ip(5)}/${prefix}`;
}

/** An IPv6 address without its `::`. */
export function longText(ip: string): string {
  return stringifyIp(parseIp(ip), { compress: false });
}

/** An address in canonical form; other text as it is. */
export function plainText(ip: string): string {
  try {
    return stringifyIp(parseIp(ip));
  } catch {
    return ip;
  }
}

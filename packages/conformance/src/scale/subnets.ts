import { netOf } from '../net.js';
import type { Settings } from '../settings.js';

/** A subnet as networks are given it. */
export interface OwnSubnet {
  readonly pool: string;
  /** With prefix length. */
  readonly gateway: string;
}

/** How many /24 subnets there are from 10.128.0.0 on. */
const blocks = 96 * 256;

/** The n-th subnet for a network, from the seed; the user's own where there is one. */
export function subnetOf(n: number, seed: number, { pool, gateway }: Settings): OwnSubnet {
  const place = (n + seed * 37) % blocks;
  const base = `10.${128 + (place >> 8)}.${place & 255}`;
  return ownSubnet(pool ?? `${base}.0/24`, gateway);
}

/** The subnet whose addresses are filled: 65 534 of them behind the subnets of the networks. */
export function largeSubnet(seed: number, { pool, gateway }: Settings): OwnSubnet {
  const base = `10.${224 + (seed % 31)}`;
  return ownSubnet(pool ?? `${base}.0.0/16`, gateway);
}

/** The subnet that is filled to its last address: 254 of them, behind all others. */
export function fillSubnet(seed: number): OwnSubnet {
  const base = `10.255.${seed % 256}`;
  return ownSubnet(`${base}.0/24`);
}

/** A subnet with the gateway that is named, or its first address. */
function ownSubnet(pool: string, gateway?: string): OwnSubnet {
  const { ip, prefix } = netOf(pool);
  return { pool, gateway: gateway ?? `${ip(1)}/${prefix}` };
}

/** The largest size for which there are subnets and addresses, with one more of each to measure with. */
export function largestSize(settings: Settings): number {
  const addresses = Number(netOf(largeSubnet(0, settings).pool).size) - 4;
  return Math.min(addresses, blocks - 3);
}

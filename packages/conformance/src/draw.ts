import { createHash } from 'node:crypto';
import { type Net, netOf } from './net.js';

/** A subnet of a check's own, with its addresses by number. */
export interface Subnet {
  /** `10.130.4.0/24` */
  readonly pool: string;
  /** `10.130.4.1/24` */
  readonly gateway: string;
  /** The n-th address with the prefix length: `10.130.4.7/24`. */
  readonly address: (n: number) => string;
  /** The n-th address alone: `10.130.4.7`. */
  readonly ip: (n: number) => string;
}

/** Ids, names and subnets of one check, new at each call, from the seed and the check's id and place alone. */
export interface Draw {
  readonly networkId: () => string;
  /** 25 base-36 characters, as Swarm names networks. */
  readonly swarmId: () => string;
  readonly endpointId: () => string;
  readonly sandboxKey: () => string;
  readonly mac: () => string;
  /** A name for an engine's networks and containers: `opencnm-1f3a-…`. */
  readonly name: () => string;
  readonly subnet: () => Subnet;
  readonly subnet6: () => Subnet;
  /** One subnet of /16, far from all others. */
  readonly largeSubnet: () => Subnet;
  /** The label that marks all that a run makes in an engine. */
  readonly label: string;
}

/** Draws for the check at a place of the plan; every check has 16 IPv4 subnets of /24, one of /16 and 65 536 IPv6 subnets of /64. */
export function drawing(seed: number, checkId: string, place: number): Draw {
  let subnets = 0;
  let subnets6 = 0;
  // 2 048 blocks of /20 in 10.128.0.0/9; the seed moves the start, so two seeds seldom meet.
  const block = (place + seed * 37) % 2048;
  return {
    ...names(seed, checkId),
    subnet: () => {
      const n = subnets++;
      if (n >= 16) throw new Error(`check ${checkId} draws more than its 16 subnets`);
      return subnetOf(netOf(`10.${128 + (block >> 4)}.${((block & 15) << 4) + n}.0/24`));
    },
    subnet6: () => own6(seed, place, ++subnets6),
    largeSubnet: () => large(seed, place),
  };
}

/** How many sequences of a check have subnets of their own before the first ones come again. */
const sequencesApart = 170;

/**
 * Draws for one of many sequences of a check: what one of them leaves behind in a target does not meet the next.
 * They have 4 IPv4 subnets of /27 each, in 198.18.0.0/15, where no network but that of a test lies.
 */
export function drawingOfSequence(seed: number, checkId: string, place: number, nth: number): Draw {
  let subnets = 0;
  let subnets6 = 0;
  const first = ((place % 6) * sequencesApart + (nth % sequencesApart)) * 4 + seed * 37;
  const all = netOf('198.18.0.0/15');
  return {
    ...names(seed, `${checkId} ${nth}`),
    subnet: () => {
      const n = subnets++;
      if (n >= 4) throw new Error(`sequence ${nth} of check ${checkId} draws more than its 4 subnets`);
      return subnetOf(all.part(27, ((first + n) % 4096) * 32));
    },
    subnet6: () => own6(seed, place, nth * 4 + ++subnets6),
    largeSubnet: () => large(seed, place),
  };
}

/** One of 64 in 10.64.0.0/10; no other subnets are there. */
function large(seed: number, place: number): Subnet {
  return subnetOf(netOf('10.64.0.0/10').part(16, ((place + seed * 37) % 64) * 65_536));
}

/** Ids and names, new at each call. */
function names(seed: number, owner: string): Omit<Draw, 'subnet' | 'subnet6' | 'largeSubnet'> {
  let count = 0;
  const hash = (kind: string) => createHash('sha256').update(`${seed}\0${owner}\0${kind}\0${count++}`).digest();
  const hex = (kind: string, length: number) => hash(kind).toString('hex').slice(0, length);
  return {
    networkId: () => hex('network', 64),
    swarmId: () =>
      BigInt(`0x${hex('swarm', 40)}`)
        .toString(36)
        .padStart(25, '0')
        .slice(-25),
    endpointId: () => hex('endpoint', 64),
    sandboxKey: () => `/var/run/docker/netns/${hex('sandbox', 12)}`,
    mac: () => `02:42:${hex('mac', 8).replace(/(..)(?=.)/g, '$1:')}`,
    name: () => `opencnm-${(seed >>> 0).toString(16)}-${hex('name', 10)}`,
    label: `org.opencnm.run=${(seed >>> 0).toString(16)}`,
  };
}

function own6(seed: number, place: number, n: number): Subnet {
  const global = `fd${(seed & 255).toString(16).padStart(2, '0')}:${((seed >>> 8) & 0xffff).toString(16)}`;
  return subnetOf(netOf(`${global}:${(place + 1).toString(16)}:${n.toString(16)}::/64`));
}

/** A subnet with its addresses by number. */
export function subnetOf({ cidr, prefix, ip }: Net): Subnet {
  return { pool: cidr, gateway: `${ip(1)}/${prefix}`, address: (n) => `${ip(n)}/${prefix}`, ip };
}

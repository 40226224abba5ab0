import { createHash } from 'node:crypto';

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
  /** The label that marks all that a run makes in an engine. */
  readonly label: string;
}

/** Draws for the check at a place of the plan; every check has 16 IPv4 subnets of /24 and 65 536 IPv6 subnets of /64. */
export function drawing(seed: number, checkId: string, place: number): Draw {
  let count = 0;
  let subnets = 0;
  let subnets6 = 0;
  const hash = (kind: string) => createHash('sha256').update(`${seed}\0${checkId}\0${kind}\0${count++}`).digest();
  const hex = (kind: string, length: number) => hash(kind).toString('hex').slice(0, length);
  // 2 048 blocks of /20 in 10.128.0.0/9; the seed moves the start, so two seeds seldom meet.
  const block = (place + seed * 37) % 2048;
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
    subnet: () => {
      const n = subnets++;
      if (n >= 16) throw new Error(`check ${checkId} draws more than its 16 subnets`);
      return subnet4(`10.${128 + (block >> 4)}.${((block & 15) << 4) + n}`);
    },
    subnet6: () =>
      subnet6(
        `fd${(seed & 255).toString(16).padStart(2, '0')}:${((seed >>> 8) & 0xffff).toString(16)}:${(place + 1).toString(16)}:${(++subnets6).toString(16)}`,
      ),
  };
}

function subnet4(base: string): Subnet {
  const ip = (n: number) => `${base}.${n}`;
  return { pool: `${base}.0/24`, gateway: `${base}.1/24`, address: (n) => `${ip(n)}/24`, ip };
}

function subnet6(base: string): Subnet {
  const ip = (n: number) => `${base}::${n.toString(16)}`;
  return { pool: `${base}::/64`, gateway: `${base}::1/64`, address: (n) => `${ip(n)}/64`, ip };
}

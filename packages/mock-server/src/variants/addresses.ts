import type { IpamDriver, RequestAddressResponse } from '@opencnm/spec';
import { addressText, parseRange, type Range } from '../ipam/range.js';
import { seeded } from '../seed.js';
import { longText } from './long-text.js';
import { refuse } from './refuse.js';
import type { Variant } from './variant.js';

const macKey = 'com.docker.network.endpoint.macaddress';

/** How IPAM drivers hand out addresses. */
export const addressVariants = {
  'requires-macs': {
    text: 'Hands out addresses to MAC addresses alone.',
    groups: ['ipam-capabilities'],
    ipamDriver: (inner) => ({
      ...inner,
      getCapabilities: async () => ({ RequiresMACAddress: true }),
      requestAddress: async (request) =>
        request.Address || request.Options?.RequestAddressType || request.Options?.[macKey]
          ? inner.requestAddress(request)
          : refuse('a MAC address is required'),
    }),
  },
  'no-chosen-addresses': {
    text: 'Chooses no addresses: a user has to name one, as olljanat and ciao.',
    groups: ['address-choice'],
    ipamDriver: (inner) => ({
      ...inner,
      requestAddress: async (request) => (request.Address ? inner.requestAddress(request) : refuse('name an address')),
    }),
  },
  'no-named-addresses': {
    text: 'Chooses every address itself and refuses those that are named, as relays to DHCP servers.',
    groups: ['address-choice'],
    ipamDriver: (inner) => ({
      ...inner,
      requestAddress: async (request) =>
        request.Address ? refuse('addresses are chosen here') : inner.requestAddress(request),
    }),
  },
  'names-what-it-chose': {
    text: 'Grants by name only what it chose before, as azure, whose host has a list of addresses.',
    groups: ['address-choice'],
    ipamDriver: namingWhatItChose,
  },
  'one-gateway': {
    text: 'Has one gateway for each pool, which it grants to every network and never releases, as contiv and nuage.',
    groups: ['pool-id', 'address-choice'],
    ipamDriver: withOneGateway,
  },
  'descending-addresses': {
    text: 'Hands out addresses from the top of the pool.',
    ...choosing(({ start, end }, turn) => (end - turn > start ? end - turn : undefined)),
  },
  'random-addresses': {
    text: 'Hands out addresses in no order.',
    ...choosing(({ start, end }, turn, random) =>
      turn < 64n ? start + (BigInt(random()) % (end - start + 1n)) : undefined,
    ),
  },
  'rotating-addresses': {
    text: 'Hands out an address again only when it has been through the pool, as DHCP servers.',
    ...rotating(),
  },
  'keeps-first-addresses': {
    text: 'Keeps the first addresses of a pool for itself.',
    groups: ['address-choice'],
    ipamDriver: (inner) => ({
      ...inner,
      requestPool: async (request) => {
        const answer = await inner.requestPool(request);
        const first = answer.Pool?.endsWith('.0/24') ? answer.Pool.replace('.0/24', '.2') : '';
        if (first) await inner.requestAddress({ PoolID: answer.PoolID ?? '', Address: first }).catch(() => undefined);
        return answer;
      },
    }),
  },
  'strict-releases': {
    text: 'Refuses to release addresses and pools that it does not know.',
    ipamDriver: strictReleases,
  },
  'refuses-what-it-released': {
    text: 'Lets an address go and answers that it was not held, as weave does outside of its range.',
    refusesToUndo: true,
    ipamDriver: (inner) => ({
      ...inner,
      releaseAddress: async (request) => {
        await inner.releaseAddress(request);
        return refuse('the address is not held');
      },
    }),
  },
  'one-address-for-a-mac': {
    text: 'Grants a MAC address the address that it has already, as infoblox and DHCP servers.',
    groups: ['ipam-capabilities', 'address-choice'],
    ipamDriver: withLeases,
  },
  'ipv6-long-text': {
    text: 'Writes IPv6 addresses in full and in upper case, which engines read.',
    ipamDriver: (inner) => ({
      ...inner,
      requestAddress: async (request) => {
        const answer = await inner.requestAddress(request);
        const [ip = '', prefix = ''] = (answer.Address ?? '').split('/');
        return ip.includes(':') ? { ...answer, Address: `${longText(ip)}/${prefix}` } : answer;
      },
    }),
  },
} as const satisfies Readonly<Record<string, Variant>>;

/** A driver that tries addresses in an order of its own, then leaves the choice to the mock. */
function choosing(next: (range: Range, turn: bigint, random: () => number) => bigint | undefined) {
  return {
    groups: ['address-choice'] as const,
    ipamDriver: (inner: IpamDriver): IpamDriver => {
      const ranges = new Map<string, Range>();
      const random = seeded(1).next;
      return {
        ...rememberingRanges(inner, ranges),
        async requestAddress(request) {
          const range = ranges.get(request.PoolID);
          if (request.Address || !range) return inner.requestAddress(request);
          for (let turn = 0n; turn < 300n; turn++) {
            const number = next(range, turn, random);
            if (number === undefined) break;
            const Address = addressText({ version: range.version, number });
            const answer = await inner.requestAddress({ ...request, Address }).catch(() => undefined);
            if (answer) return answer;
          }
          return inner.requestAddress(request);
        },
      };
    },
  };
}

/** A driver whose choice goes on from its last one. */
function rotating() {
  return {
    groups: ['address-choice'] as const,
    ipamDriver: (inner: IpamDriver): IpamDriver => {
      const last = new Map<Range, bigint>();
      return choosing((range, turn) => {
        if (turn > range.end - range.start) return undefined;
        const number = (last.get(range) ?? range.start) + 1n;
        const inside = number > range.end ? range.start : number;
        last.set(range, inside);
        return inside;
      }).ipamDriver(inner);
    },
  };
}

/** The range that each pool chooses from. */
function rememberingRanges(inner: IpamDriver, ranges: Map<string, Range>): IpamDriver {
  return {
    ...inner,
    async requestPool(request) {
      const answer = await inner.requestPool(request);
      const range = parseRange(request.SubPool || (answer.Pool ?? ''));
      if (range && !ranges.has(answer.PoolID ?? '')) ranges.set(answer.PoolID ?? '', range);
      return answer;
    },
  };
}

function namingWhatItChose(inner: IpamDriver): IpamDriver {
  const chosen = new Set<string>();
  return {
    ...inner,
    async requestAddress(request) {
      const { PoolID, Address = '' } = request;
      if (Address && !chosen.has(`${PoolID} ${Address}`)) refuse(`${Address} is not in the list`);
      const answer = await inner.requestAddress(request);
      chosen.add(`${PoolID} ${answer.Address?.split('/')[0]}`);
      return answer;
    },
  };
}

/** Who asks again with the same MAC address, for any address or for the same one, gets what it has. */
function withLeases(inner: IpamDriver): IpamDriver {
  const leases = new Map<string, RequestAddressResponse>();
  return {
    ...inner,
    getCapabilities: async () => ({ RequiresMACAddress: true }),
    async requestAddress(request) {
      const mac = request.Options?.[macKey];
      const key = `${request.PoolID} ${mac}`;
      const lease = mac ? leases.get(key) : undefined;
      const isOther = request.Address && lease?.Address?.split('/')[0] !== request.Address;
      if (lease) return isOther ? refuse(`${mac} has ${lease.Address}`) : lease;
      const answer = await inner.requestAddress(request);
      if (mac) leases.set(key, answer);
      return answer;
    },
    releaseAddress(request) {
      for (const [key, { Address }] of leases)
        if (key.startsWith(`${request.PoolID} `) && Address?.split('/')[0] === request.Address) leases.delete(key);
      return inner.releaseAddress(request);
    },
  };
}

/** The first gateway of a pool is the gateway of all its networks as long as the pool is held. */
function withOneGateway(inner: IpamDriver): IpamDriver {
  const gateways = new Map<string, RequestAddressResponse>();
  const grants = new Map<string, number>();
  const count = (id: string, by: number) => grants.set(id, (grants.get(id) ?? 0) + by).get(id) ?? 0;
  const isGateway = (id: string, ip = '') => ip !== '' && gateways.get(id)?.Address?.split('/')[0] === ip;
  return {
    ...inner,
    async requestPool(request) {
      const answer = await inner.requestPool(request);
      count(answer.PoolID ?? '', 1);
      return answer;
    },
    async releasePool(request) {
      const answer = await inner.releasePool(request);
      if (count(request.PoolID, -1) === 0) gateways.delete(request.PoolID);
      return answer;
    },
    async requestAddress(request) {
      const { PoolID, Address, Options } = request;
      if (Options?.RequestAddressType !== 'com.docker.network.gateway') return inner.requestAddress(request);
      const known = gateways.get(PoolID);
      if (known && Address && !isGateway(PoolID, Address)) refuse(`the gateway is ${known.Address}`);
      const gateway = known ?? (await inner.requestAddress(request));
      gateways.set(PoolID, gateway);
      return gateway;
    },
    releaseAddress: async (request) =>
      isGateway(request.PoolID, request.Address) ? refuse('a gateway stays') : inner.releaseAddress(request),
  };
}

function strictReleases(inner: IpamDriver): IpamDriver {
  const addresses = new Set<string>();
  const pools = new Map<string, number>();
  return {
    ...inner,
    async requestPool(request) {
      const answer = await inner.requestPool(request);
      pools.set(answer.PoolID ?? '', (pools.get(answer.PoolID ?? '') ?? 0) + 1);
      return answer;
    },
    async releasePool(request) {
      const count = pools.get(request.PoolID) ?? 0;
      if (count === 0) refuse('the pool is unknown');
      pools.set(request.PoolID, count - 1);
      return inner.releasePool(request);
    },
    async requestAddress(request) {
      const answer = await inner.requestAddress(request);
      addresses.add(`${request.PoolID} ${answer.Address?.split('/')[0]}`);
      return answer;
    },
    async releaseAddress(request) {
      if (!addresses.delete(`${request.PoolID} ${request.Address}`)) refuse('never heard of it');
      return inner.releaseAddress(request);
    },
  };
}

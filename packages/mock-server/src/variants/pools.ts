import type { IpamDriver, RequestPoolRequest } from '@opencnm/spec';
import { addressText, parseAddress, parseRange } from '../ipam/range.js';
import { refuse } from './refuse.js';
import type { Variant } from './variant.js';

const gatewayKey = 'com.docker.network.gateway';

/** What IPAM drivers say of themselves, and which pools they grant. */
export const poolVariants = {
  'asks-for-replay': {
    text: 'Asks for replay and grants held addresses again to who names them.',
    groups: ['ipam-capabilities', 'address-choice', 'pool-choice'],
    ipamDriver: (inner) => ({
      ...inner,
      getCapabilities: async () => ({ RequiresRequestReplay: true }),
      requestAddress: (request) =>
        inner.requestAddress(request).catch((error: Error) => {
          if (!request.Address || !error.message.includes('in use')) throw error;
          return { Address: `${request.Address}/${request.PoolID.split('/').at(-1)}` };
        }),
    }),
  },
  'no-address-spaces': {
    text: 'Leaves the names of its address spaces empty.',
    groups: ['address-spaces'],
    ipamDriver: (inner) => ({
      ...inner,
      getDefaultAddressSpaces: async () => ({ LocalDefaultAddressSpace: '', GlobalDefaultAddressSpace: '' }),
      requestPool: (request) => inner.requestPool({ ...request, AddressSpace: 'LocalDefault' }),
    }),
  },
  'absent-address-spaces': {
    text: 'Answers {} to GetDefaultAddressSpaces.',
    groups: ['address-spaces'],
    ipamDriver: (inner) => ({
      ...inner,
      getDefaultAddressSpaces: async () => ({}),
      requestPool: (request) => inner.requestPool({ ...request, AddressSpace: 'LocalDefault' }),
    }),
  },
  'one-address-space': {
    text: 'Has one address space under both names.',
    groups: ['address-spaces'],
    ipamDriver: (inner) => ({
      ...inner,
      getDefaultAddressSpaces: async () => ({
        LocalDefaultAddressSpace: 'LocalDefault',
        GlobalDefaultAddressSpace: 'LocalDefault',
      }),
    }),
  },
  'any-address-space': {
    text: 'Does not look at the address space, as weave.',
    groups: ['address-spaces'],
    ipamDriver: (inner) => ({
      ...inner,
      requestPool: (request) =>
        inner.requestPool({
          ...request,
          AddressSpace: /Default$/.test(request.AddressSpace) ? request.AddressSpace : 'LocalDefault',
        }),
    }),
  },
  'no-chosen-pools': {
    text: 'Chooses no pools: a user has to name one.',
    groups: ['pool-choice'],
    ...granting('name a pool', ({ Pool }) => Boolean(Pool)),
  },
  'nothing-for-no-name': {
    text: 'Answers who names no pool with empty names instead of an error, as contiv.',
    groups: ['pool-choice', 'pool-id'],
    ipamDriver: (inner) => ({
      ...inner,
      requestPool: async (request) => (request.Pool ? inner.requestPool(request) : { PoolID: '', Pool: '' }),
    }),
  },
  'no-named-pools': {
    text: 'Chooses every pool itself and refuses those that are named, as mini-ipam.',
    groups: ['pool-choice', 'settings'],
    ...granting('pools are chosen here', ({ Pool }) => !Pool),
  },
  'one-pool': {
    text: 'Grants the pool of its operator alone, as calico.',
    groups: ['pool-choice', 'settings'],
    settings: { pool: '172.20.0.0/22' },
    ...granting('172.20.0.0/22 only', ({ Pool, V6 }) => Pool === '172.20.0.0/22' || V6 === true),
  },
  'no-subnets': {
    text: 'Keeps its subnets to itself: each pool is 0.0.0.0/0 or ::/0, each address a /32 or /128, as calico.',
    groups: ['pool-choice', 'pool-id', 'address-choice', 'join'],
    ipamDriver: (inner) => ({
      ...inner,
      async requestPool(request) {
        const answer = await inner.requestPool(request);
        const none = answer.Pool?.includes(':') ? '::/0' : '0.0.0.0/0';
        return { ...answer, Pool: none, Data: { [gatewayKey]: none } };
      },
      async requestAddress(request) {
        const { Address = '' } = await inner.requestAddress(request);
        return { Address: Address.replace(/\/.*/, Address.includes(':') ? '/128' : '/32') };
      },
    }),
    networkDriver: (inner) => ({
      ...inner,
      async join(request) {
        const { InterfaceName } = await inner.join(request);
        return InterfaceName ? { InterfaceName } : {};
      },
    }),
  },
  'no-sub-pools': {
    text: 'Refuses sub-pools, as calico.',
    ...granting('no sub-pools', ({ SubPool }) => !SubPool),
  },
  'no-ipv6-pools': {
    text: 'Refuses IPv6 pools.',
    ...granting('no IPv6', ({ V6, Pool }) => V6 !== true && !Pool?.includes(':')),
  },
  'no-ipv6-addresses': {
    text: 'Grants IPv6 pools, and no address of them, as weave.',
    groups: ['address-choice'],
    ipamDriver: (inner) => ({
      ...inner,
      requestAddress: async (request) =>
        request.PoolID.includes(':') ? refuse('the range is out of bounds') : inner.requestAddress(request),
    }),
  },
  'keeps-used-pools': {
    text: 'Refuses to release a pool while addresses of it are held.',
    ipamDriver: keepingUsedPools,
  },
  'no-held-pools': {
    text: 'Refuses a pool that is held already.',
    groups: ['pool-id'],
    ipamDriver: withoutHeldPools,
  },
  'new-pool-ids': {
    text: 'Gives each grant of a pool an id of its own, with the signs that ids may have.',
    groups: ['pool-id'],
    ipamDriver: withNewIds,
  },
  'gateway-in-data': {
    text: 'Names the gateway of a pool in Data, so that no engine asks for one, as weave and calico.',
    groups: ['pool-id', 'address-choice'],
    ipamDriver: withGateways,
  },
  'absent-data': {
    text: 'Leaves Data out of pools and addresses.',
    ipamDriver: (inner) => ({
      ...inner,
      requestPool: async (request) => {
        const { PoolID = '', Pool = '' } = await inner.requestPool(request);
        return { PoolID, Pool };
      },
      requestAddress: async (request) => {
        const { Address = '' } = await inner.requestAddress(request);
        return { Address };
      },
    }),
  },
  'more-data': {
    text: 'Tells facts of its own in Data.',
    ipamDriver: (inner) => ({
      ...inner,
      requestPool: async (request) => {
        const answer = await inner.requestPool(request);
        return { ...answer, Data: { ...answer.Data, 'acme.vlan': '10', 'com.docker.network.unknown': '' } };
      },
      requestAddress: async (request) => ({ ...(await inner.requestAddress(request)), Data: { 'acme.lease': '1h' } }),
    }),
  },
} as const satisfies Readonly<Record<string, Variant>>;

/** A driver that grants some pools only. */
function granting(otherwise: string, grants: (request: RequestPoolRequest) => boolean) {
  return {
    ipamDriver: (inner: IpamDriver): IpamDriver => ({
      ...inner,
      requestPool: async (request) => (grants(request) ? inner.requestPool(request) : refuse(otherwise)),
    }),
  };
}

function withoutHeldPools(inner: IpamDriver): IpamDriver {
  const held = new Set<string>();
  return {
    ...inner,
    async requestPool(request) {
      const answer = await inner.requestPool(request);
      const { PoolID = '' } = answer;
      if (held.has(PoolID)) {
        await inner.releasePool({ PoolID });
        refuse('the pool is in use');
      }
      held.add(PoolID);
      return answer;
    },
    releasePool(request) {
      held.delete(request.PoolID);
      return inner.releasePool(request);
    },
  };
}

function withNewIds(inner: IpamDriver): IpamDriver {
  const ids = new Map<string, string>();
  let next = 0;
  const innerId = (id: string) => ids.get(id) ?? id;
  return {
    ...inner,
    async requestPool(request) {
      const answer = await inner.requestPool(request);
      const id = `urn:acme:pool/${++next}?of="${answer.Pool}"&<é %2F> -_.~`;
      ids.set(id, answer.PoolID ?? '');
      return { ...answer, PoolID: id };
    },
    async releasePool({ PoolID }) {
      const id = innerId(PoolID);
      ids.delete(PoolID);
      return id === PoolID ? {} : inner.releasePool({ PoolID: id });
    },
    requestAddress: (request) => inner.requestAddress({ ...request, PoolID: innerId(request.PoolID) }),
    releaseAddress: (request) => inner.releaseAddress({ ...request, PoolID: innerId(request.PoolID) }),
  };
}

/** The last host of a pool is its gateway and is never handed out. */
function withGateways(inner: IpamDriver): IpamDriver {
  const gateways = new Map<string, string>();
  return {
    ...inner,
    async requestPool(request) {
      const answer = await inner.requestPool(request);
      const range = parseRange(answer.Pool ?? '');
      if (!range || range.end - range.start < 8n) return answer;
      const gateway = addressText({ version: range.version, number: range.end - 1n });
      const id = answer.PoolID ?? '';
      if (!gateways.has(id)) await inner.requestAddress({ PoolID: id, Address: gateway }).catch(() => undefined);
      gateways.set(id, gateway);
      return { ...answer, Data: { ...answer.Data, [gatewayKey]: `${gateway}/${range.prefix}` } };
    },
    releaseAddress: async (request) =>
      gateways.get(request.PoolID) === request.Address ? {} : inner.releaseAddress(request),
  };
}

function keepingUsedPools(inner: IpamDriver): IpamDriver {
  const held = new Map<string, Set<string>>();
  return {
    ...inner,
    async requestAddress(request) {
      const answer = await inner.requestAddress(request);
      const [ip = ''] = (answer.Address ?? '').split('/');
      held.set(request.PoolID, (held.get(request.PoolID) ?? new Set()).add(ip));
      return answer;
    },
    async releaseAddress(request) {
      const ip = parseAddress(request.Address ?? '');
      if (ip) held.get(request.PoolID)?.delete(addressText(ip));
      return inner.releaseAddress(request);
    },
    releasePool: async (request) =>
      (held.get(request.PoolID)?.size ?? 0) > 0 ? refuse('the pool has addresses') : inner.releasePool(request),
  };
}

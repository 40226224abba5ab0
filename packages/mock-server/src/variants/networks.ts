import type { CreateNetworkRequest, NetworkDriver } from '@opencnm/spec';
import { refuse } from './refuse.js';
import type { Variant } from './variant.js';

/** Which networks drivers make, and what they remember of them. */
export const networkVariants = {
  'needs-option': {
    text: 'Makes no network without an option of its own, as vde-phocs, wireguard and macvlan.',
    groups: ['settings'],
    settings: { networkOptions: { 'acme.vlan': '10' } },
    ...accepting('acme.vlan is needed', ({ Options }) => Boolean(genericOf(Options)['acme.vlan'])),
  },
  'needs-option-to-allocate': {
    text: 'Has global scope and allocates no network without an option of its own.',
    groups: ['settings', 'connectivity-scope', 'optional-calls'],
    settings: { networkOptions: { 'acme.vlan': '10' } },
    networkDriver: (inner) => ({
      ...inner,
      getCapabilities: async () => ({ Scope: 'global' }),
      allocateNetwork: async (request) =>
        request.Options?.['acme.vlan'] ? { Options: { ...request.Options } } : refuse('acme.vlan is needed'),
    }),
  },
  'one-subnet-of-its-own': {
    text: 'Makes networks of one subnet that its operator chose.',
    groups: ['settings'],
    settings: { ipam: 'engine', pool: '172.20.3.64/26', gateway: '172.20.3.65/26', address: '172.20.3.70/26' },
    ...accepting(
      '172.20.3.64/26 only',
      ({ IPv4Data }) =>
        IPv4Data?.every(
          ({ Pool, AuxAddresses }) =>
            Pool === '172.20.3.64/26' &&
            Object.values(AuxAddresses ?? {}).every((address) => address.startsWith('172.20.3.7')),
        ) === true,
    ),
  },
  'null-ipam-only': {
    text: 'Makes networks of the null IPAM driver alone, as net-dhcp.',
    groups: ['settings'],
    settings: { ipam: 'null' },
    ...accepting(
      'use --ipam-driver null',
      ({ IPv4Data }) => IPv4Data?.every(({ AddressSpace }) => AddressSpace === 'null') === true,
    ),
  },
  'one-subnet-with-gateway': {
    text: 'Makes networks of one IPv4 subnet with a gateway.',
    groups: ['settings'],
    ...accepting(
      'one subnet and its gateway are needed',
      ({ IPv4Data }) => IPv4Data?.length === 1 && Boolean(IPv4Data[0]?.Gateway),
    ),
  },
  'no-internal-networks': {
    text: 'Refuses internal networks.',
    ...accepting('networks cannot be internal', ({ Options }) => !Options?.['com.docker.network.internal']),
  },
  'no-ipv6-networks': {
    text: 'Refuses networks with IPv6.',
    ...accepting('IPv6 is not supported', ({ IPv6Data }) => !IPv6Data?.length),
  },
  'no-swarm-networks': {
    text: 'Takes network ids of 64 digits alone, since Swarm never asks it, as the driver of Trove.',
    ...accepting('the id is not that of a network', ({ NetworkID }) => NetworkID.length === 64),
  },
  'before-28': {
    text: 'Refuses options that it does not know, as enable_ipv4 of engines since 28.0, as calico.',
    ...accepting(
      'the option is not supported',
      ({ Options }) =>
        !Options || Object.entries(Options).every(([key, value]) => oldOptions.has(key) || value !== true),
    ),
  },
  'one-network': {
    text: 'Has one network at a time, as hostnic.',
    groups: ['network-life'],
    settings: { jobs: 1 },
    networkDriver: withOneNetwork,
  },
  'one-network-of-a-device': {
    text: 'Has one network for the device that its user names, as net-dhcp and sriov.',
    groups: ['network-life', 'settings'],
    settings: { networkOptions: { 'acme.device': 'eth1' }, jobs: 1 },
    networkDriver: withOneNetwork,
  },
  'no-duplicate-networks-check': {
    text: 'Takes a second CreateNetwork as the first, as half of the network drivers.',
    groups: ['network-life'],
    networkDriver: (inner) => ({
      ...inner,
      createNetwork: (request) => inner.createNetwork(request).catch(() => ({})),
    }),
  },
  'strict-networks': {
    text: 'Refuses to delete networks that it does not know, and those in use.',
    groups: ['network-life'],
    networkDriver: strictNetworks,
  },
  'remembers-nothing': {
    text: 'Does and remembers nothing, as the skeleton of a driver.',
    groups: ['network-life', 'create-endpoint', 'endpoint-life', 'join', 'oper-info', 'ports', 'mac-text'],
    networkDriver: (inner) => ({
      ...inner,
      createNetwork: async () => ({}),
      deleteNetwork: async () => ({}),
      createEndpoint: async () => ({}),
      endpointOperInfo: async () => ({}),
      deleteEndpoint: async () => ({}),
      join: async () => ({}),
      leave: async () => ({}),
      programExternalConnectivity: async () => ({}),
      revokeExternalConnectivity: async () => ({}),
    }),
  },
} as const satisfies Readonly<Record<string, Variant>>;

const oldOptions = new Set(['enable_ipv6', 'internal'].map((key) => `com.docker.network.${key}`));

function genericOf(options: CreateNetworkRequest['Options']): Readonly<Record<string, unknown>> {
  return options?.['com.docker.network.generic'] ?? {};
}

/** A driver that makes some networks only. */
function accepting(otherwise: string, accepts: (request: CreateNetworkRequest) => boolean) {
  return {
    networkDriver: (inner: NetworkDriver): NetworkDriver => ({
      ...inner,
      createNetwork: async (request, context) =>
        accepts(request) ? inner.createNetwork(request, context) : refuse(otherwise),
    }),
  };
}

function withOneNetwork(inner: NetworkDriver): NetworkDriver {
  let live: string | undefined;
  return {
    ...inner,
    async createNetwork(request, context) {
      if (live !== undefined && live !== request.NetworkID) refuse(`there is the network ${live}`);
      const answer = await inner.createNetwork(request, context);
      live = request.NetworkID;
      return answer;
    },
    deleteNetwork(request, context) {
      if (live === request.NetworkID) live = undefined;
      return inner.deleteNetwork(request, context);
    },
  };
}

function strictNetworks(inner: NetworkDriver): NetworkDriver {
  const endpoints = new Map<string, Set<string>>();
  return {
    ...inner,
    async createNetwork(request) {
      const answer = await inner.createNetwork(request);
      endpoints.set(request.NetworkID, new Set());
      return answer;
    },
    async createEndpoint(request) {
      const answer = await inner.createEndpoint(request);
      endpoints.get(request.NetworkID)?.add(request.EndpointID);
      return answer;
    },
    deleteEndpoint(request) {
      endpoints.get(request.NetworkID)?.delete(request.EndpointID);
      return inner.deleteEndpoint(request);
    },
    async deleteNetwork(request) {
      if (endpoints.get(request.NetworkID)?.size !== 0) refuse('the network is unknown or in use');
      endpoints.delete(request.NetworkID);
      return inner.deleteNetwork(request);
    },
  };
}

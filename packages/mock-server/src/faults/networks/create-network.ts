import type { CreateNetworkRequest, FaultId } from '@opencnm/spec';
import { containsCidr } from 'cidr-tools';
import { isNotAscii } from '../endpoints/create-endpoint-options.js';
import type { Fault } from '../fault.js';
import { instead, json, jsonOf } from '../wire-faults.js';
import { at, creating, driver, refuse } from './network-fault.js';

/** Faults of making networks. */
export const createNetworkFaults = {
  'network-driver.create-network.accepted#refuses-ipv4-only': creating(
    ({ IPv6Data }) => IPv6Data?.length === 0,
    'an IPv6 subnet is needed',
  ),
  'network-driver.create-network.further#refuses-second': driver((inner) => {
    const live = new Set<string>();
    return {
      async createNetwork(request) {
        if (live.size > 0) refuse('one network is enough');
        const answer = await inner.createNetwork(request);
        live.add(request.NetworkID);
        return answer;
      },
      deleteNetwork(request) {
        live.delete(request.NetworkID);
        return inner.deleteNetwork(request);
      },
    };
  }),
  'network-driver.create-network.further#refuses-second-dual': driver((inner) => {
    const dual = new Set<string>();
    return {
      async createNetwork(request) {
        const isDual = (request.IPv6Data ?? []).length > 0;
        if (isDual && dual.size > 0) refuse('IPv6 is in use by another network');
        const answer = await inner.createNetwork(request);
        if (isDual) dual.add(request.NetworkID);
        return answer;
      },
      deleteNetwork: (request) => {
        dual.delete(request.NetworkID);
        return inner.deleteNetwork(request);
      },
    };
  }),
  'network-driver.create-network.swarm-ids#hex-only': creating(
    ({ NetworkID }) => !/^[0-9a-f]{64}$/.test(NetworkID),
    'the network id is not hexadecimal',
  ),
  'network-driver.create-network.opaque-id#loses-short-ids': driver((inner) => ({
    async createEndpoint(request) {
      const answer = await inner.createEndpoint(request);
      if (request.NetworkID.length === 25) await inner.deleteNetwork(request);
      return answer;
    },
  })),
  'network-driver.create-network.null-ipv6#refuses-null': creating(
    ({ IPv6Data }) => IPv6Data === null,
    'IPv6Data must be a list',
  ),
  'network-driver.create-network.no-gateway#wants-gateway': creating(
    ({ IPv4Data }) => (IPv4Data ?? []).some(({ Gateway }) => !Gateway),
    'a gateway is needed',
  ),
  'network-driver.create-network.null-ipam#closes-on-null': instead(
    (request) =>
      request.path === at('CreateNetwork') &&
      (jsonOf(request) as CreateNetworkRequest | undefined)?.IPv4Data?.[0]?.Pool === '0.0.0.0/0',
    'close',
  ),
  'network-driver.create-network.several-subnets#closes-on-two': instead(
    (request) =>
      request.path === at('CreateNetwork') &&
      ((jsonOf(request) as CreateNetworkRequest | undefined)?.IPv4Data?.length ?? 0) > 1,
    'close',
  ),
  'network-driver.create-network.several-subnets#drops-second': outOf((pools) => pools.slice(0, 1)),
  'network-driver.create-network.several-subnets#drops-first': outOf((pools) => pools.slice(-1)),
  'network-driver.create-network.aux-addresses#ascii-only': creating(
    ({ IPv4Data }) => isNotAscii(IPv4Data),
    'the names cannot be encoded',
  ),
  'network-driver.create-network.aux-addresses#wants-plain': creating(
    ({ IPv4Data }) => Object.values(IPv4Data?.[0]?.AuxAddresses ?? {}).some((address) => address.includes('/')),
    'AuxAddresses must be plain addresses',
  ),
  'network-driver.create-network.aux-addresses#refuses-empty-map': creating(
    ({ IPv4Data }) => Object.keys(IPv4Data?.[0]?.AuxAddresses ?? { none: '' }).length === 0,
    'AuxAddresses must not be empty',
  ),
  'network-driver.create-network.missing-options#wants-enable-ipv4': creating(
    ({ Options }) => Options?.['com.docker.network.enable_ipv4'] === undefined,
    'enable_ipv4 is missing',
  ),
  'network-driver.create-network.missing-options#wants-internal': creating(
    ({ Options }) => Options?.['com.docker.network.internal'] === undefined,
    'internal is missing',
  ),
  'network-driver.create-network.internal-false#by-presence': driver((inner) => {
    const key = 'com.docker.network.internal';
    return {
      createNetwork: (request) => {
        const isInternal = request.Options?.[key] !== undefined;
        return inner.createNetwork({
          ...request,
          Options: { ...request.Options, ...(isInternal ? { [key]: true } : {}) },
        });
      },
    };
  }),
  'network-driver.create-network.enable-ipv4#refuses': creating(
    ({ Options }) => Options?.['com.docker.network.enable_ipv4'] !== undefined,
    'enable_ipv4 is not supported',
  ),
  'network-driver.create-network.unknown-option#nameless': creating(
    ({ Options }) =>
      Object.keys(Options?.['com.docker.network.generic'] ?? {}).some((key) => key.startsWith('opencnm.')),
    'invalid argument',
  ),
  'network-driver.create-network.unknown-option#ascii-only': creating(
    ({ Options }) => isNotAscii(Options),
    'the options cannot be encoded',
  ),
  'network-driver.create-network.fails-clean#keeps-id': {
    transport: (inner) => {
      const spoilt = new Set<unknown>();
      return async (request) => {
        const id = request.path === at('CreateNetwork') ? jsonOf(request)?.['NetworkID'] : undefined;
        if (id !== undefined && spoilt.has(id)) return json(500, { Err: 'the network exists already' });
        const answer = await inner(request);
        if (id !== undefined && answer !== 'close' && answer.status === 400) spoilt.add(id);
        return answer;
      };
    },
  },
  'network-driver.create-network.duplicate#drops-endpoints': driver((inner) => {
    const requests = new Map<string, CreateNetworkRequest>();
    return {
      async createNetwork(request) {
        if (!requests.has(request.NetworkID)) {
          requests.set(request.NetworkID, request);
          return inner.createNetwork(request);
        }
        await inner.deleteNetwork(request);
        await inner.createNetwork(requests.get(request.NetworkID) ?? request);
        return refuse('the network exists already');
      },
      async deleteNetwork(request) {
        requests.delete(request.NetworkID);
        return inner.deleteNetwork(request);
      },
    };
  }),
  'network-driver.create-network.isolated#delete-takes-all': driver((inner) => {
    const requests = new Map<string, CreateNetworkRequest>();
    return {
      createNetwork: (request) => {
        requests.set(request.NetworkID, request);
        return inner.createNetwork(request);
      },
      async deleteNetwork(request) {
        requests.delete(request.NetworkID);
        for (const [id, made] of requests) {
          await inner.deleteNetwork({ NetworkID: id });
          await inner.createNetwork(made);
        }
        return inner.deleteNetwork(request);
      },
    };
  }),
  'network-driver.create-network.isolated#delete-empties-newest': emptyingNewest(() => true),
  'network-driver.create-network.isolated#full-delete-empties-newest': emptyingNewest((endpoints) => endpoints > 0),
  'network-driver.create-network.isolated#internal-for-all': driver((inner) => {
    const key = 'com.docker.network.internal';
    let isInternal = false;
    return {
      createNetwork: (request) => {
        isInternal ||= request.Options?.[key] === true;
        return inner.createNetwork({ ...request, Options: { ...request.Options, [key]: isInternal } });
      },
    };
  }),
  'network-driver.create-network.isolated#internal-after-delete': driver((inner) => {
    const key = 'com.docker.network.internal';
    const internal = new Set<string>();
    let isInternal = false;
    return {
      createNetwork: (request) => {
        const Options = { ...request.Options, ...(isInternal ? { [key]: true } : {}) };
        if (request.Options?.[key] === true) internal.add(request.NetworkID);
        isInternal = false;
        return inner.createNetwork({ ...request, Options });
      },
      deleteNetwork: (request) => {
        isInternal = internal.delete(request.NetworkID);
        return inner.deleteNetwork(request);
      },
    };
  }),
  'network-driver.create-network.isolated#internal-after-question': driver((inner) => {
    const key = 'com.docker.network.internal';
    let isInternal = false;
    return {
      gwAllocCheck: async (request) => {
        isInternal = request.Options?.[key] === true;
        return inner.gwAllocCheck(request);
      },
      createNetwork: (request) => {
        const Options = { ...request.Options, ...(isInternal ? { [key]: true } : {}) };
        isInternal = false;
        return inner.createNetwork({ ...request, Options });
      },
    };
  }),
  'network-driver.create-network.isolated#eight-at-most': driver((inner) => {
    const live = new Set<string>();
    return {
      async createNetwork(request) {
        const answer = await inner.createNetwork(request);
        live.add(request.NetworkID);
        const [oldest] = live;
        if (live.size > 8 && oldest) {
          await inner.deleteNetwork({ NetworkID: oldest });
          live.delete(oldest);
        }
        return answer;
      },
      deleteNetwork: async (request) => (live.delete(request.NetworkID) ? inner.deleteNetwork(request) : {}),
    };
  }),
  'network-driver.create-network.isolated#by-length': driver((inner) => {
    const short = <R extends { readonly NetworkID: string }>(request: R): R => ({
      ...request,
      NetworkID: String(request.NetworkID.length),
    });
    const known = new Set<string>();
    return {
      createNetwork: async (request) => {
        if (known.has(short(request).NetworkID)) return {};
        known.add(short(request).NetworkID);
        return inner.createNetwork(short(request));
      },
      deleteNetwork: async (request) => {
        known.delete(short(request).NetworkID);
        return inner.deleteNetwork(short(request));
      },
      createEndpoint: (request) => inner.createEndpoint(short(request)),
      deleteEndpoint: (request) => inner.deleteEndpoint(short(request)),
      endpointOperInfo: (request) => inner.endpointOperInfo(short(request)),
      join: (request) => inner.join(short(request)),
      leave: (request) => inner.leave(short(request)),
    };
  }),
  'network-driver.create-network.allocated-options#refuses-own-options': creating(
    ({ Options }) => Options?.['com.docker.network.generic']?.['opencnm.allocation'] !== undefined,
    'the option is reserved',
  ),
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** Refuses endpoints of networks with several subnets that have an address outside those that are kept. */
function outOf(kept: (pools: readonly string[]) => readonly string[]): Fault {
  return driver((inner) => {
    const pools = new Map<string, readonly string[]>();
    return {
      createNetwork: (request) => {
        pools.set(
          request.NetworkID,
          (request.IPv4Data ?? []).map(({ Pool = '' }) => Pool),
        );
        return inner.createNetwork(request);
      },
      async createEndpoint(request) {
        const all = pools.get(request.NetworkID) ?? [];
        const address = request.Interface?.Address ?? '';
        if (all.length > 1 && address && !kept(all).some((pool) => containsCidr(pool, address)))
          refuse('the address is in no pool of the network');
        return inner.createEndpoint(request);
      },
    };
  });
}

/** Removes the endpoints of the newest network when one with so many endpoints is deleted. */
function emptyingNewest(applies: (endpoints: number) => boolean): Fault {
  return driver((inner) => {
    const requests = new Map<string, CreateNetworkRequest>();
    const endpoints = new Map<string, string>();
    return {
      createNetwork: (request) => {
        requests.set(request.NetworkID, request);
        return inner.createNetwork(request);
      },
      createEndpoint: (request, context) => {
        endpoints.set(request.EndpointID, request.NetworkID);
        return inner.createEndpoint(request, context);
      },
      deleteEndpoint: (request) => {
        endpoints.delete(request.EndpointID);
        return inner.deleteEndpoint(request);
      },
      async deleteNetwork(request) {
        requests.delete(request.NetworkID);
        const newest = [...requests.values()].at(-1);
        const count = [...endpoints.values()].filter((id) => id === request.NetworkID).length;
        if (newest && applies(count)) {
          await inner.deleteNetwork(newest);
          await inner.createNetwork(newest);
        }
        return inner.deleteNetwork(request);
      },
    };
  });
}

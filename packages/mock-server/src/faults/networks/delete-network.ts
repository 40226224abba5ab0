import type { CreateNetworkRequest, FaultId } from '@opencnm/spec';
import { keepingPorts } from '../endpoints/keeping-ports.js';
import type { Fault } from '../fault.js';
import { jsonOf, untilGone } from '../wire-faults.js';
import { at, driver, refuse } from './network-fault.js';

/** Faults of removing networks. */
export const deleteNetworkFaults = {
  'network-driver.delete-network.succeeds#refused': driver(() => ({ deleteNetwork: async () => refuse('in use') })),
  'network-driver.delete-network.succeeds#keeps-after-endpoints': driver((inner) => {
    const used = new Set<string>();
    return {
      createEndpoint: (request) => {
        used.add(request.NetworkID);
        return inner.createEndpoint(request);
      },
      deleteNetwork: async (request) =>
        used.has(request.NetworkID) ? refuse('the network has endpoints') : inner.deleteNetwork(request),
    };
  }),
  'network-driver.delete-network.succeeds#keeps-subnet': keepingSubnets(({ IPv4Data }) => IPv4Data),
  'network-driver.delete-network.succeeds#keeps-subnet6': keepingSubnets(({ IPv6Data }) => IPv6Data),
  'network-driver.delete-network.repeatable#hangs-on-unknown': hangsOnUnknown(0),
  'network-driver.delete-network.repeatable#hangs-second-time': hangsOnUnknown(1),
  'network-driver.delete-network.frees-id#keeps-tombstone': driver((inner) => {
    const gone = new Set<string>();
    return {
      deleteNetwork: (request) => {
        gone.add(request.NetworkID);
        return inner.deleteNetwork(request);
      },
      createNetwork: async (request) =>
        gone.has(request.NetworkID) ? refuse('the id was used before') : inner.createNetwork(request),
    };
  }),
  'network-driver.delete-network.frees-id#recreated-without-endpoints': driver((inner) => {
    const gone = new Set<string>();
    return {
      deleteNetwork: (request) => {
        gone.add(request.NetworkID);
        return inner.deleteNetwork(request);
      },
      createEndpoint: async (request) =>
        gone.has(request.NetworkID) ? refuse('the network is gone') : inner.createEndpoint(request),
    };
  }),
  'network-driver.delete-network.with-endpoints#keeps-ports': keepingPorts('deleteNetwork'),
  'network-driver.delete-network.with-endpoints#endpoint-hangs': {
    transport: (inner) => {
      const gone = new Set<unknown>();
      return async (request) => {
        const id = jsonOf(request)?.['NetworkID'];
        if (request.path === at('DeleteEndpoint') && gone.has(id)) return 'close';
        if (request.path === at('DeleteNetwork')) gone.add(id);
        return inner(request);
      };
    },
  },
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** Keeps the subnets of one family for the first network that had them. */
function keepingSubnets(dataOf: (request: CreateNetworkRequest) => CreateNetworkRequest['IPv4Data']): Fault {
  return driver((inner) => {
    const owners = new Map<string, string>();
    return {
      async createNetwork(request) {
        const pools = (dataOf(request) ?? []).map(({ Pool = '' }) => Pool);
        const taken = pools.find((pool) => (owners.get(pool) ?? request.NetworkID) !== request.NetworkID);
        if (taken) refuse(`${taken} belongs to another network`);
        const answer = await inner.createNetwork(request);
        for (const pool of pools) owners.set(pool, request.NetworkID);
        return answer;
      },
    };
  });
}

/** Closes the connection on networks that were deleted so many times before, or never made. */
function hangsOnUnknown(after: 0 | 1): Fault {
  return {
    transport: (inner) => {
      const live = new Set<unknown>();
      const gone = new Set<unknown>();
      return async (request) => {
        const id = jsonOf(request)?.['NetworkID'];
        if (request.path === at('CreateNetwork')) live.add(id);
        if (request.path === at('DeleteNetwork') && !live.delete(id)) {
          if (after === 0 || gone.has(id)) return untilGone(request);
        } else if (request.path === at('DeleteNetwork')) gone.add(id);
        return inner(request);
      };
    },
  };
}

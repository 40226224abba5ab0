import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { instead, json, jsonOf, onSuccess, untilGone } from '../wire-faults.js';
import { at, driver, refuse } from './network-fault.js';

/** Faults of cluster allocation. */
export const allocationFaults = {
  'network-driver.allocate-network.served-when-global#global-without': {
    ...instead(({ path }) => path === at('AllocateNetwork'), json(404, { Err: 'not implemented' })),
  },
  'network-driver.allocate-network.shape#numbers': onSuccess(at('AllocateNetwork'), () =>
    json(200, { Options: { vxlan: 4097 } }),
  ),
  'network-driver.allocate-network.repeatable#new-options': driver(() => {
    let count = 0;
    return { allocateNetwork: async () => ({ Options: { 'opencnm.allocation': String(++count) } }) };
  }),
  'network-driver.allocate-network.repeatable#refuses-second': driver((inner) => {
    const known = new Set<string>();
    return {
      async allocateNetwork(request) {
        if (known.has(request.NetworkID)) return refuse('allocated already');
        known.add(request.NetworkID);
        return inner.allocateNetwork(request);
      },
    };
  }),
  'network-driver.allocate-network.null-ipv6#refuses-null': driver((inner) => ({
    allocateNetwork: async (request) =>
      request.IPv6Data === null ? refuse('IPv6Data must be a list') : inner.allocateNetwork(request),
  })),
  'network-driver.free-network.succeeds#refused': driver(() => ({ freeNetwork: async () => refuse('in use') })),
  'network-driver.free-network.repeatable#hangs-on-unknown': {
    transport: (inner) => {
      const known = new Set<unknown>();
      return async (request) => {
        const id = jsonOf(request)?.['NetworkID'];
        if (request.path === at('AllocateNetwork')) known.add(id);
        if (request.path === at('FreeNetwork') && !known.delete(id)) return untilGone(request);
        return inner(request);
      };
    },
  },
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

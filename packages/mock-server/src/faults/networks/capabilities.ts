import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { instead, json, onSuccess } from '../wire-faults.js';
import { at, driver, refuse } from './network-fault.js';

/** Faults of capabilities, gateways and discovery. */
export const capabilityFaults = {
  'network-driver.get-capabilities.scope#missing': onSuccess(at('GetCapabilities'), () =>
    json(200, { ConnectivityScope: 'local' }),
  ),
  'network-driver.get-capabilities.scope#upper-case': onSuccess(at('GetCapabilities'), () =>
    json(200, { Scope: 'Local' }),
  ),
  'network-driver.get-capabilities.scope#null-answer': onSuccess(at('GetCapabilities'), () => json(200, null)),
  'network-driver.get-capabilities.connectivity-scope#cluster': onSuccess(at('GetCapabilities'), () =>
    json(200, { Scope: 'local', ConnectivityScope: 'cluster' }),
  ),
  'network-driver.get-capabilities.repeatable#fails-second-time': driver((inner) => {
    let count = 0;
    return { getCapabilities: async () => (++count % 2 === 0 ? refuse('asked already') : inner.getCapabilities()) };
  }),
  'network-driver.get-capabilities.repeatable#changes-after-network': driver((inner) => {
    let networks = 0;
    return {
      createNetwork: (request) => {
        networks++;
        return inner.createNetwork(request);
      },
      getCapabilities: async () => ({
        ...(await inner.getCapabilities()),
        ...(networks > 0 ? { Scope: 'global' as const } : {}),
      }),
    };
  }),
  'network-driver.get-capabilities.repeatable#changes-with-endpoint': driver((inner) => {
    const endpoints = new Set<string>();
    return {
      createEndpoint: (request) => {
        endpoints.add(request.EndpointID);
        return inner.createEndpoint(request);
      },
      deleteEndpoint: (request) => {
        endpoints.delete(request.EndpointID);
        return inner.deleteEndpoint(request);
      },
      getCapabilities: async () => ({
        ...(await inner.getCapabilities()),
        ...(endpoints.size > 0 ? { ConnectivityScope: 'global' as const } : {}),
      }),
    };
  }),
  'network-driver.get-capabilities.first-call#not-ready': {
    transport: (inner) => {
      let isFresh = true;
      return async (request) => {
        if (request.path === '/Plugin.Activate') isFresh = true;
        if (request.path !== at('GetCapabilities') || !isFresh) return inner(request);
        isFresh = false;
        return json(500, { Err: 'not ready' });
      };
    },
  },
  'network-driver.gw-alloc-check.served#missing': instead(
    ({ path }) => path === at('GwAllocCheck'),
    json(404, { Err: 'not implemented' }),
  ),
  'network-driver.gw-alloc-check.booleans#text': onSuccess(at('GwAllocCheck'), () => json(200, { SkipIPv4: 'false' })),
  'network-driver.gw-alloc-check.pure#alternates': driver(() => {
    let count = 0;
    return { gwAllocCheck: async () => ({ SkipIPv4: ++count % 2 === 0, SkipIPv6: false }) };
  }),
  'network-driver.discover-new.answered#closes-on-leave': instead(({ path }) => path === at('DiscoverDelete'), 'close'),
  'network-driver.discover-new.unknown-type#refuses-type': driver((inner) => ({
    discoverNew: async (request) =>
      request.DiscoveryType === 1 ? inner.discoverNew(request) : refuse('unknown discovery type'),
  })),
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

import type { CreateEndpointRequest, EndpointOperInfoResponse, NetworkDriver } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { json, onSuccess } from '../wire-faults.js';
import { clashes, endpointFault, hanging, refusing } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';
import type { Ids, SeenEndpoint, SeenEndpoints } from './seen-endpoints.js';

const info = '/NetworkDriver.EndpointOperInfo';

/** Faults of EndpointOperInfo and DeleteEndpoint. */
export const endpointLifeFaults = {
  'network-driver.endpoint-oper-info.shape#text': onSuccess(info, () => json(200, { Value: 'up' })),
  'network-driver.endpoint-oper-info.shape#list': onSuccess(info, () => json(200, { Value: [] })),
  'network-driver.endpoint-oper-info.shape#refused': refusing(
    'endpointOperInfo',
    (ids, seen) => seen.live(ids)?.isJoined === true,
    'no information',
  ),
  'network-driver.endpoint-oper-info.unknown#invents': describing((ids, seen) => !seen.live(ids) && !seen.gone(ids)),
  'network-driver.endpoint-oper-info.unknown#remembers': describing((ids, seen) => !seen.live(ids) && !!seen.gone(ids)),
  'network-driver.endpoint-oper-info.unknown#comes-back': endpointFault((inner, seen) => {
    const kept = new Map<string, readonly CreateEndpointRequest[]>();
    return {
      deleteNetwork: (request) => {
        const live = seen.allLive().map((endpoint) => endpoint.request);
        kept.set(
          request.NetworkID,
          live.filter(({ NetworkID }) => NetworkID === request.NetworkID),
        );
        return inner.deleteNetwork(request);
      },
      async createNetwork(request) {
        const answer = await inner.createNetwork(request);
        for (const endpoint of kept.get(request.NetworkID) ?? []) await inner.createEndpoint(endpoint);
        return answer;
      },
    };
  }),
  'network-driver.endpoint-oper-info.any-state#before-join': refusing(
    'endpointOperInfo',
    (ids, seen) => seen.live(ids)?.joins === 0,
    'the endpoint is not connected',
  ),
  'network-driver.endpoint-oper-info.any-state#after-leave': refusing(
    'endpointOperInfo',
    (ids, seen) => (seen.live(ids)?.leaves ?? 0) > 0,
    'the endpoint is not connected',
  ),
  'network-driver.delete-endpoint.succeeds#wants-join': refusing(
    'deleteEndpoint',
    (ids, seen) => seen.live(ids)?.joins === 0,
    'the endpoint never joined',
  ),
  'network-driver.delete-endpoint.succeeds#refuses-supplied': refusing(
    'deleteEndpoint',
    (ids, seen) => seen.live(ids)?.isSupplied === true,
    'the address is not the engine’s',
  ),
  'network-driver.delete-endpoint.succeeds#refuses-ipv6': refusing(
    'deleteEndpoint',
    (ids, seen) => (seen.live(ids)?.has.AddressIPv6 ?? '') !== '',
    'the neighbour entry is in use',
  ),
  'network-driver.delete-endpoint.without-leave#refuses-joined': refusing(
    'deleteEndpoint',
    (ids, seen) => seen.live(ids)?.isJoined === true,
    'the endpoint is in use',
  ),
  'network-driver.delete-endpoint.without-leave#keeps-address': keepingOf('Address', ({ isJoined }) => isJoined),
  'network-driver.delete-endpoint.repeatable#hangs-second-time': hanging(
    'DeleteEndpoint',
    (ids, seen) => !seen.live(ids) && !!seen.gone(ids),
  ),
  'network-driver.delete-endpoint.repeatable#takes-another': endpointFault((inner, seen) => ({
    async deleteEndpoint(request) {
      if (seen.live(request)) return inner.deleteEndpoint(request);
      const other = seen.allLive().findLast((endpoint) => endpoint.request.NetworkID === request.NetworkID);
      return inner.deleteEndpoint(other?.request ?? request);
    },
  })),
  'network-driver.delete-endpoint.frees#keeps-address': keepingOf('Address'),
  'network-driver.delete-endpoint.frees#keeps-address6': keepingOf('AddressIPv6'),
  'network-driver.delete-endpoint.frees#keeps-mac': keepingOf('MacAddress'),
} satisfies EndpointFaults;

/** Tells facts about endpoints that are not there. */
function describing(applies: (ids: Ids, seen: SeenEndpoints) => boolean): Fault {
  return endpointFault(
    (inner, seen): Partial<NetworkDriver> => ({
      endpointOperInfo: async (ids): Promise<EndpointOperInfoResponse> =>
        applies(ids, seen) ? { Value: { state: 'up' } } : inner.endpointOperInfo(ids),
    }),
  );
}

/** Refuses endpoints with a value of a deleted one. */
export function keepingOf(
  member: 'Address' | 'AddressIPv6' | 'MacAddress',
  applies: (endpoint: SeenEndpoint) => boolean = () => true,
): Fault {
  return refusing(
    'createEndpoint',
    (request, seen) => clashes(request, member, seen.allGone().filter(applies)),
    'the address is taken',
  );
}

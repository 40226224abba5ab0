import { setTimeout as delay } from 'node:timers/promises';
import type { CreateEndpointRequest, CreateNetworkRequest, JoinResponse } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { json, jsonOf } from '../wire-faults.js';
import { accepting, closing, endpointFault, oneAtATime, refuse, refusing } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';
import type { SeenEndpoints } from './seen-endpoints.js';

/** Faults of CreateEndpoint, apart from its options and answers. */
export const createEndpointFaults = {
  'network-driver.create-endpoint.unknown-network#accepts-unknown': accepting(
    'createEndpoint',
    ({ NetworkID }, { networks }) => !networks.has(NetworkID),
  ),
  'network-driver.create-endpoint.unknown-network#accepts-deleted': endpointFault((inner) => {
    const gone = new Set<string>();
    return {
      deleteNetwork: (request) => {
        gone.add(request.NetworkID);
        return inner.deleteNetwork(request);
      },
      createEndpoint: async (request) => (gone.has(request.NetworkID) ? {} : inner.createEndpoint(request)),
    };
  }),
  'network-driver.create-endpoint.dual-stack#closes-network': closing('CreateNetwork', isDual),
  'network-driver.create-endpoint.dual-stack#refuses-endpoint': refusing(
    'createEndpoint',
    ({ Interface }) => !!Interface?.Address && !!Interface.AddressIPv6,
    'one address is enough',
  ),
  'network-driver.create-endpoint.dual-stack#refuses-join': refusing('join', (ids, seen) => {
    const has = seen.live(ids)?.has;
    return !!has?.Address && !!has.AddressIPv6;
  }),
  'network-driver.create-endpoint.ipv6-only#closes-network': closing(
    'CreateNetwork',
    ({ IPv4Data }: CreateNetworkRequest) => (IPv4Data ?? []).length === 0,
  ),
  'network-driver.create-endpoint.ipv6-only#refuses-endpoint': refusing(
    'createEndpoint',
    ({ NetworkID, Interface }, { networks }) => networks.get(NetworkID)?.IPv4Data?.length === 0 && !Interface?.Address,
    'an IPv4 address is needed',
  ),
  'network-driver.create-endpoint.ipv6-only#closes-join': closing('Join', (ids, seen) => {
    const has = seen.live(ids)?.has;
    return !has?.Address && !!has?.AddressIPv6;
  }),
  'network-driver.create-endpoint.same-id#keeps-id': keeping(({ EndpointID }) => EndpointID),
  'network-driver.create-endpoint.fails-clean#keeps-address': keeping(({ Interface }) => Interface?.Address ?? ''),
  'network-driver.create-endpoint.fails-clean#keeps-mac': keeping(({ Interface }) => Interface?.MacAddress ?? ''),
  'network-driver.create-endpoint.duplicate#drops-first': droppingOnDuplicate(() => true),
  'network-driver.create-endpoint.duplicate#drops-joined': droppingOnDuplicate(
    (request, seen) => seen.live(request)?.isJoined === true,
  ),
  'network-driver.create-endpoint.parallel#busy-create': oneAtATime('createEndpoint'),
  'network-driver.create-endpoint.parallel#busy-join': oneAtATime('join'),
  'network-driver.create-endpoint.parallel#busy-leave': oneAtATime('leave'),
  'network-driver.create-endpoint.parallel#busy-delete': oneAtATime('deleteEndpoint'),
  'network-driver.create-endpoint.parallel#shared-link': endpointFault((inner) => {
    let underWay: Promise<JoinResponse> | undefined;
    return {
      async join(request) {
        const own = await inner.join(request);
        underWay ??= delay(20, own);
        const { InterfaceName } = await underWay;
        underWay = undefined;
        return { ...own, ...(InterfaceName ? { InterfaceName } : {}) };
      },
    };
  }),
} satisfies EndpointFaults;

function isDual({ IPv4Data, IPv6Data }: CreateNetworkRequest): boolean {
  return (IPv4Data ?? []).length > 0 && (IPv6Data ?? []).length > 0;
}

/** Refuses what a refused CreateEndpoint had. */
function keeping(kept: (request: CreateEndpointRequest) => string): Fault {
  return {
    transport: (inner) => {
      const taken = new Set<string>();
      return async (request) => {
        const input = request.path === '/NetworkDriver.CreateEndpoint' ? jsonOf(request) : undefined;
        if (!input) return inner(request);
        const value = kept(input as unknown as CreateEndpointRequest);
        if (value !== '' && taken.has(value)) return json(500, { Err: `${value} is taken` });
        const answer = await inner(request);
        if (answer !== 'close' && answer.status !== 200) taken.add(value);
        return answer;
      };
    },
  };
}

/** Refuses a second CreateEndpoint, and removes the endpoint. */
function droppingOnDuplicate(applies: (request: CreateEndpointRequest, seen: SeenEndpoints) => boolean): Fault {
  return endpointFault((inner, seen) => ({
    async createEndpoint(request) {
      if (!seen.live(request) || !applies(request, seen)) return inner.createEndpoint(request);
      await inner.deleteEndpoint(request);
      return refuse('the endpoint exists already');
    },
  }));
}

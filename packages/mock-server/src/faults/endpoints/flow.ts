import type { CreateNetworkRequest } from '@opencnm/spec';
import { portKeys } from '../../network/network-state.js';
import type { Fault } from '../fault.js';
import { bodyOf, json, jsonOf } from '../wire-faults.js';
import { clashes, endpointFault, refuse, refusing } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';
import { keepingOf } from './endpoint-life.js';

/** Faults that show only over several calls. */
export const flowFaults = {
  'network-driver.flow.canonical#programmed-stays': refusing(
    'deleteEndpoint',
    (ids, seen) => (seen.live(ids)?.programs ?? 0) > 0,
    'the endpoint has connectivity',
  ),
  'network-driver.leave.succeeds#refused-after-info': refusing(
    'leave',
    (ids, seen) => seen.live(ids)?.isJoined === true && (seen.live(ids)?.infos ?? 0) > 0,
    'the endpoint is in use',
  ),
  'network-driver.flow.canonical#network-stays': refusing(
    'deleteNetwork',
    ({ NetworkID }, seen) =>
      seen.allGone().some(({ request, leaves }) => request.NetworkID === NetworkID && leaves > 0),
    'the network is in use',
  ),
  'network-driver.flow.delete-order#asks-pool': {
    transport: (inner) => {
      const pools = new Map<unknown, unknown>();
      const released = new Set<unknown>();
      const networks = new Map<unknown, unknown>();
      return async (request) => {
        const input = jsonOf(request);
        if (request.path === '/NetworkDriver.DeleteNetwork' && released.has(networks.get(input?.['NetworkID'])))
          return json(500, { Err: 'the pool of the network does not exist' });
        const answer = await inner(request);
        if (answer === 'close' || answer.status !== 200) return answer;
        if (request.path === '/IpamDriver.RequestPool') {
          const { PoolID, Pool } = JSON.parse(bodyOf(answer));
          pools.set(PoolID, Pool);
          released.delete(Pool);
        }
        if (request.path === '/IpamDriver.ReleasePool') released.add(pools.get(input?.['PoolID']));
        if (request.path === '/NetworkDriver.CreateNetwork')
          networks.set(input?.['NetworkID'], (input as unknown as CreateNetworkRequest).IPv4Data?.[0]?.Pool);
        return answer;
      };
    },
  },
  'network-driver.flow.rollback#after-create': keepingOf('Address', ({ joins }) => joins === 0),
  'network-driver.flow.rollback#after-join': refusing(
    'join',
    (ids, seen) => {
      const request = seen.live(ids)?.request;
      return (
        !!request &&
        clashes(
          request,
          'Address',
          seen.allGone().filter(({ isJoined }) => isJoined),
        )
      );
    },
    'the link exists already',
  ),
  'network-driver.flow.rollback#after-two-leaves': keepingOf('Address', ({ leaves }) => leaves > 1),
  'network-driver.flow.restart#address-of-first': keepingOf('Address', ({ joins }) => joins > 0),
  'network-driver.flow.restart#mac-of-first': keepingOf('MacAddress', ({ joins }) => joins > 0),
  'network-driver.flow.restart#port-of-first': endpointFault((inner) => {
    const owners = new Map<string, string>();
    return {
      async createEndpoint(request, context) {
        const ports = portKeys(request.Options?.['com.docker.network.portmap']);
        const taken = ports.find((port) => (owners.get(port) ?? request.EndpointID) !== request.EndpointID);
        if (taken) refuse(`host port ${taken.split('/').at(-1)} is taken`);
        for (const port of ports) owners.set(port, request.EndpointID);
        return inner.createEndpoint(request, context);
      },
    };
  }),
  'network-driver.flow.restart#joins-once': refusing(
    'join',
    (ids, seen) => {
      const request = seen.live(ids)?.request;
      return (
        !!request &&
        clashes(
          request,
          'Address',
          seen.allGone().filter(({ leaves }) => leaves > 0),
        )
      );
    },
    'the lease belongs to another endpoint',
  ),
  'network-driver.flow.crash-leak#address-taken': refusing(
    'createEndpoint',
    (request, seen) => clashes(request, 'Address', seen.allLive()),
    'the address is in use',
  ),
  'network-driver.flow.crash-leak#mac-taken': refusing(
    'createEndpoint',
    (request, seen) => clashes(request, 'MacAddress', seen.allLive()),
    'the MAC address is in use',
  ),
  'network-driver.flow.crash-leak#join-taken': refusing(
    'join',
    (ids, seen) => {
      const request = seen.live(ids)?.request;
      return (
        !!request &&
        clashes(
          request,
          'Address',
          seen.allLive().filter(({ isJoined }) => isJoined),
        )
      );
    },
    'the address is in use',
  ),
  'network-driver.flow.soak#runs-out': counting('createEndpoint', 'no number is left'),
  'network-driver.flow.soak#links-run-out': counting('join', 'no link is left'),
} satisfies EndpointFaults;

/** Refuses a call after it succeeded 200 times. */
function counting(method: 'createEndpoint' | 'join', message: string): Fault {
  return endpointFault((inner) => {
    let count = 0;
    return method === 'join'
      ? { join: async (request) => (++count > 200 ? refuse(message) : inner.join(request)) }
      : { createEndpoint: async (request) => (++count > 200 ? refuse(message) : inner.createEndpoint(request)) };
  });
}

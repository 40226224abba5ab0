import { existsSync } from 'node:fs';
import type { JoinResponse } from '@opencnm/spec';
import { accepting, closing, editJoined, endpointFault, hanging, refuse, refusing } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';
import type { Ids, SeenEndpoints } from './seen-endpoints.js';

const portMap = 'com.docker.network.portmap';
const isJoined = (ids: Ids, seen: SeenEndpoints) => seen.live(ids)?.isJoined === true;
const neverJoined = (ids: Ids, seen: SeenEndpoints) => seen.live(ids)?.joins === 0;

/** Faults of which Joins and Leaves are taken, and of what they leave. */
export const joinCallFaults = {
  'network-driver.join.unknown#accepts-unknown': accepting('join', (ids, seen) => !seen.live(ids) && !seen.gone(ids)),
  'network-driver.join.unknown#accepts-deleted': accepting('join', (ids, seen) => !seen.live(ids) && !!seen.gone(ids)),
  'network-driver.join.unknown#accepts-network': accepting(
    'join',
    (ids, seen) => !seen.live(ids) && seen.allLive().some((endpoint) => endpoint.request.EndpointID === ids.EndpointID),
  ),
  'network-driver.join.twice#other-link': endpointFault((inner, seen) => ({
    join: async (request) =>
      isJoined(request, seen) ? { InterfaceName: { SrcName: 'veth0000000', DstPrefix: 'eth' } } : inner.join(request),
  })),
  'network-driver.join.twice#drops': endpointFault((inner, seen) => ({
    async join(request) {
      if (!isJoined(request, seen)) return inner.join(request);
      await inner.deleteEndpoint(request);
      return refuse('the endpoint has joined already');
    },
  })),
  'network-driver.join.rejoin#refused': refusing('join', (ids, seen) => (seen.live(ids)?.joins ?? 0) > 0),
  'network-driver.join.rejoin#other-sandbox': endpointFault((inner) => {
    const keys = new Map<string, string | undefined>();
    return {
      async join(request) {
        const key = keys.get(request.EndpointID) ?? request.SandboxKey;
        keys.set(request.EndpointID, key);
        return key === request.SandboxKey ? inner.join(request) : refuse('the endpoint belongs to another sandbox');
      },
    };
  }),
  'network-driver.join.rejoin#no-link': editJoined(({ endpoint, answer: { InterfaceName: _, ...rest } }) =>
    endpoint.joins > 0 ? rest : undefined,
  ),
  'network-driver.join.options#refuses-null': refusing('join', ({ Options }) => Options === null, 'no options'),
  'network-driver.join.options#wants-portmap': refusing(
    'join',
    ({ Options }) => !!Options && !(portMap in Options),
    `${portMap} is missing`,
  ),
  'network-driver.join.options#refuses-sctp': refusing(
    'join',
    ({ Options }) => (Options?.[portMap] ?? []).some(({ Proto }) => Proto === 132),
    'unknown protocol 132',
  ),
  'network-driver.join.options#wants-host-port': refusing(
    'join',
    ({ Options }) => (Options?.[portMap] ?? []).some(({ HostPort }) => HostPort === 0),
    'the host port is missing',
  ),
  'network-driver.join.one-sandbox#refuses-second': endpointFault((inner) => {
    const sandboxes = new Map<string, string>();
    return {
      async join(request) {
        const { SandboxKey = '', EndpointID } = request;
        if ((sandboxes.get(SandboxKey) ?? EndpointID) !== EndpointID) refuse('the sandbox has an endpoint already');
        const answer = await inner.join(request);
        sandboxes.set(SandboxKey, EndpointID);
        return answer;
      },
    };
  }),
  'network-driver.join.one-sandbox#same-link': endpointFault((inner) => {
    const links = new Map<string, JoinResponse['InterfaceName']>();
    return {
      async join(request) {
        const { InterfaceName = null, ...answer } = await inner.join(request);
        const link = links.get(request.SandboxKey ?? '') ?? InterfaceName;
        links.set(request.SandboxKey ?? '', link);
        return { ...answer, InterfaceName: link };
      },
    };
  }),
  'network-driver.join.sandbox-key#wants-existing': refusing(
    'join',
    ({ SandboxKey = '' }) => !existsSync(SandboxKey),
    'the sandbox does not exist',
  ),
  'network-driver.join.sandbox-key#docker-path-only': refusing(
    'join',
    ({ SandboxKey = '' }) => !SandboxKey.startsWith('/var/run/docker/netns/'),
    'the sandbox is not of Docker',
  ),
  'network-driver.leave.succeeds#refused': refusing('leave', isJoined),
  'network-driver.leave.succeeds#refused-second-time': refusing(
    'leave',
    (ids, seen) => isJoined(ids, seen) && (seen.live(ids)?.leaves ?? 0) > 0,
  ),
  'network-driver.leave.succeeds#refuses-ipv6': refusing(
    'leave',
    (ids, seen) => isJoined(ids, seen) && (seen.live(ids)?.has.AddressIPv6 ?? '') !== '',
  ),
  'network-driver.leave.repeatable#closes-second-time': closing(
    'Leave',
    (ids: Ids, seen) => !isJoined(ids, seen) && (seen.live(ids)?.leaves ?? 0) > 0,
  ),
  'network-driver.leave.keeps-endpoint#second-drops': dropping(
    (ids, seen) => !isJoined(ids, seen) && (seen.live(ids)?.leaves ?? 0) > 0,
  ),
  'network-driver.leave.without-join#closes': closing('Leave', neverJoined),
  'network-driver.leave.keeps-endpoint#unjoined-drops': dropping(neverJoined),
  'network-driver.leave.unknown#hangs-on-unknown': hanging(
    'Leave',
    (ids: Ids, seen) => seen.networks.has(ids.NetworkID) && !seen.live(ids) && !seen.gone(ids),
  ),
  'network-driver.leave.unknown#hangs-on-network': hanging(
    'Leave',
    ({ NetworkID }: Ids, { networks }) => !networks.has(NetworkID),
  ),
} satisfies EndpointFaults;

/** Removes the endpoint at some Leaves. */
function dropping(applies: (ids: Ids, seen: SeenEndpoints) => boolean) {
  return endpointFault((inner, seen) => ({
    async leave(request) {
      if (applies(request, seen)) await inner.deleteEndpoint(request);
      return inner.leave(request);
    },
  }));
}

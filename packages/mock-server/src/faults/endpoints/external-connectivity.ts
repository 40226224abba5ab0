import { CnmError } from '@opencnm/sdk';
import type { NetworkDriver, ProgramExternalConnectivityRequest } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { instead, json } from '../wire-faults.js';
import { closing, endpointFault, refuse, refusing } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';
import { keepingPorts, keepingRefusedPorts, portMap, portsOf } from './keeping-ports.js';
import type { Ids, SeenEndpoints } from './seen-endpoints.js';

const program = 'network-driver.program-external-connectivity';
const notProgrammed = (ids: Ids, seen: SeenEndpoints) => seen.live(ids)?.programs === 0;

/** Faults of ProgramExternalConnectivity and RevokeExternalConnectivity, and of Leave and DeleteEndpoint that should undo them. */
export const externalConnectivityFaults = {
  [`${program}.supported-or-404#status-500` as const]: answering('Program', 500, 'not supported'),
  [`${program}.supported-or-404#error-200` as const]: answering('Program', 200, 'not implemented'),
  [`${program}.supported-or-404#revoke-501` as const]: answering('Revoke', 501, 'not implemented'),
  [`${program}.order#wants-unjoined` as const]: refusing(
    'programExternalConnectivity',
    (ids, seen) => seen.live(ids)?.isJoined === true,
    'the endpoint has joined already',
  ),
  [`${program}.order#revoke-joined` as const]: refusing(
    'revokeExternalConnectivity',
    (ids, seen) => seen.live(ids)?.isJoined === true && !notProgrammed(ids, seen),
    'the endpoint has not left yet',
  ),
  [`${program}.order#leave-revoked` as const]: endpointFault((inner) => {
    const revoked = new Set<string>();
    return {
      revokeExternalConnectivity: (request) => {
        revoked.add(request.EndpointID);
        return inner.revokeExternalConnectivity(request);
      },
      leave: async (request) =>
        revoked.delete(request.EndpointID) ? refuse('the endpoint has no connectivity') : inner.leave(request),
    };
  }),
  [`${program}.order#one-chosen-port` as const]: endpointFault((inner) => {
    let holder: string | undefined;
    return {
      async programExternalConnectivity(request) {
        if (!request.Options?.[portMap]?.some(({ HostPort = 0 }) => HostPort === 0))
          return inner.programExternalConnectivity(request);
        if (holder !== undefined && holder !== request.EndpointID) return refuse('host port 32768 is taken');
        holder = request.EndpointID;
        return inner.programExternalConnectivity(request);
      },
      leave: (request) => {
        if (holder === request.EndpointID) holder = undefined;
        return inner.leave(request);
      },
    };
  }),
  'network-driver.revoke-external-connectivity.without-program#closes': closing(
    'RevokeExternalConnectivity',
    notProgrammed,
  ),
  'network-driver.revoke-external-connectivity.without-program#drops-endpoint': endpointFault((inner, seen) => ({
    async revokeExternalConnectivity(request) {
      if (notProgrammed(request, seen)) await inner.deleteEndpoint(request);
      return inner.revokeExternalConnectivity(request);
    },
  })),
  'network-driver.revoke-external-connectivity.frees-ports#keeps-ports': endpointFault(() => ({
    revokeExternalConnectivity: async () => ({}),
  })),
  'network-driver.leave.revokes#leave-keeps-ports': keepingPorts('leave'),
  'network-driver.leave.revokes#leave-keeps-udp': keepingPorts('leave', (port) => port.startsWith('17/')),
  'network-driver.leave.revokes#delete-keeps-ports': keepingPorts('deleteEndpoint'),
  'network-driver.leave.revokes#counts-programs': keepingPorts('leave', (_, times) => times > 1),
  'network-driver.leave.revokes#refused-stay': keepingRefusedPorts(),
  [`${program}.repeatable#refuses-second` as const]: refusing(
    'programExternalConnectivity',
    (ids, seen) => (seen.live(ids)?.programs ?? 0) > 0,
    'the endpoint has connectivity already',
  ),
  [`${program}.repeatable#conflicts-with-itself` as const]: programming((request, taken) => {
    const own = portsOf(request).find((port) => taken.has(port));
    return own ? `host port ${own.split('/').at(-1)} is taken` : undefined;
  }),
  [`${program}.port-conflict#takes-twice` as const]: onConflict((request, inner) =>
    inner.programExternalConnectivity({ ...request, Options: { ...request.Options, [portMap]: [] } }),
  ),
  [`${program}.port-conflict#nameless` as const]: onConflict(async () => refuse('address already in use')),
  [`${program}.port-conflict#any-protocol` as const]: programming((request, taken) => {
    const numbers = new Set([...taken].map((key) => key.split('/').at(-1)));
    const clash = portsOf(request).find((key) => !taken.has(key) && numbers.has(key.split('/').at(-1)));
    return clash ? `host port ${clash.split('/').at(-1)} is taken` : undefined;
  }),
  [`${program}.port-conflict#after-failure` as const]: endpointFault((inner) => {
    const failed = new Set<string>();
    return {
      async programExternalConnectivity(request) {
        if (failed.has(request.EndpointID)) return {};
        failed.add(request.EndpointID);
        const answer = await inner.programExternalConnectivity(request);
        failed.delete(request.EndpointID);
        return answer;
      },
    };
  }),
} satisfies EndpointFaults;

function answering(call: 'Program' | 'Revoke', status: number, Err: string): Fault {
  return instead(({ path }) => path === `/NetworkDriver.${call}ExternalConnectivity`, json(status, { Err }));
}

/** Refuses programs by the host ports that others were given; `judge` names what is wrong. */
function programming(
  judge: (request: ProgramExternalConnectivityRequest, taken: ReadonlySet<string>) => string | undefined,
): Fault {
  return endpointFault((inner) => {
    const taken = new Set<string>();
    return {
      async programExternalConnectivity(request) {
        const problem = judge(request, taken);
        if (problem) return refuse(problem);
        const answer = await inner.programExternalConnectivity(request);
        for (const port of portsOf(request)) taken.add(port);
        return answer;
      },
    };
  });
}

/** Answers in another way where the driver refuses a host port. */
function onConflict(
  answer: (
    request: ProgramExternalConnectivityRequest,
    inner: NetworkDriver,
  ) => ReturnType<NetworkDriver['programExternalConnectivity']>,
): Fault {
  return endpointFault((inner) => ({
    async programExternalConnectivity(request) {
      try {
        return await inner.programExternalConnectivity(request);
      } catch (error) {
        if (error instanceof CnmError && error.message.startsWith('host port')) return answer(request, inner);
        throw error;
      }
    },
  }));
}

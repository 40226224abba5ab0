import type { ProgramExternalConnectivityRequest } from '@opencnm/spec';
import { portKeys } from '../../network/network-state.js';
import type { Fault } from '../fault.js';
import { endpointFault, refuse } from './endpoint-fault.js';
import type { Ids } from './seen-endpoints.js';

/** The key of published ports. */
export const portMap = 'com.docker.network.portmap';

/** The host ports that a request names, as text. */
export const portsOf = ({ Options }: ProgramExternalConnectivityRequest) => portKeys(Options?.[portMap]);

/** Keeps the host ports of an endpoint after Leave, DeleteEndpoint or DeleteNetwork, or some of them; `times` is how often they were programmed. */
export function keepingPorts(
  method: 'leave' | 'deleteEndpoint' | 'deleteNetwork',
  stays: (port: string, times: number) => boolean = () => true,
): Fault {
  return endpointFault((inner) => {
    const programmed = new Map<string, { request: ProgramExternalConnectivityRequest; times: number }>();
    const kept = new Set<string>();
    const end = (call: typeof method, ids: Partial<Ids>) => {
      for (const [id, { request, times }] of programmed) {
        if (request.NetworkID !== ids.NetworkID || (ids.EndpointID ?? id) !== id) continue;
        if (call === method) for (const port of portsOf(request).filter((each) => stays(each, times))) kept.add(port);
        programmed.delete(id);
      }
    };
    return {
      async programExternalConnectivity(request) {
        const clash = portsOf(request).find((port) => kept.has(port));
        if (clash) return refuse(`host port ${clash.split('/').at(-1)} is taken`);
        const answer = await inner.programExternalConnectivity(request);
        programmed.set(request.EndpointID, { request, times: (programmed.get(request.EndpointID)?.times ?? 0) + 1 });
        return answer;
      },
      async revokeExternalConnectivity(request) {
        programmed.delete(request.EndpointID);
        return inner.revokeExternalConnectivity(request);
      },
      async leave(request) {
        end('leave', request);
        return inner.leave(request);
      },
      async deleteEndpoint(request) {
        end('deleteEndpoint', request);
        return inner.deleteEndpoint(request);
      },
      async deleteNetwork(request) {
        end('deleteNetwork', request);
        return inner.deleteNetwork(request);
      },
    };
  });
}

/** Keeps the host ports that stand before the taken one in a request that is refused for it. */
export function keepingRefusedPorts(): Fault {
  return endpointFault((inner) => {
    const kept = new Set<string>();
    const granted = new Set<string>();
    return {
      async programExternalConnectivity(request) {
        const ports = portsOf(request);
        const clash = ports.find((port) => kept.has(port));
        if (clash) return refuse(`host port ${clash.split('/').at(-1)} is taken`);
        try {
          const answer = await inner.programExternalConnectivity(request);
          for (const port of ports) granted.add(port);
          return answer;
        } catch (error) {
          const taken = ports.findIndex((port) => granted.has(port));
          for (const port of ports.slice(0, Math.max(taken, 0))) kept.add(port);
          throw error;
        }
      },
    };
  });
}

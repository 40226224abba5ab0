import { setTimeout as delay } from 'node:timers/promises';
import type { FaultId, JoinResponse } from '@opencnm/spec';
import { editJoined, endpointFault, refuse } from '../endpoints/endpoint-fault.js';
import type { Ids, SeenEndpoint } from '../endpoints/seen-endpoints.js';
import type { Fault } from '../fault.js';
import { severalNetworkFaults } from './several-networks.js';
import { swapping } from './swapping.js';

type NetworkSequenceFaultId = Extract<FaultId, `network-driver.sequence.${string}`>;

/** For how long a fault does not see what else is under way, in ms. */
const blindMs = 5;
const keyOf = ({ NetworkID, EndpointID }: Ids) => `${NetworkID} ${EndpointID}`;
const on = (id: string) => (endpoint: SeenEndpoint) => endpoint.request.NetworkID === id;

/** Faults of network drivers that only sequences and overlapping calls show. */
export const networkSequenceFaults = {
  ...severalNetworkFaults,
  'network-driver.sequence.any-order#third-life-refused': endpointFault((inner) => {
    const lives = new Map<string, number>();
    return {
      async createEndpoint(request, context) {
        const key = `${request.NetworkID} ${request.Interface?.Address}`;
        const count = (lives.get(key) ?? 0) + 1;
        if (count === 3) refuse('the address is in use');
        const answer = await inner.createEndpoint(request, context);
        lives.set(key, count);
        return answer;
      },
    };
  }),
  'network-driver.sequence.any-order#leave-again-forgets': endpointFault((inner, seen) => {
    const forgotten = new Set<string>();
    return {
      async leave(request, context) {
        const endpoint = seen.live(request);
        if (endpoint && endpoint.leaves > 0 && !endpoint.isJoined) forgotten.add(keyOf(request));
        return inner.leave(request, context);
      },
      async deleteEndpoint(request, context) {
        if (forgotten.delete(keyOf(request))) refuse('endpoint not found');
        return inner.deleteEndpoint(request, context);
      },
    };
  }),
  'network-driver.sequence.any-order#leave-empties-sandbox': endpointFault((inner) => {
    const sandboxes = new Map<string, string | undefined>();
    const ended = new Set<string>();
    return {
      async join(request, context) {
        const answer = await inner.join(request, context);
        sandboxes.set(keyOf(request), request.SandboxKey);
        ended.delete(keyOf(request));
        return answer;
      },
      async leave(request, context) {
        if (ended.delete(keyOf(request))) refuse('the endpoint has not joined');
        const sandbox = sandboxes.get(keyOf(request));
        sandboxes.delete(keyOf(request));
        for (const [key, other] of sandboxes)
          if (sandbox !== undefined && other === sandbox && sandboxes.delete(key)) ended.add(key);
        return inner.leave(request, context);
      },
    };
  }),
  'network-driver.sequence.any-order#look-blocks-join': endpointFault((inner, seen) => {
    const looked = new Set<string>();
    return {
      async endpointOperInfo(request, context) {
        const endpoint = seen.live(request);
        if (endpoint && endpoint.leaves > 0 && !endpoint.isJoined) looked.add(keyOf(request));
        return inner.endpointOperInfo(request, context);
      },
      join: async (request, context) =>
        looked.delete(keyOf(request)) ? refuse('the endpoint is busy') : inner.join(request, context),
    };
  }),
  'network-driver.sequence.any-order#delete-takes-neighbour': endpointFault((inner, seen) => ({
    async deleteEndpoint(request, context) {
      const live = seen.allLive();
      const own = live.filter(on(request.NetworkID)).length;
      const other = live.find(({ request: { NetworkID } }) => NetworkID !== request.NetworkID);
      const answer = await inner.deleteEndpoint(request, context);
      if (other && live.filter(on(other.request.NetworkID)).length === own)
        await inner.deleteEndpoint(other.request, context);
      return answer;
    },
  })),
  'network-driver.sequence.any-order#new-network-smaller': endpointFault((inner, seen) => {
    const gone = new Set<string>();
    return {
      async deleteNetwork(request, context) {
        gone.add(request.NetworkID);
        return inner.deleteNetwork(request, context);
      },
      async createEndpoint(request, context) {
        if (gone.has(request.NetworkID) && seen.allLive().filter(on(request.NetworkID)).length >= 2)
          refuse('the network is full');
        return inner.createEndpoint(request, context);
      },
    };
  }),
  'network-driver.sequence.any-order#link-used-again': endpointFault((inner, seen) => {
    let next: string | undefined;
    return {
      async deleteEndpoint(request, context) {
        next = seen.allLive().find(({ isJoined, link }) => isJoined && link !== seen.live(request)?.link)?.link;
        return inner.deleteEndpoint(request, context);
      },
      async join(request, context) {
        const { InterfaceName, ...answer } = await inner.join(request, context);
        const SrcName = next ?? InterfaceName?.SrcName ?? '';
        next = undefined;
        return { ...answer, InterfaceName: { ...InterfaceName, SrcName, DstPrefix: InterfaceName?.DstPrefix ?? '' } };
      },
    };
  }),
  'network-driver.sequence.at-once#lost-endpoint': endpointFault((inner) => {
    let last: Ids | undefined;
    const lost = new Set<string>();
    const gone = (method: 'join' | 'deleteEndpoint') => async (request: never, context: never) =>
      lost.has(keyOf(request)) ? refuse('endpoint not found') : inner[method](request, context);
    return {
      async createEndpoint(request, context) {
        lost.delete(keyOf(request));
        if (last && last.NetworkID === request.NetworkID) lost.add(keyOf(last));
        last = request;
        void delay(blindMs).then(() => {
          if (last === request) last = undefined;
        });
        return inner.createEndpoint(request, context);
      },
      join: gone('join') as never,
      deleteEndpoint: gone('deleteEndpoint') as never,
    };
  }),
  'network-driver.sequence.at-once#same-link': editJoined(sameLink()),
  'network-driver.sequence.at-once#leave-crossed': endpointFault((inner) => {
    let joining: Ids | undefined;
    const left = new Set<string>();
    return {
      async join(request, context) {
        joining = request;
        left.delete(keyOf(request));
        await delay(blindMs);
        const answer = await inner.join(request, context);
        if (joining === request) joining = undefined;
        return answer;
      },
      async leave(request, context) {
        if (joining && keyOf(joining) !== keyOf(request)) left.add(keyOf(joining));
        if (left.delete(keyOf(request))) refuse('the endpoint did not join');
        return inner.leave(request, context);
      },
    };
  }),
  'network-driver.sequence.at-once#joins-swapped': endpointFault((inner) => {
    const swapped = swapping<JoinResponse>();
    return { join: (request, context) => swapped(request.NetworkID, () => inner.join(request, context)) };
  }),
} satisfies Readonly<Record<NetworkSequenceFaultId, Fault>>;

/** Names the link of the Join that came within a moment before. */
function sameLink(): Parameters<typeof editJoined>[0] {
  const recent = { link: '', at: 0 };
  return ({ answer }) => {
    const now = performance.now();
    const link = now - recent.at < blindMs ? recent.link : (answer.InterfaceName?.SrcName ?? '');
    Object.assign(recent, { link, at: now });
    return {
      ...answer,
      InterfaceName: { ...answer.InterfaceName, SrcName: link, DstPrefix: answer.InterfaceName?.DstPrefix ?? '' },
    };
  };
}

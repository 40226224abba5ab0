import type { InterfaceName } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { json, jsonOf, onSuccess } from '../wire-faults.js';
import type { Joined } from './endpoint-fault.js';
import { editJoined, endpointFault } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';

const join = '/NetworkDriver.Join';

/** Faults of the link that Join names, and of the types of its answer. */
export const joinLinkFaults = {
  'network-driver.join.shape#name-text': onSuccess(join, () => json(200, { InterfaceName: 'veth1a2b3c4' })),
  'network-driver.join.shape#routes-object': onSuccess(join, (answer) =>
    json(200, { ...JSON.parse(String(answer.body)), StaticRoutes: {} }),
  ),
  'network-driver.join.shape#routes-text': {
    transport: (inner) => {
      const dual = new Set<unknown>();
      return async (request) => {
        const input = jsonOf(request);
        const answer = await inner(request);
        if (request.path === '/NetworkDriver.CreateNetwork' && (input?.['IPv6Data'] as unknown[] | null)?.length)
          dual.add(input?.['NetworkID']);
        if (request.path !== join || answer === 'close' || !dual.has(input?.['NetworkID'])) return answer;
        return json(200, { ...JSON.parse(String(answer.body)), StaticRoutes: ['fd00::/8'] });
      };
    },
  },
  'network-driver.join.src-name#too-long': naming(({ SrcName = '' }) => ({ SrcName: SrcName.padEnd(16, '0') })),
  'network-driver.join.src-name#slash': naming(({ SrcName = '' }) => ({ SrcName: SrcName.replace('veth', 'veth/') })),
  'network-driver.join.src-name#blank': naming(({ SrcName = '' }) => ({ SrcName: `${SrcName} ` })),
  'network-driver.join.src-name-present#empty': naming(() => ({ SrcName: '' })),
  'network-driver.join.src-name-present#missing-second-time': naming((name, { endpoint }) =>
    endpoint.joins > 0 ? { SrcName: '' } : name,
  ),
  'network-driver.join.src-name-unique#of-network': naming((_, { ids }) => ({
    SrcName: `veth${ids.NetworkID.slice(0, 7)}`,
  })),
  'network-driver.join.src-name-unique#counted-by-network': endpointFault((inner, seen) => {
    const counts = new Map<string, number>();
    return {
      async join(request) {
        const answer = await inner.join(request);
        const count = counts.get(request.NetworkID) ?? 0;
        counts.set(request.NetworkID, count + 1);
        return { ...answer, InterfaceName: { SrcName: `veth${count}`, DstPrefix: 'eth' } };
      },
      deleteNetwork(request) {
        if (seen.networks.has(request.NetworkID)) counts.delete(request.NetworkID);
        return inner.deleteNetwork(request);
      },
    };
  }),
  'network-driver.join.src-name-unique#reused': endpointFault((inner, seen) => {
    let free: string | undefined;
    return {
      async join(request) {
        const answer = await inner.join(request);
        return free === undefined ? answer : { ...answer, InterfaceName: { SrcName: free, DstPrefix: 'eth' } };
      },
      leave(request) {
        free ??= seen.live(request)?.link;
        return inner.leave(request);
      },
    };
  }),
  'network-driver.join.src-name-unique#wraps': endpointFault((inner) => {
    let count = 0;
    return {
      async join(request) {
        const answer = await inner.join(request);
        return { ...answer, InterfaceName: { SrcName: `veth${count++ % 32}`, DstPrefix: 'eth' } };
      },
    };
  }),
  'network-driver.join.dst-prefix#missing': naming(({ SrcName = '' }) => ({ SrcName }), { isWhole: true }),
  'network-driver.join.dst-prefix#too-long': naming(() => ({ DstPrefix: 'ethernet-adapter' })),
  'network-driver.join.dst-name#name-for-prefix': naming(({ SrcName = '' }) => ({ SrcName, DstName: 'eth0' }), {
    isWhole: true,
  }),
} satisfies EndpointFaults;

/** Changes the InterfaceName of Join: some members, or all of it. */
function naming(
  edit: (name: InterfaceName, joined: Joined) => InterfaceName,
  { isWhole = false }: { readonly isWhole?: boolean } = {},
): Fault {
  return editJoined((joined) => {
    const { InterfaceName: name } = joined.answer;
    if (!name) return undefined;
    const edited = edit(name, joined);
    return { ...joined.answer, InterfaceName: isWhole ? edited : { ...name, ...edited } };
  });
}

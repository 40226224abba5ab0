import type { CreateNetworkRequest } from '@opencnm/spec';
import { plain } from '../endpoints/beside.js';
import { editCreated, editJoined, endpointFault, refuse } from '../endpoints/endpoint-fault.js';
import type { Fault } from '../fault.js';

/** Faults of network drivers that take one network for another, or a network for what it was before. */
export const severalNetworkFaults = {
  'network-driver.sequence.any-order#delete-forgets-newest': forgetting({
    onDelete: (networks) => [...networks.keys()].at(-1),
  }),
  'network-driver.sequence.any-order#third-forgets-first': forgetting({
    onCreate: (networks) => (networks.size > 2 ? [...networks.keys()][0] : undefined),
  }),
  'network-driver.sequence.any-order#deletes-newest-only': endpointFault((inner, { networks }) => ({
    async deleteNetwork(request, context) {
      const isNewest = [...networks.keys()].at(-1) === request.NetworkID;
      return networks.has(request.NetworkID) && !isNewest
        ? refuse('the network is in use')
        : inner.deleteNetwork(request, context);
    },
  })),
  'network-driver.sequence.any-order#endpoints-return': endpointFault((inner, seen) => {
    const returned = new Set<string>();
    const keyOf = (id: string, address = '') => `${id} ${address}`;
    return {
      async createNetwork(request, context) {
        for (const { request: old, has } of seen.allGone())
          if (old.NetworkID === request.NetworkID) returned.add(keyOf(old.NetworkID, has.Address));
        return inner.createNetwork(request, context);
      },
      async createEndpoint(request, context) {
        if (returned.has(keyOf(request.NetworkID, request.Interface?.Address))) refuse('the address is in use');
        return inner.createEndpoint(request, context);
      },
    };
  }),
  'network-driver.sequence.any-order#newest-gateway': editJoined(({ answer, seen }) => {
    const Gateway = gatewayOf([...seen.networks.values()].at(-1));
    return answer.Gateway && Gateway ? { ...answer, Gateway } : answer;
  }),
  'network-driver.sequence.any-order#internal-closes-all': editJoined(({ answer, seen }) => {
    const isInternal = [...seen.networks.values()].some(
      ({ Options }) => Options?.['com.docker.network.internal'] === true,
    );
    const { Gateway: _, ...rest } = answer;
    return isInternal ? rest : answer;
  }),
  'network-driver.sequence.any-order#echoes-mac-beside': editCreated(({ given, supplied, seen }) =>
    seen.networks.size > 1 && given.MacAddress ? { ...supplied, MacAddress: given.MacAddress } : undefined,
  ),
  'network-driver.sequence.any-order#mac-kept': editCreated(({ request, given, supplied, seen }) => {
    const named = seen
      .allLive()
      .find(({ request: other }) => other.NetworkID === request.NetworkID && other.Interface?.MacAddress);
    const MacAddress = named?.has.MacAddress;
    return MacAddress && given.MacAddress === '' ? { ...supplied, MacAddress } : undefined;
  }),
} satisfies Readonly<Record<string, Fault>>;

type Networks = ReadonlyMap<string, CreateNetworkRequest>;

/** A network of some is forgotten when another one comes or goes. */
function forgetting({
  onCreate = () => undefined,
  onDelete = () => undefined,
}: Readonly<Partial<Record<'onCreate' | 'onDelete', (networks: Networks) => string | undefined>>>): Fault {
  return endpointFault((inner, { networks }) => {
    const forgotten = new Set<string>();
    return {
      async createNetwork(request, context) {
        const answer = await inner.createNetwork(request, context);
        forgotten.delete(request.NetworkID);
        forgotten.add(onCreate(networks) ?? '');
        return answer;
      },
      async deleteNetwork(request, context) {
        const answer = await inner.deleteNetwork(request, context);
        forgotten.add(onDelete(networks) ?? '');
        return answer;
      },
      createEndpoint: async (request, context) =>
        forgotten.has(request.NetworkID) ? refuse('network not found') : inner.createEndpoint(request, context),
    };
  });
}

function gatewayOf(network: CreateNetworkRequest | undefined): string {
  return plain(network?.IPv4Data?.[0]?.Gateway ?? '');
}

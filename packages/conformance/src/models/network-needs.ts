import type { CreateEndpointRequest } from '@opencnm/spec';
import { Blocked } from '../blocked.js';
import { type NetworkMade, networkRequest } from '../fixtures/a-network.js';
import { endpointRequest } from '../fixtures/an-endpoint.js';
import { releaseEndpoint, releaseNetwork } from '../fixtures/released-pools.js';
import type { World } from '../world.js';
import type { Call } from './model.js';
import { type Network, type NetworkState, type Place, withNetwork, withPlace } from './network-state.js';

/**
 * Has the IPAM driver grant pools before a network is made and addresses before an endpoint is, and gives both back
 * before the network is deleted, as engines do. A network or an endpoint that gets none leaves the sequence.
 */
export async function prepareNetwork(world: World, state: NetworkState, { op, input }: Call): Promise<NetworkState> {
  const { NetworkID, EndpointID } = input as { readonly NetworkID: string; readonly EndpointID?: string };
  const network = state.networks.find(({ id }) => id === NetworkID);
  const place = network?.places.find(({ id }) => id === EndpointID);
  if (!network) return state;
  if (op === 'NetworkDriver.CreateNetwork') return withNetwork(state, network, await withPools(world, network));
  if (op === 'NetworkDriver.DeleteNetwork') return withNetwork(state, network, await withoutPools(world, network));
  if (op !== 'NetworkDriver.CreateEndpoint' || !place) return state;
  return withNetwork(state, network, withPlace(network, place, await withAddresses(world, network, place)));
}

/** The network with pools; undefined where there are no more, or none of its family. */
export async function withPools(world: World, network: Network): Promise<Network | undefined> {
  const { id, wish, made, subnet, subnet6 } = network;
  if (made) return network;
  return unlessLacking(async () => {
    const draw = { ...world.draw, subnet: () => subnet, subnet6: () => subnet6 };
    const { request, ...asked } = await networkRequest({ ...world, draw }, wish);
    return { ...network, made: { ...asked, id, request: { ...request, NetworkID: id } } };
  });
}

/** The network whose addresses and pools are the IPAM driver's again; those that the suite chose stay. */
async function withoutPools(world: World, { made, ...network }: Network): Promise<Network> {
  if (!made || made.grants.length === 0) return made ? { ...network, made } : network;
  const places: Place[] = [];
  for (const place of network.places) places.push(await withoutAddresses(world, made, place));
  await releaseNetwork(world, made);
  return { ...network, places };
}

/** The place with addresses for its next endpoint; undefined where there are none. */
export async function withAddresses(world: World, { made }: Network, place: Place): Promise<Place | undefined> {
  if (!made) return undefined;
  const free = await withoutAddresses(world, made, place);
  return unlessLacking(async () => {
    const request = free.request
      ? await addressedAgain(world, made, free.request)
      : // The endpoint at the last place has a MAC address that the user named.
        await endpointRequest(world, made, { mac: place.nth === 3 });
    return { ...free, request: { ...request, EndpointID: place.id } };
  });
}

async function addressedAgain(
  world: World,
  { freeAddress, freeAddress6 }: NetworkMade,
  request: CreateEndpointRequest,
): Promise<CreateEndpointRequest> {
  const { Address, AddressIPv6, MacAddress = '' } = request.Interface ?? {};
  const addresses = {
    Address: Address || (await freeAddress(world, MacAddress)),
    AddressIPv6: AddressIPv6 || (await freeAddress6(world, MacAddress)),
  };
  return { ...request, Interface: { ...addresses, MacAddress } };
}

/** The place whose addresses are the IPAM driver's again; those that the suite chose stay, as for a container that comes back. */
async function withoutAddresses(world: World, made: NetworkMade, place: Place): Promise<Place> {
  const { request } = place;
  if (!request || made.grants.length === 0) return place;
  await releaseEndpoint(world, made, request);
  return { ...place, request: { ...request, Interface: { ...request.Interface, Address: '', AddressIPv6: '' } } };
}

/** A driver may have no IPv6, and no more networks than one. */
async function unlessLacking<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Blocked && error.notImplemented && !error.unreachable) return undefined;
    throw error;
  }
}

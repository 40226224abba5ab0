import { createHash } from 'node:crypto';
import type {
  CreateEndpointRequest,
  CreateEndpointResponse,
  CreateNetworkRequest,
  EndpointInterface,
  JoinResponse,
} from '@opencnm/spec';
import { createNetwork, type NetworkMade, networkRequest } from '../fixtures/a-network.js';
import { endpointRequest, joinOf } from '../fixtures/an-endpoint.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import { broken, type Call, type Heard, type Model, type Step } from './model.js';

/** A place for an endpoint on a network. */
interface Place {
  readonly request: CreateEndpointRequest;
  readonly isMade: boolean;
  /** The link that Join named, '' where it named none; undefined when it did not join. */
  readonly link?: string;
}

/** A place for a network. */
interface Network {
  readonly request: CreateNetworkRequest;
  readonly isMade: boolean;
  /** How many networks there were when this one was made last; undefined when it never was. */
  readonly wasMadeBeside?: number;
  readonly places: readonly Place[];
}

/** What is certain of a network driver. */
export interface NetworkState {
  readonly networks: readonly Network[];
}

/**
 * Two networks with four endpoints each, from their making to their end, in any order that an engine may take: it sends
 * Leave before DeleteEndpoint, and a container that comes back has its addresses again, but a new EndpointID.
 */
export const networkModel: Model<NetworkState> = {
  name: 'networks and endpoints',
  verbs: [
    'create an endpoint',
    'create an endpoint',
    'join',
    'join',
    'leave',
    'leave again',
    'look at an endpoint',
    'revoke',
    'delete an endpoint',
    'delete a network',
    'create a network',
  ],
  longest: 40,
  async start(world) {
    const first = await createNetwork(world);
    const networks = [await networkOf(world, first, first.request)];
    // A target that knows but one pool has but one network.
    if (!world.settings.pool) {
      const { request, ...second } = await networkRequest(world, { swarm: true });
      networks.push(await networkOf(world, { ...second, request, id: request.NetworkID }, request));
    }
    return {
      networks: networks.map((network, n) => (n === 0 ? { ...network, isMade: true, wasMadeBeside: 0 } : network)),
    };
  },
  call({ networks }, { verb, x, y }) {
    const network = networks[x % networks.length];
    const place = network?.places[y % network.places.length];
    if (!network || !place) return undefined;
    if (verb === 'create a network') return network.isMade ? undefined : of('CreateNetwork', network.request);
    return network.isMade ? callOn(network, place, verb) : undefined;
  },
  after(state, call, answer) {
    const { NetworkID, EndpointID } = call.input as { readonly NetworkID: string; readonly EndpointID?: string };
    const network = state.networks.find(({ request }) => request.NetworkID === NetworkID);
    if (!network) return { state };
    const place = network.places.find(({ request }) => request.EndpointID === EndpointID);
    if (!place) return afterNetwork(state, network, call, answer);
    const step = afterEndpoint(state, place, call, answer);
    if ('broken' in step) return step;
    const places = network.places.map((each) => (each === place ? step.state : each));
    return { state: withNetwork(state, network, { ...network, places }) };
  },
};

async function networkOf(world: World, made: NetworkMade, request: CreateNetworkRequest): Promise<Network> {
  const places: Place[] = [];
  // A target whose endpoints all have one address has one endpoint.
  for (let n = 0; n < (world.settings.address ? 1 : 4); n++)
    places.push({ request: await endpointRequest(world, made), isMade: false });
  return { request, isMade: false, places };
}

function of(method: string, input: unknown): Call {
  return { op: `NetworkDriver.${method}` as Call['op'], input };
}

function callOn({ request: { NetworkID }, places }: Network, place: Place, verb: string): Call | undefined {
  const ids = { NetworkID, EndpointID: place.request.EndpointID };
  if (verb === 'delete a network')
    return places.some(({ isMade }) => isMade) ? undefined : of('DeleteNetwork', { NetworkID });
  if (verb === 'create an endpoint') return place.isMade ? undefined : of('CreateEndpoint', place.request);
  if (!place.isMade) return undefined;
  const hasJoined = place.link !== undefined;
  switch (verb) {
    case 'join':
      return hasJoined
        ? undefined
        : of('Join', joinOf(place.request, `/var/run/docker/netns/${ids.EndpointID.slice(0, 12)}`));
    case 'leave':
      return hasJoined ? of('Leave', ids) : undefined;
    case 'leave again':
      return hasJoined ? undefined : of('Leave', ids);
    case 'look at an endpoint':
      return of('EndpointOperInfo', ids);
    case 'revoke':
      return hasJoined ? of('RevokeExternalConnectivity', ids) : undefined;
    default:
      return of(hasJoined ? 'Leave' : 'DeleteEndpoint', ids);
  }
}

function afterNetwork(state: NetworkState, network: Network, call: Call, answer: Heard): Step<NetworkState> {
  const beside = state.networks.filter(({ isMade }) => isMade).length;
  if (call.op === 'NetworkDriver.DeleteNetwork')
    return answer.outcome === 'success'
      ? { state: withNetwork(state, network, { ...network, isMade: false }) }
      : broken(call, 'the end of a network without endpoints', refusal(answer));
  if (answer.outcome === 'success')
    return { state: withNetwork(state, network, { ...network, isMade: true, wasMadeBeside: beside }) };
  // A driver may refuse a network, but not one that it made before with as many others beside it.
  return beside <= (network.wasMadeBeside ?? -1)
    ? broken(call, 'the network, which was made before and deleted', refusal(answer))
    : { state };
}

function afterEndpoint(state: NetworkState, place: Place, call: Call, answer: Heard): Step<Place> {
  const method = call.op.slice('NetworkDriver.'.length);
  const mustSucceed = ['CreateEndpoint', 'Join', 'DeleteEndpoint'].includes(method);
  const { link, ...apart } = place;
  if (answer.outcome === 'refusal')
    return mustSucceed || (method === 'Leave' && link !== undefined)
      ? broken(call, 'success', refusal(answer))
      : { state: place };
  switch (method) {
    case 'CreateEndpoint':
      return afterCreate(place, call, answer.body as CreateEndpointResponse);
    case 'Join':
      return afterJoin(state, place, call, answer.body as JoinResponse);
    case 'Leave':
      return { state: apart };
    case 'DeleteEndpoint':
      return { state: { isMade: false, request: inNextLife(place.request) } };
    default:
      return { state: place };
  }
}

function inNextLife(request: CreateEndpointRequest): CreateEndpointRequest {
  return { ...request, EndpointID: createHash('sha256').update(request.EndpointID).digest('hex') };
}

/** What the engine named comes back empty. */
function afterCreate(place: Place, call: Call, body: CreateEndpointResponse | null): Step<Place> {
  const given: Readonly<Partial<EndpointInterface>> = place.request.Interface ?? {};
  const members = ['Address', 'AddressIPv6', 'MacAddress'] as const;
  const echoed = members.find((member) => given[member] && body?.Interface?.[member]);
  return echoed
    ? broken(call, `no ${echoed}, since the engine named it`, printed(body?.Interface?.[echoed]))
    : { state: { ...place, isMade: true } };
}

/** Endpoints that are joined have links of their own. */
function afterJoin({ networks }: NetworkState, place: Place, call: Call, body: JoinResponse | null): Step<Place> {
  const link = body?.InterfaceName?.SrcName ?? '';
  const isTaken = networks.some(({ places }) => places.some((each) => link !== '' && each.link === link));
  return isTaken ? broken(call, 'a SrcName that no other endpoint has', link) : { state: { ...place, link } };
}

function refusal(answer: Heard): string {
  return answer.outcome === 'refusal' ? `a refusal: ${printed(answer.message)}` : 'success';
}

function withNetwork({ networks }: NetworkState, old: Network, now: Network): NetworkState {
  return { networks: networks.map((each) => (each === old ? now : each)) };
}

/** The same for calls at once: an engine never lets two calls for one endpoint overlap, so each client has its own. */
export const networkModelAtOnce: Model<NetworkState> = {
  ...networkModel,
  verbs: [
    'create an endpoint',
    'create an endpoint',
    'join',
    'join',
    'leave',
    'look at an endpoint',
    'delete an endpoint',
  ],
  // A network with fewer places than there are clients leaves some of them without an endpoint.
  call: (state, command) =>
    state.networks.every(({ places }) => command.y < places.length) ? networkModel.call(state, command) : undefined,
  ofClient: (command, client) => ({ ...command, y: client }),
};

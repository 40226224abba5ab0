import { createHash } from 'node:crypto';
import type {
  CreateEndpointRequest,
  CreateEndpointResponse,
  CreateNetworkRequest,
  EndpointInterface,
  JoinRequest,
  JoinResponse,
} from '@opencnm/spec';
import { Blocked } from '../blocked.js';
import { type NetworkWish, networkRequest } from '../fixtures/a-network.js';
import { endpointRequest, joinOf } from '../fixtures/an-endpoint.js';
import { isNet, netOf } from '../net.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import { broken, type Call, type Heard, type Model, type Step } from './model.js';

/** A place for an endpoint on a network. */
interface Place {
  /** Which of the places of its network. */
  readonly nth: number;
  readonly request: CreateEndpointRequest;
  readonly isMade: boolean;
  /** Whether a driver has to make it: some refuse a MAC address of the user's choice, or IPv6. */
  readonly isOwed: boolean;
  /** The link that Join named, '' where it named none; undefined when it did not join. */
  readonly link?: string;
  /** How it left, which may be the end of it: after a Join, or without one. */
  readonly left?: 'joined' | 'unjoined';
}

/** A place for a network. */
interface Network {
  /** Which of the networks. */
  readonly nth: number;
  readonly request: CreateNetworkRequest;
  readonly isMade: boolean;
  /** How many networks there were when this one was made last; undefined when it never was. */
  readonly wasMadeBeside?: number;
  /** Whether Join named its gateway, the last time that it named that of CreateNetwork or none. */
  readonly namesGateway?: boolean;
  readonly places: readonly Place[];
}

/** What is certain of a network driver. */
export interface NetworkState {
  /** Those that commands are about. */
  readonly networks: readonly Network[];
  /** How many there could be, and how many places on each. */
  readonly atMost: { readonly networks: number; readonly places: number };
  /** How many endpoints there were at once: a driver of devices may have no more. */
  readonly most: number;
  /** How those endpoints had left that joined again. */
  readonly rejoins: readonly NonNullable<Place['left']>[];
}

/** How many endpoints any driver has room for. */
const few = 4;

/** A plain network, one of Swarm, and one that drivers may refuse. */
const wishes: readonly NetworkWish[] = [{}, { swarm: true }, { v6: true, internal: true }];

/**
 * Three networks with four endpoints each, from their making to their end, in any order that an engine may take: it
 * sends Leave before DeleteEndpoint, and a container that comes back has its addresses again, but a new EndpointID.
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
  async start(world, need) {
    const { pool, address } = world.settings;
    // A target that knows but one pool has but one network, and one whose endpoints all have one address has one.
    const atMost = { networks: pool ? 1 : wishes.length, places: address ? 1 : 4 };
    const networks: Network[] = [];
    for (let nth = 0; nth < atMost.networks; nth++) {
      const isFirst = need.first && nth === 0;
      const own = need.commands.filter(({ x }) => x % atMost.networks === nth);
      if (!isFirst && own.length === 0) continue;
      const isNeeded = (place: number) =>
        own.some(({ verb, y }) => (need.first || isOfEndpoint(verb)) && y % atMost.places === place);
      const network = await asked(world, nth, isNeeded).catch(unlessRefused(wishes[nth]));
      if (!network) continue;
      if (isFirst) await world.succeed('NetworkDriver.CreateNetwork', network.request);
      networks.push(isFirst ? { ...network, isMade: true, wasMadeBeside: 0 } : network);
    }
    return { networks, atMost, most: 0, rejoins: [] };
  },
  opening: [{ verb: 'create a network', x: 0, y: 0 }],
  call({ networks, atMost }, { verb, x, y }) {
    const network = networks.find(({ nth }) => nth === x % atMost.networks);
    if (!network) return undefined;
    if (verb === 'create a network') return network.isMade ? undefined : of('CreateNetwork', network.request);
    if (!network.isMade) return undefined;
    if (verb === 'delete a network')
      return network.places.some(({ isMade }) => isMade)
        ? undefined
        : of('DeleteNetwork', { NetworkID: network.request.NetworkID });
    const place = network.places.find(({ nth }) => nth === y % atMost.places);
    return place && callOn(place, verb);
  },
  after(state, call, answer) {
    const { NetworkID, EndpointID } = call.input as { readonly NetworkID: string; readonly EndpointID?: string };
    const network = state.networks.find(({ request }) => request.NetworkID === NetworkID);
    if (!network) return { state };
    const place = network.places.find(({ request }) => request.EndpointID === EndpointID);
    if (!place) return afterNetwork(state, network, call, answer);
    const step = afterEndpoint(state, network, place, call, answer);
    if ('broken' in step) return step;
    const places = network.places.map((each) => (each === place ? step.state : each));
    const now = withNetwork(state, network, { ...network, ...gatewayOf(network, call, answer), places });
    const isNew = place.left && step.state.link !== undefined && !state.rejoins.includes(place.left);
    const rejoins = isNew && place.left ? [...state.rejoins, place.left].sort() : state.rejoins;
    return { state: { ...now, rejoins, most: Math.max(state.most, countOf(now)) } };
  },
  isOwn({ networks }, { op, input }, { outcome, body }) {
    if (op !== 'NetworkDriver.Join' || outcome !== 'success') return undefined;
    const gateway = (body as JoinResponse | null)?.Gateway || undefined;
    const network = networks.find(({ request }) => request.NetworkID === (input as JoinRequest).NetworkID);
    const pool = network?.request.IPv4Data?.[0]?.Pool;
    return gateway !== undefined && isNet(pool) ? netOf(pool).overlaps(`${gateway}/32`) : undefined;
  },
};

/** A place for a network, with those of its endpoints that are needed; what is asked of the driver's IPAM is granted. */
async function asked(world: World, nth: number, isNeeded: (place: number) => boolean): Promise<Network> {
  const { request, ...made } = await networkRequest(world, wishes[nth]);
  const places: Place[] = [];
  for (const place of [0, 1, 2, 3].filter(isNeeded))
    places.push({
      nth: place,
      // The endpoint at the last place has a MAC address that the user named.
      request: await endpointRequest(world, { ...made, request, id: request.NetworkID }, { mac: place === 3 }),
      isMade: false,
      isOwed: place !== 3 && !wishes[nth]?.internal,
    });
  return { nth, request, isMade: false, places };
}

/** A driver's IPAM may have no IPv6: there is no such network then. */
function unlessRefused(wish: NetworkWish | undefined): (error: unknown) => undefined {
  return (error) => {
    if (!(wish?.v6 && error instanceof Blocked && !error.unreachable)) throw error;
  };
}

function isOfEndpoint(verb: string): boolean {
  return verb !== 'create a network' && verb !== 'delete a network';
}

function of(method: string, input: unknown): Call {
  return { op: `NetworkDriver.${method}` as Call['op'], input };
}

function callOn(place: Place, verb: string): Call | undefined {
  const { NetworkID, EndpointID } = place.request;
  const ids = { NetworkID, EndpointID };
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
      : broken(call, 'the end of a network without endpoints', refusal(answer), 'lost update');
  if (answer.outcome === 'success')
    return { state: withNetwork(state, network, { ...network, isMade: true, wasMadeBeside: beside }) };
  // A driver may refuse a network, but not one that it made before with as many others beside it.
  return beside <= (network.wasMadeBeside ?? -1)
    ? broken(call, 'the network, which was made before and deleted', refusal(answer), 'lost update')
    : { state };
}

function afterEndpoint(state: NetworkState, network: Network, place: Place, call: Call, answer: Heard): Step<Place> {
  const method = call.op.slice('NetworkDriver.'.length);
  if (answer.outcome === 'refusal')
    return mustSucceed(state, place, method)
      ? broken(call, 'success', refusal(answer), 'lost update')
      : { state: place };
  const { link, ...apart } = place;
  const { left, ...ended } = apart;
  switch (method) {
    case 'CreateEndpoint':
      return afterCreate(network, place, call, answer.body as CreateEndpointResponse);
    case 'Join':
      return afterJoin(network, state.networks, place, call, answer.body as JoinResponse);
    case 'Leave':
      return { state: { ...ended, left: left ?? (link === undefined ? 'unjoined' : 'joined') } };
    case 'DeleteEndpoint':
      return { state: { ...ended, isMade: false, request: inNextLife(place.request) } };
    default:
      return { state: place };
  }
}

function inNextLife(request: CreateEndpointRequest): CreateEndpointRequest {
  return { ...request, EndpointID: createHash('sha256').update(request.EndpointID).digest('hex') };
}

/**
 * A driver may refuse what makes no sense, for instance a Join of an endpoint that has joined; it may have no room for
 * more endpoints than there were, and its endpoints may end with a Leave.
 */
function mustSucceed(state: NetworkState, { isMade, isOwed, link, left }: Place, method: string): boolean {
  if (method === 'CreateEndpoint') return isOwed && !isMade && countOf(state) < Math.max(few, state.most);
  if (method === 'Join') return isMade && link === undefined && (left === undefined || state.rejoins.includes(left));
  return isMade && (method === 'DeleteEndpoint' || (method === 'Leave' && link !== undefined));
}

/** How many endpoints there are. */
function countOf({ networks }: NetworkState): number {
  return networks.flatMap(({ places }) => places.filter(({ isMade }) => isMade)).length;
}

/** What the engine named comes back empty, and what it named for another endpoint is no answer. */
function afterCreate({ places }: Network, place: Place, call: Call, body: CreateEndpointResponse | null): Step<Place> {
  const given: Readonly<Partial<EndpointInterface>> = place.request.Interface ?? {};
  const members = ['Address', 'AddressIPv6', 'MacAddress'] as const;
  const echoed = members.find((member) => given[member] && body?.Interface?.[member]);
  if (echoed) return broken(call, `no ${echoed}, since the engine named it`, printed(body?.Interface?.[echoed]));
  const mac = body?.Interface?.MacAddress ?? '';
  const isTaken = places.some(({ isMade, request }) => isMade && mac !== '' && request.Interface?.MacAddress === mac);
  return isTaken
    ? broken(call, 'a MAC address that no other endpoint has', mac, 'double allocation')
    : { state: { ...place, isMade: true, isOwed: true } };
}

/** Endpoints that are joined have links of their own, and the gateway that others of their network have. */
function afterJoin(
  network: Network,
  networks: readonly Network[],
  place: Place,
  call: Call,
  body: JoinResponse | null,
): Step<Place> {
  const { Gateway = '', DisableGatewayService, InterfaceName } = body ?? {};
  const created = createdGateway(network);
  if (network.namesGateway === true && Gateway !== created && !DisableGatewayService)
    return broken(call, `the gateway ${created}, as before`, Gateway || 'none', 'lost update');
  if (network.namesGateway === false && isInternal(network) && Gateway !== '')
    return broken(call, 'no gateway of the internal network, as before', Gateway, 'lost update');
  const link = InterfaceName?.SrcName ?? '';
  const isTaken = networks.some(({ places }) => places.some((each) => link !== '' && each.link === link));
  return isTaken
    ? broken(call, 'a SrcName that no other endpoint has', link, 'double allocation')
    : { state: { ...place, link } };
}

/** The gateway that CreateNetwork named, alone. */
function createdGateway({ request }: Network): string | undefined {
  return request.IPv4Data?.[0]?.Gateway?.split('/')[0];
}

function isInternal({ request }: Network): boolean {
  return request.Options?.['com.docker.network.internal'] === true;
}

/** What a Join tells of the gateway of its network. */
function gatewayOf(network: Network, { op }: Call, { outcome, body }: Heard): Pick<Network, 'namesGateway'> {
  const { Gateway = '' } = (body ?? {}) as JoinResponse;
  const isTold = Gateway === '' || Gateway === createdGateway(network);
  return op === 'NetworkDriver.Join' && outcome === 'success' && isTold ? { namesGateway: Gateway !== '' } : {};
}

function refusal(answer: Heard): string {
  return answer.outcome === 'refusal' ? `a refusal: ${printed(answer.message)}` : 'success';
}

function withNetwork(state: NetworkState, old: Network, now: Network): NetworkState {
  return { ...state, networks: state.networks.map((each) => (each === old ? now : each)) };
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
  async start(world, need) {
    const start = await networkModel.start(world, need);
    const { networks } = start;
    const others = networks.filter(({ isMade }) => !isMade);
    const answers = await Promise.all(others.map(({ request }) => world.call('NetworkDriver.CreateNetwork', request)));
    const made = others.filter((_, n) => answers[n]?.outcome === 'success');
    const live = [...networks.filter(({ isMade }) => isMade), ...made.map((network) => ({ ...network, isMade: true }))];
    return { ...start, networks: live };
  },
  // With fewer places than there are clients some of them have no endpoint.
  call: (state, command) => (command.y < state.atMost.places ? networkModel.call(state, command) : undefined),
  ofClient: (command, client) => ({ ...command, y: client }),
};

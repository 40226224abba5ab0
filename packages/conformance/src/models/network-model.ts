import { createHash } from 'node:crypto';
import type { CreateEndpointResponse, EndpointInterface, JoinRequest, JoinResponse } from '@opencnm/spec';
import { Blocked } from '../blocked.js';
import type { Draw } from '../draw.js';
import type { NetworkWish } from '../fixtures/a-network.js';
import { joinOf } from '../fixtures/an-endpoint.js';
import { isNet, netOf } from '../net.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import { broken, type Call, type Heard, type Model, type Step } from './model.js';
import { prepareNetwork, withPools } from './network-needs.js';
import { type Network, type NetworkState, type Place, withNetwork, withPlace } from './network-state.js';

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
  async start(world, { commands, first }) {
    const { pool, address } = world.settings;
    // A target that knows but one pool has but one network, and one whose endpoints all have one address has one.
    const atMost = { networks: pool ? 1 : wishes.length, places: address ? 1 : 4 };
    const sandboxes = Array.from({ length: atMost.places }, () => world.draw.sandboxKey());
    const networks = wishes
      .slice(0, atMost.networks)
      .map((wish, nth) => placeOf(world.draw, wish, nth, sandboxes))
      .filter(({ nth }) => (first && nth === 0) || commands.some(({ x }) => x % atMost.networks === nth));
    const bare = { networks, atMost, most: 0, rejoins: [] };
    return first ? withFirst(world, bare) : bare;
  },
  prepare: prepareNetwork,
  opening: [{ verb: 'create a network', x: 0, y: 0 }],
  withoutIpam: [
    'create a network',
    'create an endpoint',
    'join',
    'leave',
    'delete an endpoint',
    'delete a network',
  ].map((verb) => ({ verb, x: 0, y: 0 })),
  call({ networks, atMost }, { verb, x, y }) {
    const network = networks.find(({ nth }) => nth === x % atMost.networks);
    if (!network) return undefined;
    if (verb === 'create a network')
      return network.isMade ? undefined : of('CreateNetwork', network.made?.request ?? { NetworkID: network.id });
    if (!network.isMade) return undefined;
    if (verb === 'delete a network')
      return network.places.some(({ isMade }) => isMade) ? undefined : of('DeleteNetwork', { NetworkID: network.id });
    const place = network.places.find(({ nth }) => nth === y % atMost.places);
    return place && callOn(network, place, verb);
  },
  after(state, call, answer) {
    const { NetworkID, EndpointID } = call.input as { readonly NetworkID: string; readonly EndpointID?: string };
    const network = state.networks.find(({ id }) => id === NetworkID);
    if (!network) return { state };
    const place = network.places.find(({ id }) => id === EndpointID);
    if (!place) return afterNetwork(state, network, call, answer);
    const step = afterEndpoint(state, network, place, call, answer);
    if ('broken' in step) return step;
    const next = { ...withPlace(network, place, step.state), ...gatewayOf(network, call, answer) };
    const now = withNetwork(state, network, next);
    const isNew = place.left && step.state.link !== undefined && !state.rejoins.includes(place.left);
    const rejoins = isNew && place.left ? [...state.rejoins, place.left].sort() : state.rejoins;
    return { state: { ...now, rejoins, most: Math.max(state.most, countOf(now)) } };
  },
  isOwn({ networks }, { op, input }, { outcome, body }) {
    if (op !== 'NetworkDriver.Join' || outcome !== 'success') return undefined;
    const gateway = (body as JoinResponse | null)?.Gateway || undefined;
    const network = networks.find(({ id }) => id === (input as JoinRequest).NetworkID);
    const pool = network?.made?.request.IPv4Data?.[0]?.Pool;
    return gateway !== undefined && isNet(pool) ? netOf(pool).overlaps(`${gateway}/32`) : undefined;
  },
};

/** A place for a network, with places for endpoints. */
function placeOf(draw: Draw, wish: NetworkWish, nth: number, sandboxes: readonly string[]): Network {
  const places = sandboxes.map((sandbox, place) => ({
    nth: place,
    id: draw.endpointId(),
    sandbox,
    isMade: false,
    isOwed: place !== 3 && !wish.internal,
  }));
  const subnets = { subnet: draw.subnet(), subnet6: draw.subnet6() };
  return { nth, id: wish.swarm ? draw.swarmId() : draw.networkId(), wish, ...subnets, isMade: false, places };
}

/** The state in which the first network is there; a target that refuses that one cannot be looked at. */
async function withFirst(world: World, state: NetworkState): Promise<NetworkState> {
  const [first] = state.networks;
  const network = first && (await withPools(world, first));
  if (!first || !network?.made) throw new Blocked('there is no pool for the first network', { notImplemented: true });
  await world.succeed('NetworkDriver.CreateNetwork', network.made.request);
  return withNetwork(state, first, { ...network, isMade: true, wasMadeBeside: 0 });
}

function of(method: string, input: unknown): Call {
  return { op: `NetworkDriver.${method}` as Call['op'], input };
}

function callOn(network: Network, place: Place, verb: string): Call | undefined {
  const ids = { NetworkID: network.id, EndpointID: place.id };
  if (verb === 'create an endpoint') return place.isMade ? undefined : of('CreateEndpoint', place.request ?? ids);
  if (!place.isMade) return undefined;
  const hasJoined = place.link !== undefined;
  switch (verb) {
    case 'join':
      return hasJoined ? undefined : of('Join', joinOf(ids, place.sandbox));
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
      return { state: { ...ended, left: link === undefined ? (left ?? 'unjoined') : 'joined' } };
    case 'DeleteEndpoint':
      return { state: inNextLife(ended) };
    default:
      return { state: place };
  }
}

/** An engine never uses an EndpointID again. */
function inNextLife({ id: old, request, ...place }: Place): Place {
  const id = createHash('sha256').update(old).digest('hex');
  return { ...place, id, isMade: false, ...(request ? { request: { ...request, EndpointID: id } } : {}) };
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
  const given: Readonly<Partial<EndpointInterface>> = place.request?.Interface ?? {};
  const members = ['Address', 'AddressIPv6', 'MacAddress'] as const;
  const echoed = members.find((member) => given[member] && body?.Interface?.[member]);
  if (echoed) return broken(call, `no ${echoed}, since the engine named it`, printed(body?.Interface?.[echoed]));
  const mac = body?.Interface?.MacAddress ?? '';
  const isTaken = places.some(({ isMade, request }) => isMade && mac !== '' && request?.Interface?.MacAddress === mac);
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
function createdGateway({ made }: Network): string | undefined {
  return made?.request.IPv4Data?.[0]?.Gateway?.split('/')[0];
}

function isInternal({ wish }: Network): boolean {
  return wish.internal === true;
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

import type { NetworkCreateRequest, NetworkCreateResponse, NetworkInspect } from '@opencnm/spec';
import { engineNetworkRequest } from '../fixtures/an-engine-network.js';
import { netOf } from '../net.js';
import { printed } from '../patterns/printed.js';
import { broken, type Call, type Command, type Heard, type Model, type Step } from './model.js';

/** A network that exists. */
interface Network {
  readonly id: string;
  readonly wish: number;
}

/** What is certain of the networks that a sequence made in an engine. */
export interface EngineState {
  /** One name after the other, each with a subnet of its own and then with that of the next name. */
  readonly wishes: readonly NetworkCreateRequest[];
  readonly label: string;
  readonly networks: readonly Network[];
}

/** Networks that come and go under few names and few subnets, by id, by name, one by one and by pruning. */
export const engineModel: Model<EngineState> = {
  name: 'networks of an engine',
  verbs: ['create', 'create', 'create', 'inspect', 'inspect by name', 'list', 'delete', 'delete by name', 'prune'],
  longest: 24,
  start: startWith(3),
  opening: [],
  call({ wishes, label, networks }, { verb, x, y }) {
    if (verb === 'create') return { op: 'NetworkCreate', input: { body: wishes[wishOf(wishes, x, y)] } };
    if (verb === 'list') return { op: 'NetworkList', input: { filters: { label: [label] } } };
    if (verb === 'prune') return { op: 'NetworkPrune', input: { filters: { label: [label] } } };
    return oneOf({ wishes, label, networks }, { verb, x, y });
  },
  after(state, call, answer) {
    switch (call.op) {
      case 'NetworkCreate':
        return afterCreate(state, call, answer);
      case 'NetworkList':
        return afterList(state, call, answer);
      case 'NetworkPrune':
        return afterPrune(state, call, answer);
      default:
        return afterOne(state, call, answer);
    }
  },
};

/** So many names, and for each of them two requests: with a subnet of its own, and with the next name's. */
function startWith(names: number): Model<EngineState>['start'] {
  return async ({ draw }) => {
    const label = `org.opencnm.sequence-${draw.name()}`;
    const nets = Array.from({ length: names }, () => engineNetworkRequest(draw, { labels: { [label]: 'own' } }).body);
    const wishes = nets.flatMap((body, n) => [body, { ...body, IPAM: nets[(n + 1) % names]?.IPAM ?? null }]);
    return { wishes, label, networks: [] };
  };
}

/** The place of the x-th name with its own subnet, or with the next name's. */
function wishOf(wishes: EngineState['wishes'], x: number, y: number): number {
  return ((x * 2) % wishes.length) + (y % 2);
}

/** A call about the network of a name, by that name whether it is there or not, or by its id. */
function oneOf({ wishes, networks }: EngineState, { verb, x }: Command): Call | undefined {
  const op = verb.startsWith('inspect') ? 'NetworkInspect' : 'NetworkDelete';
  const name = wishes[wishOf(wishes, x, 0)]?.Name;
  if (verb.endsWith('by name')) return { op, input: { id: name } };
  const network = networks.find(({ wish }) => wishes[wish]?.Name === name);
  return network && { op, input: { id: network.id } };
}

function subnetOf(body: NetworkCreateRequest | undefined): string {
  return body?.IPAM?.Config?.[0]?.Subnet ?? '';
}

function afterCreate(state: EngineState, call: Call, answer: Heard): Step<EngineState> {
  const { body } = call.input as { readonly body: NetworkCreateRequest };
  const rival = state.networks.find(({ wish }) => {
    const other = state.wishes[wish];
    return other?.Name === body.Name || netOf(subnetOf(other)).overlaps(subnetOf(body));
  });
  const isMade = answer.outcome === 'success';
  if (rival)
    return isMade
      ? broken(
          call,
          `a refusal, since ${state.wishes[rival.wish]?.Name} is there`,
          printed(answer.body),
          'double allocation',
        )
      : { state };
  if (!isMade) return broken(call, 'the network', printed(answer.body), 'lost update');
  const { Id: id } = answer.body as NetworkCreateResponse;
  return { state: { ...state, networks: sorted([...state.networks, { id, wish: state.wishes.indexOf(body) }]) } };
}

function afterList(state: EngineState, call: Call, answer: Heard): Step<EngineState> {
  const rows = answer.outcome === 'success' ? (answer.body as readonly NetworkInspect[]) : [];
  return same(
    state,
    call,
    state.networks.map(({ id }) => id),
    rows.map(({ Id }) => Id),
  );
}

function afterPrune(state: EngineState, call: Call, answer: Heard): Step<EngineState> {
  const deleted = answer.outcome === 'success' ? (answer.body as { NetworksDeleted?: readonly string[] | null }) : {};
  return same(
    { ...state, networks: [] },
    call,
    state.networks.map(({ wish }) => state.wishes[wish]?.Name ?? ''),
    deleted.NetworksDeleted ?? [],
  );
}

/** The state, where two lists have the same items. */
function same(state: EngineState, call: Call, wanted: readonly string[], got: readonly string[]): Step<EngineState> {
  const [left, right] = [[...wanted].sort().join(', '), [...got].sort().join(', ')];
  return left === right ? { state } : broken(call, left || 'nothing', right || 'nothing');
}

function afterOne(state: EngineState, call: Call, answer: Heard): Step<EngineState> {
  const { id } = call.input as { readonly id: string };
  const network = state.networks.find((each) => each.id === id || state.wishes[each.wish]?.Name === id);
  const isDone = answer.outcome === 'success';
  if (!network)
    return isDone ? broken(call, 'a refusal, since there is none', printed(answer.body), 'lost update') : { state };
  if (!isDone) return broken(call, 'success, since the network is there', printed(answer.body), 'lost update');
  if (call.op === 'NetworkDelete')
    return { state: { ...state, networks: state.networks.filter((each) => each !== network) } };
  const wish = state.wishes[network.wish];
  const { Id, Name, IPAM } = answer.body as NetworkInspect;
  const got = [Id, Name, IPAM.Config?.[0]?.Subnet].join(' ');
  const wanted = [network.id, wish?.Name, subnetOf(wish)].join(' ');
  return got === wanted ? { state } : broken(call, wanted, got);
}

function sorted(networks: readonly Network[]): readonly Network[] {
  return [...networks].sort((a, b) => a.wish - b.wish);
}

/**
 * The same for calls at once. Each client keeps to one name, since engines promise no order to two who use one; their
 * subnets overlap. Lists and prunes are no single moment for an engine, and so may show half of a change.
 */
export const engineModelAtOnce: Model<EngineState> = {
  ...engineModel,
  start: startWith(4),
  verbs: ['create', 'create', 'create', 'inspect', 'inspect by name', 'delete', 'delete by name'],
  ofClient: (command, client) => ({ ...command, x: client }),
};

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
  /** Three names, and for each of them two subnets of which one overlaps the next name's. */
  readonly wishes: readonly NetworkCreateRequest[];
  readonly label: string;
  readonly networks: readonly Network[];
}

/** Networks that come and go under few names and few subnets, by id, by name, one by one and by pruning. */
export const engineModel: Model<EngineState> = {
  name: 'networks of an engine',
  verbs: ['create', 'create', 'create', 'inspect', 'inspect by name', 'list', 'delete', 'delete by name', 'prune'],
  longest: 24,
  async start({ draw }) {
    const label = `org.opencnm.sequence-${draw.name()}`;
    const nets = Array.from({ length: 3 }, () => engineNetworkRequest(draw, { labels: { [label]: 'own' } }).body);
    const wishes = nets.flatMap((body, n) => [body, { ...body, IPAM: nets[(n + 1) % nets.length]?.IPAM ?? null }]);
    return { wishes, label, networks: [] };
  },
  call({ wishes, label, networks }, { verb, x, y }) {
    if (verb === 'create') return { op: 'NetworkCreate', input: { body: wishes[(x * 3 + y) % wishes.length] } };
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

/** A call about one network: mostly one that exists, sometimes a name that may not. */
function oneOf({ wishes, networks }: EngineState, { verb, x, y }: Command): Call | undefined {
  const op = verb.startsWith('inspect') ? 'NetworkInspect' : 'NetworkDelete';
  if (verb.endsWith('by name')) return { op, input: { id: wishes[(x * 3 + y) % wishes.length]?.Name } };
  const network = networks[x % Math.max(networks.length, 1)];
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
      ? broken(call, `a refusal, since ${state.wishes[rival.wish]?.Name} is there`, printed(answer.body))
      : { state };
  if (!isMade) return broken(call, 'the network', printed(answer.body));
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
  if (!network) return isDone ? broken(call, 'a refusal, since there is none', printed(answer.body)) : { state };
  if (!isDone) return broken(call, 'success, since the network is there', printed(answer.body));
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

/** The same for calls at once: lists and prunes are no single moment for an engine, and so may show half of a change. */
export const engineModelAtOnce: Model<EngineState> = {
  ...engineModel,
  verbs: ['create', 'create', 'create', 'inspect', 'inspect by name', 'delete', 'delete by name'],
};

import { createHash } from 'node:crypto';
import type {
  RequestAddressRequest,
  RequestAddressResponse,
  RequestPoolRequest,
  RequestPoolResponse,
} from '@opencnm/spec';
import { Blocked } from '../blocked.js';
import { type PoolMade, poolRequest, requestPool } from '../fixtures/a-pool.js';
import { addressOptions } from '../fixtures/an-address.js';
import { networkOn } from '../fixtures/network-on.js';
import { collide, isNet, isNoSubnet, type Net, netOf, plainText } from '../net.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import { broken, type Call, type Command, type Heard, type Model, type Step } from './model.js';

/** A pool that is held, and what is certain of it. */
interface Pool {
  readonly id: string;
  readonly cidr: string;
  /** Which of the requests it answers. */
  readonly wish: number;
  readonly grants: number;
  /** Whether a network was made on it, for a driver that has addresses only in its networks. */
  readonly hasNetwork: boolean;
  readonly held: readonly string[];
  /** What the driver chose in this life of the pool, held or not. */
  readonly chosen: readonly string[];
  /** What was granted by name in this life of the pool, held or not. */
  readonly named: readonly string[];
  /** What was granted for gateways and not released: several networks may share one. */
  readonly gateways: readonly string[];
}

/** What is certain of an IPAM driver. */
export interface IpamState {
  readonly pools: readonly Pool[];
  readonly wishes: readonly RequestPoolRequest[];
  /** The wishes that were refused last. */
  readonly refused: readonly number[];
  readonly options: RequestAddressRequest['Options'];
  readonly mayReplay: boolean;
  /** Whether the driver has addresses only in its networks. */
  readonly needsNetworks: boolean;
}

const gateway = { RequestAddressType: 'com.docker.network.gateway' } as const;

/** Small pools of both families, with a sub-pool and without, named and chosen, and their addresses until they run out. */
export const ipamModel: Model<IpamState> = {
  name: 'pools and addresses',
  verbs: [
    'choose an address',
    'choose an address',
    'name an address',
    'release an address',
    'name a held address',
    'release a free address',
    'choose a gateway',
    'request a pool',
    'release a pool',
  ],
  longest: 40,
  async start(world, { first }) {
    const pool = first ? await firstPool(world) : undefined;
    const needsNetworks = world.features.has('addresses-of-networks');
    if (pool && needsNetworks) await networkOn(world, pool);
    return {
      pools: pool ? [{ ...poolOf(pool.id, pool.pool, 0), hasNetwork: needsNetworks }] : [],
      needsNetworks,
      refused: [],
      wishes: [pool?.request ?? (await firstWish(world)), ...(await furtherWishes(world))],
      options: addressOptions({ needsMac: world.features.has('requires-mac') }, world.draw),
      mayReplay: world.features.has('replay'),
    };
  },
  async prepare(world, state, { op, input }) {
    const { PoolID, Options } = input as RequestAddressRequest;
    const pool = state.pools.find(({ id }) => id === PoolID);
    if (!(state.needsNetworks && op === 'IpamDriver.RequestAddress') || !pool || pool.hasNetwork) return state;
    if (Options?.RequestAddressType) return state;
    await networkOn(world, madeOf(state, pool));
    return { ...state, pools: withPool(state.pools, { ...pool, hasNetwork: true }) };
  },
  opening: [{ verb: 'request a pool', x: 0, y: 0 }],
  // Clients that ask at once ask for endpoints of their own.
  ofClient: (command, client) => ({ ...command, y: command.y + 60 * client }),
  call(state, { verb, x, y }) {
    const wish = x % state.wishes.length;
    const pool = state.pools.find((each) => each.wish === wish);
    if (verb === 'request a pool' || !(pool || state.refused.includes(wish)))
      return { op: 'IpamDriver.RequestPool', input: state.wishes[wish] };
    const other = pool ?? state.pools[0];
    return other && callOn(other, { verb, x, y }, ofAnEndpoint(state.options ?? null, other, y));
  },
  after(state, call, answer) {
    if (call.op === 'IpamDriver.RequestPool') return afterPool(state, call, answer);
    const pool = state.pools.find(({ id }) => id === (call.input as { readonly PoolID: string }).PoolID);
    if (!pool) return { state };
    const step =
      call.op === 'IpamDriver.RequestAddress'
        ? afterAddress(pool, call, answer, state.mayReplay)
        : afterRelease(pool, call, answer);
    return 'broken' in step ? step : { state: { ...state, pools: withPool(state.pools, step.state) } };
  },
  isOwn({ pools }, { op, input }, { outcome, body }) {
    if (outcome !== 'success') return undefined;
    if (op === 'IpamDriver.RequestPool') return isSame((input as RequestPoolRequest).Pool, body);
    const pool = pools.find(({ id }) => id === (input as RequestAddressRequest).PoolID);
    const [ip = ''] = ((body as RequestAddressResponse | null)?.Address ?? '').split('/');
    return pool && plainText(ip) ? netOf(pool.cidr).overlaps(`${ip}/${ip.includes(':') ? 128 : 32}`) : undefined;
  },
};

/** Whether a pool that was named was granted; undefined where none was. */
function isSame(named = '', granted: unknown): boolean | undefined {
  const { Pool } = (granted ?? {}) as RequestPoolResponse;
  return isNet(named) && isNet(Pool) && !isNoSubnet(Pool) ? netOf(named).cidr === netOf(Pool).cidr : undefined;
}

/** A small pool, which is full soon; any pool from a driver that grants no small ones. */
async function firstPool(world: World): Promise<PoolMade> {
  if (world.settings.pool) return requestPool(world);
  try {
    return await requestPool(world, { prefix: 29 });
  } catch (error) {
    if (error instanceof Blocked && error.notImplemented) return requestPool(world);
    throw error;
  }
}

/** The request for the first pool, as far as it is known before a driver refuses it. */
function firstWish(world: World): Promise<RequestPoolRequest> {
  return poolRequest(world, world.settings.pool ? {} : { prefix: 29 });
}

/** Requests for more pools; a target that knows but one pool has no others. */
async function furtherWishes(world: World): Promise<readonly RequestPoolRequest[]> {
  if (world.settings.pool) return [];
  return [
    await poolRequest(world, { prefix: 28, subPool: { prefix: 30, at: 4 } }),
    await poolRequest(world, { v6: true, prefix: 126 }),
    await poolRequest(world, { pool: 'dynamic' }),
    ...(world.features.has('two-spaces') ? [await poolRequest(world, { prefix: 29, space: 'global' })] : []),
  ];
}

function poolOf(id: string, cidr: string, wish: number): Pool {
  return { id, cidr, wish, grants: 1, hasNetwork: false, held: [], chosen: [], named: [], gateways: [] };
}

/** A pool as fixtures know it. */
function madeOf({ wishes }: IpamState, { id, cidr, wish }: Pool): PoolMade {
  const request = wishes[wish] ?? { AddressSpace: '' };
  return {
    id,
    pool: cidr,
    subPool: cidr,
    net: netOf(cidr),
    space: request.AddressSpace,
    needsMac: false,
    request,
  };
}

const macKey = 'com.docker.network.endpoint.macaddress';

/** An engine asks for each endpoint with a MAC address of its own, where the driver wants one. */
function ofAnEndpoint(options: RequestAddressRequest['Options'], { id, held }: Pool, y: number): typeof options {
  if (!options?.[macKey]) return options;
  const digest = createHash('sha256')
    .update(JSON.stringify([id, held, y]))
    .digest('hex');
  return { ...options, [macKey]: `02:42:${digest.slice(0, 8).replace(/..(?=.)/g, '$&:')}` };
}

function callOn(pool: Pool, { verb, y }: Command, options: RequestAddressRequest['Options']): Call | undefined {
  const request = (Address: string, Options: RequestAddressRequest['Options'] = options ?? null): Call => ({
    op: 'IpamDriver.RequestAddress',
    input: { PoolID: pool.id, Address, Options },
  });
  const release = (Address: string): Call => ({ op: 'IpamDriver.ReleaseAddress', input: { PoolID: pool.id, Address } });
  const host = hostOf(netOf(pool.cidr), y);
  const held = pool.held.includes(host) ? host : pool.held[y % Math.max(pool.held.length, 1)];
  switch (verb) {
    case 'name an address':
      return request(host);
    case 'name a held address':
      return held === undefined ? undefined : request(held);
    case 'release an address':
      return held === undefined ? undefined : release(held);
    case 'release a free address':
      return pool.held.includes(host) ? undefined : release(host);
    case 'choose a gateway':
      return request('', gateway);
    case 'release a pool':
      // An engine lets a pool go when nothing holds an address of it any more.
      return pool.grants > 1 || pool.held.length === 0
        ? { op: 'IpamDriver.ReleasePool', input: { PoolID: pool.id } }
        : undefined;
    default:
      return request('');
  }
}

/** One of the addresses that hosts may have, apart from the first, which is the gateway's more often than not. */
function hostOf(net: Net, n: number): string {
  const room = net.size > 16n ? 12 : Number(net.size) - 3;
  return net.ip(2 + (n % Math.max(room, 1)));
}

function afterPool(state: IpamState, call: Call, answer: Heard): Step<IpamState> {
  const wish = call.input as RequestPoolRequest;
  const place = state.wishes.indexOf(wish);
  const refused = state.refused.filter((each) => each !== place);
  const { PoolID: id = '', Pool: cidr = '' } = (answer.body ?? {}) as RequestPoolResponse;
  // An engine fails for want of a pool, as it does when one is refused.
  if (answer.outcome === 'refusal' || cidr === '') return { state: { ...state, refused: [...refused, place].sort() } };
  if (!isNet(cidr)) return broken(call, 'a Pool in CIDR form', printed(answer.body));
  const isChosen = (wish.Pool ?? '') === '';
  if (!isChosen && !isNoSubnet(cidr) && netOf(cidr).cidr !== netOf(wish.Pool ?? '').cidr)
    return broken(call, `the pool ${wish.Pool}, or a refusal`, cidr);
  const rival = state.pools.find((pool) => isChosen && isChosenBy(state, pool) && collide(pool.cidr, cidr));
  if (rival) return broken(call, `a pool apart from ${rival.cidr}, which is held`, cidr, 'double allocation');
  const known = state.pools.find((pool) => pool.id === id);
  // One id for two pools is a driver's freedom, but nothing is certain of them any more.
  if (known && known.cidr !== cidr)
    return { state: { ...state, pools: withPool(state.pools, { ...known, grants: 0 }) } };
  // One pool under two ids is another: what is held through one of them is held through both.
  const twin = known ? undefined : state.pools.find((pool) => pool.cidr === cidr);
  if (twin) return { state: { ...state, pools: withPool(state.pools, { ...twin, grants: 0 }) } };
  const pool = known ? { ...known, grants: known.grants + 1 } : poolOf(id, cidr, place);
  return { state: { ...state, pools: withPool(state.pools, pool) } };
}

function isChosenBy({ wishes }: IpamState, { wish }: Pool): boolean {
  return (wishes[wish]?.Pool ?? '') === '';
}

function afterAddress(pool: Pool, call: Call, answer: Heard, mayReplay: boolean): Step<Pool> {
  const { Address: name = '', Options } = call.input as RequestAddressRequest;
  const isGateway = Options?.RequestAddressType === gateway.RequestAddressType;
  if (answer.outcome === 'refusal') return isGateway ? { state: pool } : afterRefusal(pool, call, name);
  const text = (answer.body as { readonly Address?: string } | null)?.Address ?? '';
  const ip = plainText(text.split('/')[0] ?? '');
  // A driver may have no gateways to choose; an engine fails without one, as it does when it is refused.
  if (ip === '' && isGateway) return { state: pool };
  if (ip === '') return broken(call, 'an address', printed(answer.body));
  const isShared = isGateway && pool.gateways.includes(ip);
  if (pool.held.includes(ip) && !isShared && !(mayReplay && ip === name))
    return broken(
      call,
      name === '' ? 'an address that nobody holds' : `a refusal, since ${ip} is held`,
      text,
      'double allocation',
    );
  return {
    state: {
      ...pool,
      held: [...new Set([...pool.held, ip])].sort(),
      chosen: name === '' && !isGateway ? also(pool.chosen, ip) : pool.chosen,
      named: name === ip ? also(pool.named, ip) : pool.named,
      gateways: isGateway ? also(pool.gateways, ip) : pool.gateways,
    },
  };
}

/** A driver may refuse what it never granted; what it granted and got back is there to be had. */
function afterRefusal(pool: Pool, call: Call, name: string): Step<Pool> {
  if (name !== '')
    return pool.named.includes(name) && !pool.held.includes(name)
      ? broken(call, `${name}, which was granted before and released`, 'a refusal', 'lost update')
      : { state: pool };
  const free = pool.chosen.find((ip) => !pool.held.includes(ip));
  return free === undefined
    ? { state: pool }
    : broken(call, `an address: ${free} was chosen before and is free`, 'a refusal', 'lost update');
}

function afterRelease(pool: Pool, call: Call, answer: Heard): Step<Pool> {
  if (call.op === 'IpamDriver.ReleasePool')
    return { state: answer.outcome === 'success' ? { ...pool, grants: pool.grants - 1 } : pool };
  const { Address: ip } = call.input as { readonly Address: string };
  if (!pool.held.includes(ip)) return { state: pool };
  const others = (list: readonly string[]) => list.filter((each) => each !== ip);
  const free = { ...pool, held: others(pool.held), gateways: others(pool.gateways) };
  // An engine logs a refusal and takes the address for free; a gateway may stay, so that nothing is certain of it.
  const mayStay = answer.outcome === 'refusal' && pool.gateways.includes(ip);
  return { state: mayStay ? { ...free, chosen: others(pool.chosen), named: others(pool.named) } : free };
}

function withPool(pools: readonly Pool[], pool: Pool): readonly Pool[] {
  const others = pools.filter(({ id }) => id !== pool.id);
  return pool.grants === 0 ? others : [...others, pool].sort((a, b) => a.wish - b.wish);
}

function also(list: readonly string[], ip: string): readonly string[] {
  return list.includes(ip) ? list : [...list, ip].sort();
}

/**
 * The same for calls at once, in which only what is held is released, since what two do at once is undone by its
 * answers; an engine lets no pool go while it asks for addresses of it.
 */
export const ipamModelAtOnce: Model<IpamState> = {
  ...ipamModel,
  verbs: ipamModel.verbs.filter((verb) => verb !== 'release a free address' && verb !== 'release a pool'),
};

import type { Engine, IpamDriver, NetworkDriver } from '@opencnm/spec';
import { memoryNetworkDriver } from '../network/memory-network-driver.js';
import { seeded } from '../seed.js';
import { asksOnce } from './asks-once.js';
import { type Clock, engineClock } from './clock.js';
import { containerOperations } from './containers.js';
import type { EngineContext } from './context.js';
import { defaultIpam, nullIpam } from './default-ipam.js';
import { type DriverTables, driversOf } from './drivers.js';
import { engineEvents } from './events.js';
import { keyedLocks } from './locks.js';
import { networkOperations } from './networks.js';
import type { EngineState, NetworkRecord } from './state.js';
import { systemOperations } from './system.js';

/** What an engine is made of. */
export interface EngineOptions {
  readonly seed?: number;
  /** What the times of the engine come from; the machine's clock unless given. */
  readonly clock?: Clock;
  /** The drivers that the engine knows as `mock`. */
  readonly networkDriver?: NetworkDriver;
  readonly ipamDriver?: IpamDriver;
  /** Drivers in other processes. */
  readonly foreign?: DriverTables;
}

/** An engine in memory: networks, containers, events, and the calls to drivers in the order of a real one. */
export function memoryEngine({
  seed = 1,
  clock = engineClock(),
  networkDriver,
  ipamDriver,
  foreign,
}: EngineOptions = {}): Engine {
  const builtIn = memoryNetworkDriver({ seed: seed + 1 });
  const ownIpam = defaultIpam(seed);
  const [mockDriver, mockIpam] = [networkDriver && asksOnce(networkDriver), ipamDriver && asksOnce(ipamDriver)];
  const state: EngineState = { networks: new Map(), containers: new Map() };
  const context: EngineContext = {
    state,
    clock,
    random: seeded(seed + 2),
    events: engineEvents(clock),
    locks: keyedLocks(),
    drivers: driversOf({
      network: {
        bridge: async () => builtIn,
        host: async () => builtIn,
        null: async () => builtIn,
        ...(mockDriver ? { mock: async () => mockDriver } : {}),
        ...foreign?.network,
      },
      ipam: {
        default: async () => ownIpam,
        null: async () => nullIpam,
        ...(mockIpam ? { mock: async () => mockIpam } : {}),
        ...foreign?.ipam,
      },
    }),
  };
  for (const record of predefinedNetworks(context)) {
    state.networks.set(record.id, record);
    void builtIn.createNetwork({
      NetworkID: record.id,
      Options: {},
      IPv4Data: record.pools.map(({ pool, gateway }) => ({
        AddressSpace: 'LocalDefault',
        Pool: pool,
        Gateway: gateway,
      })),
      IPv6Data: [],
    });
  }
  void ownIpam.requestPool({
    AddressSpace: 'LocalDefault',
    Pool: bridgePool.pool,
    SubPool: '',
    Options: null,
    V6: false,
  });
  void ownIpam.requestAddress({ PoolID: bridgePool.poolId, Address: '172.17.0.1', Options: null });
  return { ...systemOperations(context), ...networkOperations(context), ...containerOperations(context) };
}

const bridgePool = {
  family: 4,
  poolId: 'LocalDefault/172.17.0.0/16',
  pool: '172.17.0.0/16',
  addressSpace: 'LocalDefault',
  gateway: '172.17.0.1/16',
  aux: {},
} as const;

/** bridge, host and none, which every engine has from its start. */
function predefinedNetworks({ random, clock }: EngineContext): readonly NetworkRecord[] {
  const base = {
    scope: 'local',
    hasIPv4: true,
    hasIPv6: false,
    isInternal: false,
    isAttachable: false,
    isConfigOnly: false,
    configFrom: '',
    configs: [],
    options: {},
    labels: {},
    ipamDriver: 'default',
    ipamOptions: null,
    isPredefined: true,
  } as const;
  return [
    { ...base, name: 'bridge', driver: 'bridge', pools: [bridgePool] },
    { ...base, name: 'host', driver: 'host', pools: [] },
    { ...base, name: 'none', driver: 'null', pools: [] },
  ].map((record) => ({ ...record, id: random.hex(64), created: clock.now() }));
}

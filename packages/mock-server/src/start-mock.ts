import { type Handler, handlePlugin, type Listening, listen } from '@opencnm/sdk/driver-kit';
import type { FaultId } from '@opencnm/spec';
import { engineClock, steppingClock } from './engine/clock.js';
import { connectDrivers } from './engine/connect-drivers.js';
import { handleEngine } from './engine/handle-engine.js';
import { memoryEngine } from './engine/memory-engine.js';
import type { Fault } from './faults/fault.js';
import { faults } from './faults/index.js';
import { memoryIpamDriver } from './ipam/memory-ipam-driver.js';
import { delayed, type Latency } from './latency.js';
import { memoryNetworkDriver } from './network/memory-network-driver.js';
import { stateFile } from './state/state-file.js';
import { chooseVariants } from './variants/choose-variants.js';
import type { VariantId } from './variants/index.js';

/** Where the mock listens and how it behaves. Addresses are `unix:///path` or `tcp://127.0.0.1:PORT` (0 = any free port). */
export interface MockOptions {
  readonly plugin?: string;
  readonly engine?: string;
  /** Foreign drivers that the engine calls, by name: their addresses. */
  readonly drivers?: Readonly<Record<string, string>>;
  readonly faults?: readonly FaultId[];
  /** The legal oddities of the drivers; those of the transport show on the plugin's address alone. */
  readonly variants?: readonly VariantId[];
  /** How long each answer waits, in ms; drawn from the seed. */
  readonly latencyMs?: Latency;
  /** The scope that the network driver claims; local unless told otherwise. */
  readonly scope?: 'local' | 'global';
  /** Fixes ids, MAC addresses and waits, and the engine's times: its clock then begins with 2026 and goes on when it is read. */
  readonly seed?: number;
  /** A file that keeps the state of the drivers, but not of the engine, over a restart. */
  readonly state?: string;
}

/** A running mock. */
export interface Mock {
  readonly pluginUrl?: string;
  readonly engineUrl?: string;
  /** Forgets every network, endpoint, pool and container, and takes other faults and variants. */
  readonly reset: (faults?: readonly FaultId[], variants?: readonly VariantId[]) => void;
  readonly close: () => Promise<void>;
}

/** Starts a network driver, an IPAM driver and an engine in memory, on the addresses given; throws CnmError for variants that cannot be combined, and for addresses that cannot be used. */
export async function startMock(options: MockOptions): Promise<Mock> {
  const foreign = connectDrivers(options.drivers ?? {});
  const state = options.state === undefined ? undefined : stateFile(options.state);
  const { plugin: pluginAt, engine: engineAt, seed = 1, latencyMs } = options;
  const isSeeded = options.seed !== undefined;
  let world = worldWith(options.faults ?? [], options.variants ?? []);
  function worldWith(ids: readonly FaultId[], variantIds: readonly VariantId[]) {
    const chosen: readonly Fault[] = [...ids.map((id) => faults[id]), ...chooseVariants(variantIds)];
    const networkDriver = wrap(
      chosen,
      'networkDriver',
      memoryNetworkDriver({
        seed,
        scope: options.scope ?? 'local',
        ...(state ? { keep: state.networks() } : {}),
      }),
    );
    const ipamDriver = wrap(
      chosen,
      'ipamDriver',
      memoryIpamDriver({ seed, ...(state ? { keep: state.pools() } : {}) }),
    );
    const engine = wrap(
      chosen,
      'engine',
      memoryEngine({ seed, clock: isSeeded ? steppingClock() : engineClock(), networkDriver, ipamDriver, foreign }),
    );
    return {
      plugin: wrap(chosen, 'transport', handlePlugin({ networkDriver, ipamDriver })),
      engine: wrap(chosen, 'engineTransport', handleEngine(engine)),
    };
  }
  const listening: Listening[] = [];
  const close = async () => {
    await Promise.all(listening.map((each) => each.close()));
    await foreign.close();
  };
  const serve = async (handler: Handler, at: string) => {
    const server = await listen(latencyMs ? delayed(handler, latencyMs, seed) : handler, at);
    listening.push(server);
    return server.address;
  };
  try {
    return {
      ...(pluginAt ? { pluginUrl: await serve((request) => world.plugin(request), pluginAt) } : {}),
      ...(engineAt ? { engineUrl: await serve((request) => world.engine(request), engineAt) } : {}),
      reset: (ids = [], variantIds = []) => {
        state?.clear();
        world = worldWith(ids, variantIds);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Wraps a face or a handler in every fault and variant that speaks of it. */
function wrap<K extends keyof Fault>(
  chosen: readonly Fault[],
  key: K,
  inner: Parameters<NonNullable<Fault[K]>>[0],
): typeof inner {
  return chosen.reduce((face, fault) => {
    const wrapper = fault[key] as ((face: typeof inner) => typeof inner) | undefined;
    return wrapper ? wrapper(face) : face;
  }, inner);
}

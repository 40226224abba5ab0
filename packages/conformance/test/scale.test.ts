import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryIpamDriver, memoryNetworkDriver, startMock } from '@opencnm/mock-server';
import { servePlugin } from '@opencnm/sdk/driver-kit';
import type { IpamDriver, NetworkDriver } from '@opencnm/spec';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runScale, type ScaleOptions } from '../src/scale/run-scale.js';
import type { ScaleReport } from '../src/scale/scale-report.js';
import { scaleText } from '../src/scale/scale-text.js';

// Each run makes and removes some hundreds of things, call by call.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a driver holds, by counting its calls. */
interface Held {
  networks: number;
  endpoints: number;
  pools: number;
  addresses: number;
}

type Change = (held: Held) => {
  readonly networkDriver?: (inner: NetworkDriver) => NetworkDriver;
  readonly ipamDriver?: (inner: IpamDriver) => IpamDriver;
};

/** Measures a memory driver that was changed; what it holds in the end, and the most that it held. */
async function measured(change: Change, options: Partial<ScaleOptions> = {}) {
  const held: Held = { networks: 0, endpoints: 0, pools: 0, addresses: 0 };
  const most: Held = { ...held };
  const count = (kind: keyof Held, by: 1 | -1) => {
    held[kind] += by;
    most[kind] = Math.max(most[kind], held[kind]);
  };
  const counted = <A, B>(call: (input: A) => Promise<B>, kind: keyof Held, by: 1 | -1) => {
    return async (input: A) => {
      const answer = await call(input);
      count(kind, by);
      return answer;
    };
  };
  const changed = change(held);
  const network = (changed.networkDriver ?? ((inner) => inner))(memoryNetworkDriver());
  const ipam = (changed.ipamDriver ?? ((inner) => inner))(memoryIpamDriver());
  const driver = await servePlugin(
    {
      networkDriver: {
        ...network,
        createNetwork: counted(network.createNetwork, 'networks', 1),
        deleteNetwork: counted(network.deleteNetwork, 'networks', -1),
        createEndpoint: counted(network.createEndpoint, 'endpoints', 1),
        deleteEndpoint: counted(network.deleteEndpoint, 'endpoints', -1),
      },
      ipamDriver: {
        ...ipam,
        requestPool: counted(ipam.requestPool, 'pools', 1),
        releasePool: counted(ipam.releasePool, 'pools', -1),
        requestAddress: counted(ipam.requestAddress, 'addresses', 1),
        releaseAddress: counted(ipam.releaseAddress, 'addresses', -1),
      },
    },
    { socket: join(folder, 'driver.sock') },
  );
  try {
    const report = await runScale({ target: `unix://${folder}/driver.sock`, seed: 5, ...options });
    return { report, held, most };
  } finally {
    await driver.close();
  }
}

const nothing: Held = { networks: 0, endpoints: 0, pools: 0, addresses: 0 };
const growthOf = ({ operations }: ScaleReport) =>
  Object.fromEntries(operations.map((row) => [row.operation.split('.')[1], row.exponent ?? Number.NaN]));

/** Works for so long, as a loop over all that is held does. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the growth of a driver', () => {
  it('tells calls that look at everything from calls that do not', async () => {
    const { report, held, most } = await measured(
      (now) => ({
        networkDriver: (inner) => ({
          ...inner,
          join: async (request) => {
            work(now.endpoints * 0.1);
            return inner.join(request);
          },
          deleteNetwork: async (request) => {
            work(now.networks * 0.1);
            return inner.deleteNetwork(request);
          },
        }),
        ipamDriver: (inner) => ({
          ...inner,
          requestAddress: async (request) => {
            work(now.addresses * 0.1);
            return inner.requestAddress(request);
          },
        }),
      }),
      { sizes: [10, 40, 160] },
    );
    expect(report).toMatchObject({ sizes: [10, 40, 160], leftOut: [], leftBehind: [], exitCode: 0 });
    const { Activate, Join, DeleteNetwork, RequestAddress, ...constant } = growthOf(report);
    expect(Activate).toBeNaN();
    for (const grown of [Join, DeleteNetwork, RequestAddress]) expect(grown).toBeGreaterThan(0.5);
    expect(Object.keys(constant).length).toBe(8);
    for (const [name, flat] of Object.entries(constant)) expect(flat, name).toBeLessThan(0.4);
    expect(scaleText(report).replaceAll('\n', ' ')).toMatch(/these grow with what the driver holds: .*Join \(n\^/);
    expect(held).toEqual(nothing);
    expect(most).toMatchObject({ networks: 162, endpoints: 161, pools: 163 });
    expect(report.filling?.points.map(({ percent }) => percent)).toEqual([10, 50, 90, 100]);
    for (const { points } of report.operations)
      for (const { samples, p50, p99 } of points) {
        expect(samples).toBe(50);
        expect(p99).toBeGreaterThanOrEqual(p50);
      }
  });

  it.each(['before-28', 'addresses-of-networks'] as const)('is measured where using it tells: %s', async (variant) => {
    const target = `unix://${folder}/mock.sock`;
    const mock = await startMock({ plugin: target, variants: [variant] });
    try {
      const report = await runScale({ target, seed: 5, sizes: [3] });
      expect(report).toMatchObject({ sizes: [3], leftOut: [], leftBehind: [], exitCode: 0 });
      expect(report.target.features).toContain(variant);
      expect(report.notFilled).toBeUndefined();
      expect(report.filling?.points.map(({ percent }) => percent)).toEqual([10, 50, 90, 100]);
    } finally {
      await mock.close();
    }
  });

  it('leaves out what there is no time for, ends in time and removes everything', async () => {
    const { report, held } = await measured(
      () => ({
        networkDriver: (inner) => ({
          ...inner,
          createNetwork: async (request) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            return inner.createNetwork(request);
          },
        }),
      }),
      { sizes: [5, 20_000, 21_000], maxSeconds: 8 },
    );
    expect(report.sizes).toEqual([5]);
    expect(report.leftOut).toEqual([
      { size: 20_000, reason: 'no time within 8 s' },
      { size: 21_000, reason: 'no time within 8 s' },
    ]);
    expect(report.ms).toBeLessThan(8_500);
    expect(report.exitCode).toBe(0);
    expect(growthOf(report)['CreateNetwork']).toBeNaN();
    expect(held).toEqual(nothing);
  });

  it('tells where a driver fails, and removes what there was', async () => {
    const { report, held } = await measured(
      (now) => ({
        networkDriver: (inner) => ({
          ...inner,
          createEndpoint: async (request) => {
            if (now.endpoints >= 30) throw new Error('no link is left');
            return inner.createEndpoint(request);
          },
        }),
      }),
      { sizes: [10, 40] },
    );
    expect(report).toMatchObject({ sizes: [10], exitCode: 1 });
    expect(report.leftOut[0]?.reason).toContain('NetworkDriver.CreateEndpoint was refused');
    expect(report.leftOut[0]?.reason).toContain('no link is left');
    expect(scaleText(report)).toContain('FAILED on the way');
    expect(held).toEqual(nothing);
  });

  it('leaves out sizes for which a pool has no addresses', async () => {
    const { report } = await measured(() => ({}), {
      sizes: [5, 300],
      profiles: ['network-driver'],
      settings: { pool: '10.77.0.0/24', gateway: '10.77.0.1/24' },
    });
    expect(report.leftOut).toEqual([{ size: 300, reason: 'there are subnets and addresses for 252 only' }]);
    expect(report.operations.map(({ operation }) => operation)).not.toContain('IpamDriver.RequestPool');
  });

  it.each([
    [{}, '10.77.0.1/24'],
    [{ gateway: '10.77.0.4/24' }, '10.77.0.4/24'],
  ])('takes gateway and addresses from the pool that the user named, with %o', async (more, gateway) => {
    const gateways = new Set<string>();
    const addresses = new Set<string>();
    const { report } = await measured(
      () => ({
        networkDriver: (inner) => ({
          ...inner,
          createNetwork: (request) => {
            for (const { Gateway = '' } of request.IPv4Data ?? []) gateways.add(Gateway);
            return inner.createNetwork(request);
          },
          createEndpoint: (request) => {
            addresses.add(request.Interface?.Address ?? '');
            return inner.createEndpoint(request);
          },
        }),
      }),
      { sizes: [5], profiles: ['network-driver'], settings: { pool: '10.77.0.0/24', ...more } },
    );
    expect(report.leftOut).toEqual([]);
    expect([...gateways]).toEqual([gateway]);
    expect([...addresses].filter((address) => !address.startsWith('10.77.0.') || address === gateway)).toEqual([]);
    expect(addresses.size).toBeGreaterThan(5);
  });

  it('measures an IPAM driver alone, and calls that a driver lacks not at all', async () => {
    const { report } = await measured(() => ({}), { sizes: [3], profiles: ['ipam-driver'] });
    expect(report.operations.map(({ operation }) => operation)).toEqual([
      'Plugin.Activate',
      'IpamDriver.RequestPool',
      'IpamDriver.ReleasePool',
      'IpamDriver.RequestAddress',
      'IpamDriver.ReleaseAddress',
    ]);
  });

  it('stops calling a target that went away', async () => {
    let calls = 0;
    const never = () => {
      calls++;
      return new Promise<never>(() => undefined);
    };
    const { report } = await measured(
      () => ({
        networkDriver: (inner) => ({
          ...inner,
          endpointOperInfo: never,
          leave: never,
          deleteEndpoint: never,
          deleteNetwork: never,
        }),
        ipamDriver: (inner) => ({ ...inner, releaseAddress: never, releasePool: never }),
      }),
      { sizes: [50], settings: { timeoutMs: 100 } },
    );
    // Five of them undo what the driver was asked for before.
    expect(calls).toBe(5 + 4);
    expect(report.exitCode).toBe(1);
    expect(report.leftBehind.length).toBeGreaterThan(50);
    expect(
      scaleText(report)
        .split('\n')
        .filter((line) => line.startsWith('left behind:')).length,
    ).toBe(11);
    expect(report.ms).toBeLessThan(5_000);
  });
});

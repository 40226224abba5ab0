import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryIpamDriver, memoryNetworkDriver, startMock } from '@opencnm/mock-server';
import { servePlugin } from '@opencnm/sdk/driver-kit';
import type { IpamDriver, NetworkDriver, OperationId } from '@opencnm/spec';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fillPool } from '../src/scale/fill-pool.js';
import { growthOf as growthOfSamples } from '../src/scale/growth.js';
import { Failed } from '../src/scale/meter.js';
import { runScale, type ScaleOptions } from '../src/scale/run-scale.js';
import { scalePage } from '../src/scale/scale-page.js';
import { scalePlot } from '../src/scale/scale-plot.js';
import type { ScaleReport } from '../src/scale/scale-report.js';
import { scaleText } from '../src/scale/scale-text.js';
import { exponent, quantile } from '../src/scale/statistics.js';

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

describe('the figures', () => {
  it('have the exponent of a power, whatever its factor', () => {
    for (const power of [-0.5, 0, 0.3, 1, 2, 2.7])
      for (const factor of [0.2, 1, 9])
        expect(exponent([10, 100, 1000, 10_000].map((x) => ({ x, y: factor * x ** power })))).toBeCloseTo(power, 6);
    // Between two powers it is the best line, not that of the first and the last size.
    expect(
      exponent([
        { x: 1, y: 1 },
        { x: Math.E, y: Math.E },
        { x: Math.E ** 2, y: Math.E },
        { x: Math.E ** 3, y: Math.E },
      ]),
    ).toBeCloseTo(0.3, 6);
    expect(exponent([{ x: 10, y: 1 }])).toBeUndefined();
    expect(
      exponent([
        { x: 10, y: 0 },
        { x: 100, y: 0 },
      ]),
    ).toBe(0);
  });

  it('have the nearest sample for a quantile', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([quantile(samples, 0.5), quantile(samples, 0.99), quantile([7], 0.5)]).toEqual([50, 99, 7]);
    expect(quantile([], 0.5)).toBeNaN();
  });

  const report: ScaleReport = {
    reportVersion: 1,
    suite: { version: '0' },
    target: { url: 'unix:///<script>"x"&.sock', profiles: [], features: [] },
    settings: { ipam: 'engine', networkOptions: {}, ipamOptions: {}, timeoutMs: 1, image: '' },
    seed: 1,
    startedAt: '2030-01-01T00:00:00Z',
    ms: 1000,
    maxSeconds: 60,
    sizes: [10, 100, 1000, 10_000, 20_000],
    leftOut: [{ size: 30_000, reason: `refused: <b>\u001b[31m${'x '.repeat(500)}` }],
    operations: [
      {
        operation: 'NetworkDriver.EndpointOperInfo',
        of: 'endpoints',
        points: [10, 100, 1000, 10_000, 20_000].map((size) => ({ size, samples: 50, p50: size, p99: size * 2 })),
        exponent: 1,
        slowdown: 2000,
      },
      {
        operation: 'IpamDriver.RequestPool',
        of: 'pools',
        points: [{ size: 10, samples: 1, p50: 0, p99: 0 }],
        exponent: null,
        slowdown: 1,
      },
    ],
    filling: {
      addresses: 1022,
      points: [
        { percent: 10, p50: 0.2 },
        { percent: 100, p50: 9 },
      ],
      exponent: 0.3,
      slowdown: 45,
    },
    leftBehind: [],
    exitCode: 0,
  };

  it('stand in 80 columns, without control characters of the target', () => {
    const text = scaleText(report);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(text).toMatch(/^EndpointOperInfo +10\.0\/20\.0 +100\/200 +1000\/2000 +10000\/20000 +n\^1\.00$/m);
    expect(text).toMatch(/^EndpointOperInfo +20000\/40000 +n\^1\.00$/m);
    expect(text).toMatch(/^RequestPool +0\.00\/0\.00 +- +- +- +-$/m);
    expect(text).not.toContain('\u001b');
    const flat = text.replaceAll('\n', ' ');
    expect(flat).toContain('as a pool of 1022 fills: 0.20 to 10%, 9.00 to 100% (n^0.30)');
    // What costs much from the start on has a small exponent, and is told all the same.
    expect(flat).toContain('RequestAddress as a pool fills (n^0.30, 45.0 times as slow in the end)');
  });

  it('tell how a pool fills, to the address that the driver keeps for itself', async () => {
    let asked = 0;
    let times: Map<OperationId, number[]> | undefined;
    const note = (op: OperationId, ms: number) => times?.set(op, [...(times.get(op) ?? []), ms]);
    const meter = {
      control: async () => void note('Plugin.Activate', 0.5),
      timed: async (calls: () => Promise<void>) => {
        const taken = new Map<OperationId, number[]>();
        times = taken;
        await calls();
        return taken;
      },
    };
    const ask = async () => {
      if (++asked > 252) throw new Failed('no address is left');
      note('IpamDriver.RequestAddress', asked * 0.1);
    };
    const filling = await fillPool({ fillers: async () => ({ addresses: 254, ask }) }, meter);
    expect(asked).toBe(253);
    expect(filling?.points.map(({ percent, p50 }) => [percent, p50])).toEqual([
      [10, 1.3],
      [50, 7.6],
      [90, 17.8],
      [100, 24],
    ]);
    expect(filling?.exponent).toBeCloseTo(1, 1);
    expect(filling?.slowdown).toBeCloseTo(18.46, 1);
  });

  it('are measured against a call that looks at nothing, whatever the machine does beside', () => {
    const at = (size: number, busy: number, own: number) => ({
      size,
      times: new Map<OperationId, readonly number[]>([
        ['Plugin.Activate', [busy]],
        ['IpamDriver.RequestPool', [busy * own]],
      ]),
    });
    const measured = growthOfSamples([at(10, 6, 1), at(100, 0.5, 10), at(1000, 0.5, 100)]);
    const [control, pools] = measured;
    expect(control).toMatchObject({ operation: 'Plugin.Activate', exponent: null });
    expect(pools).toMatchObject({ exponent: 1, slowdown: 100 });
  });

  it('are drawn without markup of the target, scripts or anything to load', () => {
    const page = scalePage(report);
    expect(page).toContain('<svg');
    expect(page).toContain('unix:///&lt;script&gt;&quot;x&quot;&amp;.sock');
    for (const part of ['<script', '<b>', '\u001b', 'src=', 'href=', 'url(']) expect(page).not.toContain(part);
    const plot = scalePlot(report);
    expect(plot).toContain('EndpointOperInfo n^1.00');
    expect(plot).not.toMatch(/NaN|Infinity/);
    // Five points on a line of slope 1: equal steps to the right are equal steps up.
    const [line = ''] = /points="[^"]*"/.exec(plot) ?? [];
    const places = [...line.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    expect(places.length).toBe(5);
    const steps = [0, 1, 2].map((n) => (places[n + 1]?.[0] ?? 0) - (places[n]?.[0] ?? 0));
    for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 0);
    const empty = scalePlot({ operations: [], sizes: [] });
    expect(empty).not.toMatch(/NaN|Infinity/);
  });
});

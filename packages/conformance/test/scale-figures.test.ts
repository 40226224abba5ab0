import type { OperationId } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { fillPool } from '../src/scale/fill-pool.js';
import { growthOf } from '../src/scale/growth.js';
import { Failed } from '../src/scale/meter.js';
import { scalePage } from '../src/scale/scale-page.js';
import { scalePlot } from '../src/scale/scale-plot.js';
import type { ScaleReport } from '../src/scale/scale-report.js';
import { scaleText } from '../src/scale/scale-text.js';
import { exponent, quantile } from '../src/scale/statistics.js';

describe('the figures of scale', () => {
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
    const measured = growthOf([at(10, 6, 1), at(100, 0.5, 10), at(1000, 0.5, 100)]);
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

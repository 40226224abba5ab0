import { controlOp, Doubled, Failed, type Meter } from './meter.js';
import type { Population } from './population.js';
import type { Filling } from './scale-report.js';
import { exponent, quantile } from './statistics.js';

/** The parts of a pool, by how full it is at their end, in percent. */
const parts = [10, 50, 90, 100];

/** How long RequestAddress takes while a pool fills to its last address; undefined where the driver has no pools. */
export async function fillPool(
  { fillers }: Pick<Population, 'fillers'>,
  meter: Pick<Meter, 'control' | 'timed'>,
): Promise<Filling | undefined> {
  const pool = await fillers();
  if (!pool) return undefined;
  const { addresses, ask } = pool;
  const points: Filling['points'][number][] = [];
  const medians: { readonly x: number; readonly y: number }[] = [];
  let held = 0;
  for (const percent of parts) {
    const first = held;
    const until = Math.floor((addresses * percent) / 100);
    const times = await meter.timed(async () => {
      for (; held < until; held++) {
        await meter.control();
        if (!(await asked(ask, held, addresses))) return;
      }
    });
    const own = times.get('IpamDriver.RequestAddress');
    if (!own) break;
    const p50 = quantile(own, 0.5);
    points.push({ percent, p50: Math.round(p50 * 1000) / 1000 });
    medians.push({ x: (first + held) / 2, y: p50 / Math.max(quantile(times.get(controlOp) ?? [1], 0.5), 0.001) });
  }
  const growth = exponent(medians);
  return {
    addresses,
    points,
    exponent: growth === undefined ? null : Math.round(growth * 100) / 100,
    slowdown: Math.round(((medians.at(-1)?.y ?? 1) / (medians[0]?.y ?? 1)) * 100) / 100,
  };
}

/** Asks for one more; false where the pool is full a little earlier, as drivers may keep some addresses for themselves. */
async function asked(ask: () => Promise<void>, held: number, addresses: number): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof Failed && !(error instanceof Doubled) && held > addresses * 0.9) return false;
    throw error;
  }
}

import { type AskedDriver, askDriver, type DriverToAsk } from '../ask-driver.js';
import { driverCaller } from '../caller/driver-caller.js';
import { drawing } from '../draw.js';
import type { Interrupts } from '../interrupts.js';
import { plainSettings, type Settings } from '../settings.js';
import { version } from '../version.js';
import { fillPool } from './fill-pool.js';
import { growthOf, type Samples } from './growth.js';
import { Doubled, Failed, type Meter, meterOf } from './meter.js';
import { OutOfTime, paceOf } from './pace.js';
import { type Population, population } from './population.js';
import type { ScaleReport } from './scale-report.js';
import { largestSize } from './subnets.js';

/** What a run is about. */
export interface ScaleOptions extends DriverToAsk {
  /** How many networks and endpoints there are when the calls are measured; ascending. 10, 100, 1000 and 10000 by default. */
  readonly sizes?: readonly number[];
  /** When the run ends at the latest, removing included; 600 by default. */
  readonly maxSeconds?: number;
  readonly interrupts?: Interrupts;
  /** Told the size that is measured next, and how much of it there is; 0 before everything is removed. */
  readonly onSize?: (size: number, count: number) => void;
}

/** How often each call is measured at a size. */
const samples = 50;

const warmUpMs = 10_000;

/** Measures the calls of a driver while it holds more and more, and removes all of it; throws Untestable and Interrupted. */
export async function runScale(options: ScaleOptions): Promise<ScaleReport> {
  const startedAt = new Date();
  let caller = driverCaller(options.target, options.settings?.timeoutMs ?? plainSettings.timeoutMs);
  try {
    const { profiles, ...asked } = await askDriver(caller, options);
    caller = asked.caller;
    const maxSeconds = options.maxSeconds ?? 600;
    const measured = await measure(asked, { ...options, maxSeconds });
    return {
      reportVersion: 1,
      suite: { version },
      target: { url: options.target, profiles, features: [...asked.features].sort() },
      settings: asked.settings,
      seed: asked.seed,
      startedAt: startedAt.toISOString(),
      ms: Date.now() - startedAt.getTime(),
      maxSeconds,
      ...measured,
    };
  } finally {
    caller.close();
  }
}

type Measurement = Pick<
  ScaleReport,
  'sizes' | 'leftOut' | 'operations' | 'filling' | 'notFilled' | 'leftBehind' | 'exitCode'
>;

/** Grows from size to size, measures at each, and removes everything, whatever happened. */
async function measure(
  { caller, settings, features, seed }: Omit<AskedDriver, 'profiles'>,
  options: ScaleOptions & { readonly maxSeconds: number },
): Promise<Measurement> {
  const { sizes = [10, 100, 1000, 10_000], maxSeconds, interrupts, onSize } = options;
  const pace = paceOf(maxSeconds);
  const meter = meterOf(caller, () => {
    interrupts?.check();
    pace.check();
  });
  const people = population({ meter, draw: drawing(seed, 'scale', 0), settings, features, seed });
  const taken: Samples[] = [];
  const leftOut: { readonly size: number; readonly reason: string }[] = [];
  let filling: Filled = {};
  let failed = false;
  let leftBehind: readonly string[] = [];
  try {
    for (const size of sizes) {
      const reason = leftOut[0]?.reason ?? tooLarge(size, settings);
      if (reason !== undefined) {
        leftOut.push({ size, reason });
        continue;
      }
      try {
        await pace.making(() => people.growTo(size, (count) => onSize?.(size, count)));
        const round = () => meter.control().then(people.oneMore);
        if (taken.length === 0) await warmUp(round, maxSeconds);
        taken.push({ size, times: await meter.timed(() => repeated(round)) });
      } catch (error) {
        if (!(error instanceof Failed || error instanceof OutOfTime)) throw error;
        failed ||= error instanceof Failed;
        leftOut.push({ size, reason: error.message });
      }
    }
    if (taken.length > 0 && !failed) ({ failed, ...filling } = await pace.making(() => filled(people, meter)));
  } finally {
    onSize?.(0, 0);
    leftBehind = await meter.undo();
  }
  return {
    sizes: taken.map(({ size }) => size),
    leftOut,
    operations: growthOf(taken),
    ...filling,
    leftBehind,
    exitCode: failed || leftBehind.length > 0 ? 1 : taken.length === 0 ? 3 : 0,
  };
}

type Filled = Pick<ScaleReport, 'filling' | 'notFilled'>;

/** What a pool shows that is filled, or why none was. */
async function filled(people: Population, meter: Meter): Promise<Filled & { readonly failed: boolean }> {
  try {
    const filling = await fillPool(people, meter);
    return { failed: false, ...(filling ? { filling } : {}) };
  } catch (error) {
    if (!(error instanceof Failed || error instanceof OutOfTime)) throw error;
    return { failed: error instanceof Doubled, notFilled: error.message };
  }
}

async function repeated(calls: () => Promise<void>): Promise<void> {
  for (let n = 0; n < samples; n++) await calls();
}

/** The first calls of a process are slow whatever it holds; they would hide growth. */
async function warmUp(calls: () => Promise<void>, maxSeconds: number): Promise<void> {
  const end = performance.now() + Math.min(warmUpMs, maxSeconds * 100);
  for (let n = 0; n < samples && performance.now() < end; n++) await calls();
}

function tooLarge(size: number, settings: Settings): string | undefined {
  const largest = largestSize(settings);
  return size > largest ? `there are subnets and addresses for ${largest} only` : undefined;
}

import { drawing } from '../draw.js';
import type { Outcome } from '../outcome.js';
import type { Shape } from './life.js';
import { lifeOf } from './life-of.js';
import { type LifeOptions, liveOnce } from './live-once.js';
import type { Step } from './step.js';

/** What all lives have in common. */
export interface Lives
  extends Pick<LifeOptions, 'caller' | 'settings' | 'features' | 'restarter' | 'check' | 'hookState'> {
  readonly seed: number;
  readonly onPlace?: (place: string, done: number, planned: number) => void;
}

/** A life without a restart, with as much as the driver takes. */
export interface Whole {
  readonly shape: Shape;
  readonly steps: readonly Step[];
  readonly outcomes: readonly Outcome[];
  /** True where further lives make no sense. */
  readonly ends: boolean;
  readonly notes: readonly string[];
}

/**
 * Where the other container runs: on a network elsewhere, or on that of the life where the user named the one pool.
 * Nowhere where every container would have the address that the user named.
 */
export function companyOf({ settings, features }: Pick<Lives, 'settings' | 'features'>): 'elsewhere' | 'near' | 'none' {
  const { ipam, address, pool, gateway } = settings;
  if (features.has('network-driver') && ipam === 'engine' && address !== undefined) return 'none';
  return pool === undefined && gateway === undefined ? 'elsewhere' : 'near';
}

/** Lives it with IPv6 and all company, and with less where the driver refuses that, as it may. */
export async function wholeLife(lives: Lives): Promise<Whole> {
  const { settings, features, seed, onPlace } = lives;
  const notes: string[] = [];
  let shape: Shape = { isDual: settings.ipam !== 'null', hasNeighbour: companyOf(lives) === 'near' };
  for (let nth = 0; ; nth++) {
    const steps = lifeOf(features, shape);
    const place = '00-whole';
    onPlace?.(place, 0, steps.length);
    const draw = drawing(seed, nth === 0 ? 'resilience.whole' : `resilience.whole ${nth}`, 0);
    const { outcomes, ends, refused } = await liveOnce({ ...lives, shape, steps, place, draw }, undefined);
    const less = refused && lessThan(shape, refused.step);
    if (!less) return { shape, steps, outcomes, ends, notes: ends ? [] : notes };
    const what = less.isDual === shape.isDual ? 'no container ran beside that of each life' : 'IPv6 was not looked at';
    notes.push(`${what}: ${refused.reason}`, ...outcomes.flatMap(({ leftBehind }) => leftBehind.map(leftover)));
    shape = less;
  }
}

/** What is lived when a step is refused; undefined where it has to succeed. */
function lessThan(shape: Shape, { version, who, face, ends }: Step): Shape | undefined {
  if (ends !== undefined) return undefined;
  if (version === 4 && who === 'neighbour' && shape.hasNeighbour) return { ...shape, hasNeighbour: false };
  const isOfIpv4 = version === 4 && face === 'ipam-driver';
  return shape.isDual && !isOfIpv4 ? { ...shape, isDual: false } : undefined;
}

/** A note of what could not be removed. */
export function leftover(line: string): string {
  return `left behind: ${line}`;
}

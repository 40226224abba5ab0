import { setTimeout as wait } from 'node:timers/promises';
import type { Handler } from '@opencnm/sdk/driver-kit';
import { seeded } from './seed.js';

/** The shortest and the longest wait, in ms. */
export interface Latency {
  readonly min: number;
  readonly max: number;
}

/** A handler that waits before each answer, as long as the seed says. */
export function delayed(inner: Handler, { min, max }: Latency, seed: number): Handler {
  const random = seeded(seed);
  return async (request) => {
    await wait(min + (random.next() % (max - min + 1)));
    return inner(request);
  };
}

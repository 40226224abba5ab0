/** Ids, MAC addresses and numbers that depend on the seed and the order of the calls alone. */
export interface Seeded {
  /** So many lower-case hexadecimal digits. */
  readonly hex: (length: number) => string;
  /** A locally administered unicast MAC address: `02:42:…`. */
  readonly mac: () => string;
  /** A number from 0 to 2^32 - 1. */
  readonly next: () => number;
  /** Where the generator stands: as a seed, it goes on from there. */
  readonly state: () => number;
}

/** A generator of its own for each caller; the same seed gives the same values (mulberry32). */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (length: number): string => {
    let digits = '';
    while (digits.length < length) digits += next().toString(16).padStart(8, '0');
    return digits.slice(0, length);
  };
  return { next, hex, state: () => state, mac: () => `02:42:${hex(8).replace(/(..)(?=.)/g, '$1:')}` };
}

/** A set of numbers that finds its lowest gap without looking at each member. */
export interface SparseBitmap {
  /** Adds a number; false when it was a member. */
  readonly add: (index: bigint) => boolean;
  /** Removes a number; false when it was no member. */
  readonly remove: (index: bigint) => boolean;
  readonly has: (index: bigint) => boolean;
  /** The lowest number between two bounds, both included, that is no member. */
  readonly firstGap: (from: bigint, to: bigint) => bigint | undefined;
  /** Every member. */
  readonly members: () => readonly bigint[];
}

const full = 0xffff_ffff;

/**
 * Words of 32 bits in maps, so that only what is used takes space. A bit of level n + 1 says that a word of level n is
 * full; a search climbs past full words and comes down again, in as many steps as the set has levels.
 */
export function sparseBitmap(): SparseBitmap {
  const levels: Map<bigint, number>[] = [new Map()];
  const words = (level: number): Map<bigint, number> => {
    levels[level] ??= new Map();
    return levels[level];
  };
  const wordAt = (level: number, key: bigint): number => levels[level]?.get(key) ?? 0;
  const bitOf = (index: bigint): number => Number(index & 31n);
  const has = (index: bigint): boolean => (wordAt(0, index >> 5n) & (1 << bitOf(index))) !== 0;

  function set(level: number, index: bigint): void {
    const key = index >> 5n;
    const word = (wordAt(level, key) | (1 << bitOf(index))) >>> 0;
    words(level).set(key, word);
    if (word === full) set(level + 1, key);
  }
  function clear(level: number, index: bigint): void {
    const key = index >> 5n;
    const before = wordAt(level, key);
    const word = (before & ~(1 << bitOf(index))) >>> 0;
    if (word === 0) words(level).delete(key);
    else words(level).set(key, word);
    if (before === full) clear(level + 1, key);
  }
  /** The first zero bit of a level at an index or behind it; above the last level everything is zero. */
  function gap(level: number, index: bigint): bigint {
    if (level >= levels.length) return index;
    const key = index >> 5n;
    const free = (~wordAt(level, key) & (full << bitOf(index))) >>> 0;
    if (free !== 0) return (key << 5n) | BigInt(lowestBit(free));
    const next = gap(level + 1, key + 1n);
    return (next << 5n) | BigInt(lowestBit(~wordAt(level, next) >>> 0));
  }

  return {
    has,
    add(index) {
      if (has(index)) return false;
      set(0, index);
      return true;
    },
    remove(index) {
      if (!has(index)) return false;
      clear(0, index);
      return true;
    },
    firstGap(from, to) {
      const found = gap(0, from);
      return found <= to ? found : undefined;
    },
    members: () =>
      [...words(0)].flatMap(([key, word]) =>
        Array.from({ length: 32 }, (_, bit) => bit)
          .filter((bit) => (word & (1 << bit)) !== 0)
          .map((bit) => (key << 5n) | BigInt(bit)),
      ),
  };
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

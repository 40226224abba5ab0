import type { Range } from './range.js';

/** The subnets held in one address space; no two of them overlap. */
export interface Subnets {
  /** A held subnet that overlaps this one. */
  readonly overlapping: (range: Range) => Range | undefined;
  readonly add: (range: Range) => void;
  readonly remove: (range: Range) => void;
  /** A free subnet of a block, with a prefix length; each search begins where the last one ended. */
  readonly free: (block: Range, prefix: number) => Range | undefined;
}

/** No subnets yet. */
export function subnets(): Subnets {
  const held: Readonly<Record<4 | 6, Range[]>> = { 4: [], 6: [] };
  const searchedTo = new Map<bigint, bigint>();

  /** How many subnets of the sorted list begin at a number or before it. */
  function beginningUpTo(list: readonly Range[], number: bigint): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((list[middle] as Range).start <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  function overlapping(range: Range): Range | undefined {
    const list = held[range.version];
    const before = list[beginningUpTo(list, range.end) - 1];
    return before && before.end >= range.start ? before : undefined;
  }
  function search({ version, end }: Range, prefix: number, from: bigint): Range | undefined {
    const size = 1n << BigInt((version === 4 ? 32 : 128) - prefix);
    for (let start = from; start + size - 1n <= end; ) {
      const candidate = { version, start, end: start + size - 1n, prefix };
      const taken = overlapping(candidate);
      if (!taken) return candidate;
      // The next start behind the taken subnet, on a boundary of the wanted size.
      start = ((taken.end + size) / size) * size;
    }
    return undefined;
  }

  return {
    overlapping,
    add(range) {
      const list = held[range.version];
      list.splice(beginningUpTo(list, range.start), 0, range);
    },
    remove(range) {
      const list = held[range.version];
      const index = beginningUpTo(list, range.start) - 1;
      if (list[index]?.start === range.start) list.splice(index, 1);
    },
    free(block, prefix) {
      const found =
        search(block, prefix, searchedTo.get(block.start) ?? block.start) ?? search(block, prefix, block.start);
      if (found) searchedTo.set(block.start, found.end + 1n);
      return found;
    },
  };
}

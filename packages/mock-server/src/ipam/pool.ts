import { type Address, holds, type Range } from './range.js';
import { sparseBitmap } from './sparse-bitmap.js';

/** A subnet, the range that addresses are chosen from, and which are held. */
export interface Pool {
  readonly range: Range;
  /** Holds the lowest free address of the sub-pool; undefined when it is full. */
  readonly choose: () => Address | undefined;
  /** Holds an address; says why not. */
  readonly take: (address: Address) => 'taken' | 'reserved' | 'held' | 'outside';
  /** Lets an address go, if it is held. */
  readonly release: (address: Address) => void;
  /** The range that addresses are chosen from, where it is not the whole subnet. */
  readonly subRange?: Range;
  /** Every address that is held. */
  readonly held: () => readonly Address[];
}

/** An empty pool. */
export function poolOf(range: Range, part?: Range): Pool {
  const subRange = part ?? range;
  const held = sparseBitmap();
  const { start, end, version } = range;
  const isReserved = reservedIn(range);
  const first = subRange.start === start && isReserved(start) ? start + 1n : subRange.start;
  const last = subRange.end === end && isReserved(end) ? end - 1n : subRange.end;
  return {
    range,
    ...(part ? { subRange: part } : {}),
    held: () => held.members().map((index) => ({ version, number: start + index })),
    choose() {
      const index = held.firstGap(first - start, last - start);
      if (index === undefined) return undefined;
      held.add(index);
      return { version, number: start + index };
    },
    take(address) {
      if (!holds(range, address)) return 'outside';
      if (isReserved(address.number)) return 'reserved';
      return held.add(address.number - start) ? 'taken' : 'held';
    },
    release(address) {
      if (holds(range, address)) held.remove(address.number - start);
    },
  };
}

/** The network address of subnets with more than two addresses, and the broadcast address of IPv4. */
function reservedIn({ start, end, version }: Range): (number: bigint) => boolean {
  if (end - start < 2n) return () => false;
  return (number) => number === start || (version === 4 && number === end);
}

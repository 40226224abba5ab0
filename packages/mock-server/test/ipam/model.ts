/** What an IPAM driver must remember, written down as plainly as possible: lists, and no arithmetic but on last octets. */
export interface ModelPool {
  /** `10.200.N.0/24` */
  readonly network: number;
  /** The last octets that the driver may choose. */
  readonly range: readonly number[];
  readonly held: Set<number>;
  count: number;
}

/** The pools of one address space by PoolID. */
export type Model = Map<string, ModelPool>;

/** The last octets of the hosts of `10.200.N.0/28`. */
export const plainRange: readonly number[] = Array.from({ length: 14 }, (_, n) => n + 1);
/** The last octets of its sub-pool `10.200.N.4/30`. */
export const subRange: readonly number[] = [4, 5, 6, 7];

/** The lowest address that may be chosen. */
export function lowestFree({ range, held }: ModelPool): number | undefined {
  return range.find((octet) => !held.has(octet));
}

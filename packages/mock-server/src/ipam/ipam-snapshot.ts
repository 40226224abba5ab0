/** A granted pool as JSON. */
export interface SavedGrant {
  readonly id: string;
  readonly space: string;
  /** CIDR. */
  readonly pool: string;
  /** CIDR, where addresses are chosen from a part of the pool. */
  readonly subPool?: string;
  /** How often the pool was granted. */
  readonly count: number;
  /** The addresses that are held, without prefix length. */
  readonly held: readonly string[];
}

/** All that the IPAM driver remembers, as JSON. */
export interface IpamSnapshot {
  readonly grants: readonly SavedGrant[];
}

import type { Feature } from '../feature.js';
import type { Profile } from '../probe.js';
import type { Settings } from '../settings.js';

/** How long one operation took while the driver held `size` things; times in ms. */
export interface Point {
  readonly size: number;
  readonly samples: number;
  readonly p50: number;
  readonly p99: number;
}

/** What was measured of one operation. */
export interface Measured {
  /** `NetworkDriver.CreateNetwork`. */
  readonly operation: string;
  /** What there were `size` of. */
  readonly of: 'networks' | 'endpoints' | 'pools' | 'addresses' | 'nothing';
  readonly points: readonly Point[];
  /**
   * The exponent of the growth of p50 with the size, in multiples of Plugin.Activate at that size: 0 is constant; null
   * where there are fewer than two sizes.
   */
  readonly exponent: number | null;
  /** How many times as slow it is at the largest size as at the smallest, in the same multiples. */
  readonly slowdown: number;
}

/** How long RequestAddress took while one pool filled. */
export interface Filling extends Pick<Measured, 'exponent' | 'slowdown'> {
  /** How many addresses the pool has. */
  readonly addresses: number;
  /** The median in ms, up to so many percent of the pool. */
  readonly points: readonly { readonly percent: number; readonly p50: number }[];
}

/** A run of the scale command. */
export interface ScaleReport {
  readonly reportVersion: 1;
  readonly suite: { readonly version: string };
  readonly target: {
    readonly url: string;
    readonly profiles: readonly Profile[];
    readonly features: readonly Feature[];
  };
  readonly settings: Settings;
  readonly seed: number;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly ms: number;
  readonly maxSeconds: number;
  /** The sizes that were measured. */
  readonly sizes: readonly number[];
  /** The sizes that were not, and why. */
  readonly leftOut: readonly { readonly size: number; readonly reason: string }[];
  readonly operations: readonly Measured[];
  /** Absent where the driver has no pools, or one of the user's own. */
  readonly filling?: Filling;
  /** Why no pool was filled to the end, where that was tried. */
  readonly notFilled?: string;
  /** What could not be removed. */
  readonly leftBehind: readonly string[];
  /** 0 measured, 1 the driver failed on the way, 3 no size was measured. */
  readonly exitCode: 0 | 1 | 3;
}

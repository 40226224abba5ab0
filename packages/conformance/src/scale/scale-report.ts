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
  readonly of: 'networks' | 'endpoints' | 'pools' | 'addresses';
  readonly points: readonly Point[];
  /** The exponent of the growth of p50 with the size: 0 is constant; null where there are fewer than two sizes. */
  readonly exponent: number | null;
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
  /** What could not be removed. */
  readonly leftBehind: readonly string[];
  /** 0 measured, 1 the driver failed on the way, 3 no size was measured. */
  readonly exitCode: 0 | 1 | 3;
}

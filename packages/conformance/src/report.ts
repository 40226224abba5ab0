import type { Feature } from './feature.js';
import type { Judgement } from './judge.js';
import type { Profile } from './probe.js';
import type { Selection } from './selection.js';
import type { Settings } from './settings.js';

/** A whole run: what was tested, how, and what came of it. */
export interface Report extends Judgement {
  /** The version of this format; report.schema.json says what it is. */
  readonly reportVersion: 1;
  readonly suite: { readonly version: string; readonly checks: number };
  readonly target: {
    readonly url: string;
    readonly profiles: readonly Profile[];
    readonly features: readonly Feature[];
  };
  readonly settings: Settings;
  readonly seed: number;
  /** How many sequences each check of sequences tried. */
  readonly budget: number;
  /** What was planned of the profiles; absent when it was all of them. */
  readonly selection?: Selection;
  /** RFC 3339; the only value that differs between two runs with one seed, with the times of the exchanges. */
  readonly startedAt: string;
  readonly ms: number;
}

import type { ClauseId } from '@opencnm/spec';
import type { Exchange } from './answer.js';
import type { Difference } from './patterns/pattern.js';

/** What running a check showed, before levels and known failures are looked at. */
export type Result =
  | { readonly kind: 'held' }
  | {
      readonly kind: 'broken';
      readonly differences: readonly Difference[];
      /** How many calls the shortest sequence has that fails; only where sequences were looked for. */
      readonly calls?: number;
      /** Whether a valid request ended the target, which breaks a MUST whatever was looked at. */
      readonly died?: true;
    }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'not-applicable'; readonly reason: string }
  /** `ended` where the run was over before: at an earlier failure, as was asked, or by a signal. */
  | { readonly kind: 'error'; readonly reason: string; readonly ended?: 'bail' | 'signal' }
  /** There was more to look at than the budget allowed. */
  | { readonly kind: 'inconclusive'; readonly reason: string };

/** What became of one planned check. */
export interface Outcome {
  readonly id: string;
  readonly clause: ClauseId;
  readonly face: string;
  readonly level: string;
  readonly title: string;
  readonly result: Result;
  /** What the run could not undo; empty when the target is as it was. */
  readonly leftBehind: readonly string[];
  /** The exchanges of a check that did not hold; memory does not grow with those that did. */
  readonly evidence: readonly Exchange[];
  /** How many exchanges there were. */
  readonly exchanges: number;
  readonly ms: number;
}

/** The word for an outcome: green are pass, yes and known; `no` and `warn` are told but do not fail. */
export type Verdict =
  | 'pass'
  | 'fail'
  | 'warn'
  | 'yes'
  | 'no'
  | 'blocked'
  | 'error'
  | 'inconclusive'
  | 'not-applicable'
  | 'known'
  | 'stale';

/** An outcome with its verdict, and why in one line. */
export interface Judged extends Outcome {
  readonly verdict: Verdict;
  readonly reason: string;
}

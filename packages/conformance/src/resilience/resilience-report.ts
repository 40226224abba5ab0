import type { Report } from '../report.js';

/** A run of the resilience command; its outcomes are named by the place of the restart, as in `05-join.then-leave`. */
export interface ResilienceReport
  extends Pick<
    Report,
    'target' | 'settings' | 'seed' | 'startedAt' | 'ms' | 'verdict' | 'exitCode' | 'sentence' | 'counts' | 'judged'
  > {
  readonly reportVersion: 1;
  readonly suite: { readonly version: string };
  /** How the driver was killed. */
  readonly restartedBy: 'driver-command' | 'hook-restart';
  /** The calls behind which the driver was killed, in order; fewer than were planned where it did not come back. */
  readonly cuts: readonly string[];
  /** What a reader has to know beside the outcomes: what was not looked at, and what was left behind. */
  readonly notes: readonly string[];
}

/** The report as JSON: outcomes by id; the exchanges of those that are not green. */
export function resilienceJson({ judged, ...report }: ResilienceReport): string {
  return `${JSON.stringify({ ...report, outcomes: judged }, null, 2)}\n`;
}

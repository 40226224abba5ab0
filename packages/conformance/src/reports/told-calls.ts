import type { Exchange } from '../answer.js';
import type { Judged } from '../outcome.js';

/** The calls of a check that a report has room for, and what they are of all. */
export interface ToldCalls {
  readonly calls: readonly Exchange[];
  /** As in `The last 12 of 40 calls`. */
  readonly title: string;
}

/** The last calls of a check; those that had no answer where it made too many, as checks of wrong requests do. */
export function toldCalls({ evidence }: Pick<Judged, 'evidence'>, most: number): ToldCalls {
  const all = evidence.filter(({ step }) => step !== 'undo');
  if (all.length <= most) return { calls: all, title: 'The calls that led there' };
  const unanswered = all.filter(({ failure }) => failure !== undefined);
  if (unanswered.length === 0) return { calls: all.slice(-most), title: `The last ${most} of ${all.length} calls` };
  const calls = unanswered.slice(-most);
  return { calls, title: `Without an answer, of ${all.length} calls` };
}

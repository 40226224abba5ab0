import { isDeepStrictEqual } from 'node:util';
import { planOf } from './left-out.js';
import type { Judged } from './outcome.js';
import { isUnedited } from './read-report.js';
import { refuseOtherVersion, rejudged } from './restored.js';
import { everything } from './selection.js';
import { UsageError } from './usage-error.js';
import type { WrittenReport } from './written-report.js';

/**
 * Why a report cannot be what a run of this suite wrote, in one line; undefined when nothing speaks against it. Throws
 * a UsageError on a report of another version of the suite.
 */
export function doubtOf(report: WrittenReport): string | undefined {
  if (!isUnedited(report)) return 'its digest or its seal does not fit, so it was edited';
  refuseOtherVersion(report);
  try {
    if (!isWhole(report)) return 'its checks are not those of its profiles and selection';
    return follows(report) ? undefined : 'its verdicts do not follow from its results';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Whether each planned check is there, once, and no other. */
function isWhole({ outcomes, target, selection }: WrittenReport): boolean {
  const planned = new Set(planOf(target.profiles, selection ?? everything).map(({ id }) => id));
  return outcomes.length === planned.size && outcomes.every(({ id }) => planned.delete(id));
}

function follows({ verdict, exitCode, sentence, counts, outcomes, ...rest }: WrittenReport): boolean {
  const { judged, ...judgement } = rejudged({ outcomes, ...rest });
  return (
    isDeepStrictEqual(judgement, { verdict, exitCode, sentence, counts }) &&
    isDeepStrictEqual(judged.map(told), outcomes.map(told))
  );
}

function told({ id, clause, face, level, title, verdict, reason }: Judged): readonly string[] {
  return [id, clause, face, level, title, verdict, reason];
}

import { clauseOf } from '@opencnm/spec';
import { checks } from './checks/index.js';
import { type Judgement, judge } from './judge.js';
import type { KnownFailure } from './known-failures.js';
import { leftOut } from './left-out.js';
import type { Outcome } from './outcome.js';
import { everything } from './selection.js';
import { UsageError } from './usage-error.js';
import { version } from './version.js';
import type { WrittenReport } from './written-report.js';

const byId = new Map(checks.map((check) => [check.id, check]));

/** Throws a UsageError on a report that another version of the suite made. */
export function refuseOtherVersion({ suite }: Pick<WrittenReport, 'suite'>): void {
  if (suite.version !== version)
    throw new UsageError(
      `the report is of version ${JSON.stringify(suite.version)} of the suite, and this is ${version}`,
    );
}

/** The outcomes of a written report, with what this suite says of their checks; throws on checks that it has not. */
function restored({ outcomes }: Pick<WrittenReport, 'outcomes'>): readonly Outcome[] {
  return outcomes.map(({ id, result, leftBehind, evidence, exchanges, ms }) => {
    const check = byId.get(id);
    if (!check) throw new UsageError(`the report has a check that the suite has not: ${JSON.stringify(id)}`);
    const { clause, title } = check;
    const { face, level } = clauseOf(clause);
    return { id, clause, face, level, title, result, leftBehind, evidence, exchanges, ms };
  });
}

/** The known failures that a report was judged with, as far as they were run. */
export function knownIn({ outcomes }: Pick<WrittenReport, 'outcomes'>): readonly KnownFailure[] {
  return outcomes
    .filter(({ verdict }) => verdict === 'known' || verdict === 'stale')
    .map(({ id, reason }) => ({ id, reason: reason.replace(/^known: /, '') }));
}

/** Judges the outcomes of a report anew. */
export function rejudged(report: Pick<WrittenReport, 'outcomes' | 'target' | 'selection'>): Judgement {
  const planned = new Set(report.outcomes.map(({ id }) => id));
  const missing = leftOut(planned, report.target.profiles, report.selection ?? everything);
  return judge(restored(report), knownIn(report), missing);
}

import { clauseOf } from '@opencnm/spec';
import { asDefined } from '../as-defined.js';
import type { Judged } from '../outcome.js';
import type { Difference } from '../patterns/pattern.js';

/**
 * What its author has to do where a clause is broken; nothing where it was not looked at, or leaves a freedom. An answer
 * that is wrong in a member of which the clause does not speak is to be mended there first.
 */
export function mendOf({ clause, result, verdict }: Judged): readonly string[] {
  if (result.kind !== 'broken' || verdict === 'no') return [];
  const { mend } = clauseOf(clause);
  const isOther = (member: string | undefined) => member !== undefined && !new RegExp(`\\b${member}\\b`).test(mend);
  const members = result.differences.map(wrongMember);
  if (members.length === 0 || !members.every(isOther)) return [mend];
  return [`Answer ${members[0]} as the definition says, and look at this clause again.`];
}

/** The member that does not fit its schema, as in "/Interface/Address must match format ...". */
function wrongMember({ wanted, got }: Difference): string | undefined {
  return wanted === asDefined ? /^(?:\/[^/ ]*)*\/([A-Za-z]\w*) must /.exec(got)?.[1] : undefined;
}

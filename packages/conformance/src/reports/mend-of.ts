import { clauseOf } from '@opencnm/spec';
import type { Judged } from '../outcome.js';

/** What its author has to do where a clause is broken; nothing where it was not looked at, or leaves a freedom. */
export function mendOf({ clause, result, verdict }: Judged): readonly string[] {
  return result.kind === 'broken' && verdict !== 'no' ? [clauseOf(clause).mend] : [];
}

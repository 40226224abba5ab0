import type { Check } from './check.js';
import { checks } from './checks/index.js';
import { isOf, type Profile } from './probe.js';
import { select } from './select.js';
import { everything, flagsOf, type Selection } from './selection.js';

/** What a plan leaves out of its profiles, for the sentence of the judge; undefined when it is all of them. */
export function leftOut(
  planned: ReadonlySet<string>,
  profiles: readonly Profile[],
  selection: Selection,
): string | undefined {
  const missing = planOf(profiles, everything).filter(({ id }) => !planned.has(id)).length;
  if (missing === 0) return undefined;
  return `${missing} ${missing === 1 ? 'check' : 'checks'} of the profiles left out by ${flagsOf(selection)}`;
}

/** The checks of the suite that a run of some profiles plans. */
export function planOf(profiles: readonly Profile[], selection: Selection): readonly Check[] {
  return select(checks, selection).filter((check) => isOf(profiles, check));
}

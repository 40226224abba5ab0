import type { Check } from './check.js';
import { checks } from './checks/index.js';
import { isOf, type Profile } from './probe.js';
import { flagsOf, type Selection } from './selection.js';

/** What a plan leaves out of its profiles, for the sentence of the judge; undefined when it is all of them. */
export function leftOut(
  planned: ReadonlySet<string>,
  profiles: readonly Profile[],
  selection: Selection,
): string | undefined {
  const missing = ofProfiles(profiles).filter(({ id }) => !planned.has(id)).length;
  if (missing === 0) return undefined;
  return `${missing} ${missing === 1 ? 'check' : 'checks'} of the profiles left out by ${flagsOf(selection)}`;
}

/** Every check of some profiles. */
export function ofProfiles(profiles: readonly Profile[]): readonly Check[] {
  return checks.filter((check) => isOf(profiles, check));
}

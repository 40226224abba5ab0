import { type Matcher, matcher } from './pattern.js';

/** A matcher from a test and the words for what is wanted. */
export function matching(wanted: string, test: (value: unknown) => boolean): Matcher {
  return { [matcher]: true, matches: test, wanted };
}

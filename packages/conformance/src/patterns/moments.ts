import { matching } from './matching.js';
import type { Matcher } from './pattern.js';

/** How far a moment may lie outside, in seconds: clocks of files and of the engine differ a little. */
const slack = 1;

/** A date between two moments in seconds since 1970. */
export function aDateBetween(before: string, after: string): Matcher {
  return matching(`a date from ${before} to ${after} seconds`, (value) =>
    isBetween(Date.parse(String(value)) / 1000, before, after),
  );
}

/** A number of seconds, or of parts of seconds, between two moments in seconds since 1970. */
export function aMomentBetween(before: string, after: string, perSecond = 1): Matcher {
  return matching(
    `a number from ${before} to ${after} times ${perSecond}`,
    (value) => typeof value === 'number' && isBetween(value / perSecond, before, after),
  );
}

function isBetween(seconds: number, before: string, after: string): boolean {
  return seconds >= Number(before) - slack && seconds <= Number(after) + slack;
}

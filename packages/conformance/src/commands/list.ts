import { clauseOf } from '@opencnm/spec';
import type { Check } from '../check.js';

/** Every check, a line each: id, level, face, title. */
export function list(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ id }) => id.length), 0);
  return [...checks]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, clause, title }) => `${id.padEnd(width)}  ${clauseOf(clause).level.padEnd(6)}  ${title}`)
    .join('\n');
}

import { clauseOf } from '@opencnm/spec';
import type { Check } from '../check.js';

/** CHECKS.md: one row for each check, by id; the committed list locks the ids. */
export function checksTable(checks: readonly Check[]): string {
  const rows = [...checks]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, clause, title }) => `| \`${id}\` | ${clauseOf(clause).level} | \`${clause}\` | ${title} |`);
  return [
    '# The checks',
    '',
    'Written by `npm run checks`; a test compares it with the suite. Ids never move.',
    '',
    '| id | level | clause | title |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

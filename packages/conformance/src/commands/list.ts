import { clauseOf } from '@opencnm/spec';
import type { Check } from '../check.js';

/** Every check by id, a line each: id, level, title. */
export function list(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ id }) => id.length), 0);
  return byId(checks)
    .map(({ id, clause, title }) => `${id.padEnd(width)}  ${clauseOf(clause).level.padEnd(6)}  ${title}`)
    .join('\n');
}

/** Every check by id, as JSON: `{ id, level, face, clause, title, operation, needs, stage }`. */
export function listJson(checks: readonly Check[]): string {
  const rows = byId(checks).map(({ id, clause, title, op, needs, stage }) => {
    const { level, face } = clauseOf(clause);
    return { id, level, face, clause, title, operation: op, needs, stage };
  });
  return JSON.stringify(rows, null, 2);
}

function byId(checks: readonly Check[]): readonly Check[] {
  return [...checks].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What `list --help` shows below the flags. */
export const listHelp = `
Examples:
  $ opencnm-conformance list
  $ opencnm-conformance list --json | jq -r '.[] | select(.level == "MUST").id'`;

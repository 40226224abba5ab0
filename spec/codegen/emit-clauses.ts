import { header } from './header.js';
import type { ClauseRow } from './read-requirements.js';

/** The clauses and the faults that break them, with the unions of their ids. */
export function emitClauses(clauses: readonly ClauseRow[], operationIds: readonly string[]): string {
  const faults = clauses.flatMap((clause) =>
    Object.entries(clause.faults).map(
      ([variant, text]) => [`${clause.id}#${variant}`, { clause: clause.id, text }] as const,
    ),
  );
  const union = (ids: readonly string[]) =>
    ids.length === 0 ? ' never' : ids.map((id) => `\n  | ${JSON.stringify(id)}`).join('');
  const alternatives = (ids: readonly string[]) =>
    ids.length === 0 ? ' never' : ` ${ids.map((id) => JSON.stringify(id)).join(' | ')}`;
  const record = (rows: readonly (readonly [string, unknown])[]) =>
    rows.map(([id, row]) => `  ${JSON.stringify(id)}: ${JSON.stringify(row)},`).join('\n');
  return `${header}import type { Clause } from '../src/clause.js';

/** The id of every requirement. */
export type ClauseId =${union(clauses.map(({ id }) => id))};

/** Every requirement, by id. */
export const clauses: Readonly<Record<ClauseId, Clause>> = {
${record(clauses.map((row) => [row.id, { ...row, faults: Object.keys(row.faults).map((variant) => `${row.id}#${variant}`) }]))}
};

/** The clauses about each operation. */
export interface ClausesOf {
${operationIds.map((id) => `  ${JSON.stringify(id)}:${alternatives(clauses.filter(({ operations }) => operations.includes(id)).map((clause) => clause.id))};`).join('\n')}
}

/** The clauses about no single operation: transports and whole flows. */
export type GeneralClauseId =${union(clauses.filter(({ operations }) => operations.length === 0).map(({ id }) => id))};

/** The id of every way of breaking a clause that the mock server can be told to take. */
export type FaultId =${union(faults.map(([id]) => id))};

/** Every fault, with the clause it breaks and what it does. */
export const faults: Readonly<Record<FaultId, { readonly clause: ClauseId; readonly text: string }>> = {
${record(faults)}
};
`;
}

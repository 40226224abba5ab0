// What `npm run mutation` prints of its results.
import { clauses, faults } from '@opencnm/spec';

/** How many of the checks that find a fault are named; --json names all. */
const named = 4;

/** The lines, and whether every fault is found, at least 95% by a check of their clause. */
export function mutationReport(results, checks) {
  const rows = results.map(({ id, killers, problem }) => ({
    id,
    problem,
    killers,
    face: clauses[faults[id].clause].face,
    clause: faults[id].clause,
    isKilled: killers.length > 0,
    isRight: killers.some(({ clause }) => clause === faults[id].clause),
  }));
  const isKilled = rows.filter((row) => row.isKilled).length;
  const isRight = rows.filter((row) => row.isRight).length;
  const isEnough = rows.length > 0 && isKilled === rows.length && isRight >= 0.95 * rows.length;
  const lines = [
    'Which checks find which faults:',
    ...rows.map(finders),
    '',
    ...table('clause', rows),
    '',
    ...table('face', rows),
    '',
    ...rows.filter(({ problem }) => problem).map(({ id, problem }) => `not run: ${id} (${problem})`),
    ...rows.filter((row) => !row.isKilled && !row.problem).map(({ id }) => `survives: ${id}`),
    ...rows.filter((row) => row.isKilled && !row.isRight).map(({ id }) => `found by other clauses only: ${id}`),
    ...idle(rows, checks),
    isEnough
      ? 'Every fault is found, at least 95% by a check of their clause.'
      : 'Not every fault is found, or fewer than 95% by a check of their clause.',
  ];
  return { lines, isEnough };
}

/** The checks that find a fault, those of its clause first. */
function finders({ id, clause, killers }) {
  const own = killers.filter((each) => each.clause === clause);
  const others = killers.filter((each) => each.clause !== clause);
  const ids = [...own, ...others].map(({ check }) => check);
  const more = ids.length > named ? [`${ids.length - named} more`] : [];
  return `  ${id}: ${[...ids.slice(0, named), ...more].join(', ') || 'none'}`;
}

function table(by, rows) {
  const names = [...new Set(rows.map((row) => row[by])), 'all'];
  const width = Math.max(...names.map(({ length }) => length));
  return [
    `${by.padEnd(width)} faults  found  by a check of the clause`,
    ...names.map((name) => {
      const own = rows.filter((row) => name === 'all' || row[by] === name);
      const found = own.filter((row) => row.isKilled).length;
      const right = own.filter((row) => row.isRight).length;
      return [
        name.padEnd(width),
        String(own.length).padStart(6),
        String(found).padStart(6),
        String(right).padStart(6),
        `(${((100 * right) / own.length).toFixed(1)}%)`,
      ].join(' ');
    }),
  ];
}

/** Checks that find no fault at all, and those that find none that no other check finds. */
function idle(rows, checks) {
  const ids = (list) => new Set(list.flatMap(({ killers }) => killers.map(({ check }) => check)));
  const any = ids(rows);
  const alone = ids(rows.filter(({ killers }) => new Set(killers.map(({ check }) => check)).size === 1));
  const none = checks.filter(({ id }) => !any.has(id));
  const never = checks.filter(({ id }) => any.has(id) && !alone.has(id));
  return [
    ...none.map(({ id }) => `finds nothing: ${id}`),
    ...never.map(({ id }) => `finds nothing that no other check finds: ${id}`),
  ];
}

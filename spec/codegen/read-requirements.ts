import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { OperationRow } from './definition.js';

/** One clause after reading, with the defaults filled in. */
export interface ClauseRow {
  readonly id: string;
  readonly face: string;
  readonly operations: readonly string[];
  readonly level: string;
  readonly text: string;
  readonly why: string;
  readonly mend: string;
  readonly source: readonly string[];
  readonly excluded?: string;
  readonly faults: Readonly<Record<string, string>>;
}

const known = [
  'id',
  'operation',
  'operations',
  'scope',
  'level',
  'text',
  'why',
  'mend',
  'source',
  'assertion',
  'excluded',
  'faults',
];

/** How long a mend may be: it stands in reports. */
const longest = 200;

/** Reads requirements/*.yaml; refuses unknown keys, unknown operations, doubled ids and incomplete clauses. */
export async function readRequirements(root: URL, operations: readonly OperationRow[]): Promise<readonly ClauseRow[]> {
  const folder = new URL('requirements/', root);
  const rows = new Map<string, ClauseRow>();
  for (const name of (await readdir(folder))
    .filter((file) => file.endsWith('.yaml') && file !== 'sources.yaml')
    .sort()) {
    const { clauses } = parse(await readFile(new URL(name, folder), 'utf8')) as { clauses?: Record<string, unknown>[] };
    if (!Array.isArray(clauses)) throw new Error(`requirements/${name}: needs a list of clauses`);
    for (const raw of clauses) {
      const row = clause(raw, operations, name);
      if (rows.has(row.id)) throw new Error(`requirements/${name}: ${row.id} is defined twice`);
      rows.set(row.id, row);
    }
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function clause(raw: Record<string, unknown>, operations: readonly OperationRow[], file: string): ClauseRow {
  const id = String(raw['id'] ?? '');
  const refuse = (what: string): never => {
    throw new Error(`requirements/${file}: ${id || 'a clause'} ${what}`);
  };
  for (const key of Object.keys(raw)) if (!known.includes(key)) refuse(`has the unknown key ${key}`);
  const [implied, status] = id.split('/');
  const cited = status
    ? [implied ?? '']
    : ((raw['operations'] ?? (raw['operation'] ? [raw['operation']] : [])) as string[]);
  for (const operation of cited)
    if (!operations.some((row) => row.id === operation)) refuse(`is about ${operation}, which does not exist`);
  const impliedRow = operations.find((row) => row.id === implied);
  if (status && !impliedRow?.responses[status]) refuse(`names a status that ${implied} does not declare`);
  const text = String(raw['text'] ?? refuse('has no text'));
  const why = String(raw['why'] ?? refuse('has no why'));
  const mend = String(raw['mend'] || refuse('has no mend')).trim();
  if (bare(mend) === bare(text)) refuse('has a mend that only repeats its text');
  if (mend.length > longest) refuse(`has a mend of ${mend.length} characters: at most ${longest}`);
  const faults = (raw['faults'] ?? {}) as Record<string, string>;
  const broken = Object.keys(faults).length;
  if (broken === 0 && !raw['excluded']) refuse('has neither faults nor a reason to be excluded');
  if (broken > 0 && raw['excluded']) refuse('is excluded and has faults: one of both');
  if (!['MUST', 'SHOULD', 'MAY'].includes(String(raw['level']))) refuse('needs a level of MUST, SHOULD or MAY');
  return {
    id,
    face: impliedRow?.face ?? id.slice(0, id.indexOf('.')),
    operations: cited,
    level: String(raw['level']),
    text: text.trim(),
    why: why.trim(),
    mend,
    source: [raw['source'] ?? []].flat().map(String),
    ...(raw['excluded'] ? { excluded: String(raw['excluded']) } : {}),
    faults,
  };
}

/** A sentence without what makes no difference to its meaning. */
function bare(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

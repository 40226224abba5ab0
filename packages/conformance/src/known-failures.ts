import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { UsageError } from './usage-error.js';

/** A check that is known to fail on a target, and why. */
export interface KnownFailure {
  readonly id: string;
  readonly reason: string;
}

/** Reads a YAML list of `{ id, reason }`; refuses ids that no check has, doubled ids and entries without a reason. */
export function readKnownFailures(file: string, ids: ReadonlySet<string>): readonly KnownFailure[] {
  const rows = parsed(file);
  const seen = new Set<string>();
  return rows.map((row, index) => {
    const at = `${file}: entry ${index + 1}`;
    if (typeof row !== 'object' || row === null)
      throw new UsageError(`${at} is not a map; write "- id: ..." and "reason: ..."`);
    const { id, reason, ...rest } = row as Record<string, unknown>;
    if (typeof id !== 'string' || typeof reason !== 'string' || reason.trim() === '')
      throw new UsageError(`${at} needs an id and a reason`);
    for (const key of Object.keys(rest))
      throw new UsageError(`${at} has the unknown key "${key}"; only id and reason are read`);
    if (!ids.has(id))
      throw new UsageError(`${at}: no check is named "${id}"; "opencnm-conformance list" shows the names`);
    if (seen.has(id)) throw new UsageError(`${at}: "${id}" is listed twice`);
    seen.add(id);
    return { id, reason: reason.trim() };
  });
}

function parsed(file: string): readonly unknown[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the known-failures file ${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    const value = parse(text, { maxAliasCount: 0 }) as unknown;
    if (value === null) return [];
    if (Array.isArray(value)) return value;
  } catch (error) {
    throw new UsageError(`${file} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  throw new UsageError(`${file} must be a list of "- id: ..." with "reason: ..."`);
}

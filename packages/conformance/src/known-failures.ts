import { parse } from 'yaml';
import { readText } from './read-text.js';
import { UsageError } from './usage-error.js';

/** A check that is known to fail on a target, and why. */
export interface KnownFailure {
  readonly id: string;
  readonly reason: string;
  /** Where it is worked on: http or https. */
  readonly link?: string;
  /** The last day, YYYY-MM-DD in UTC, on which the entry counts. */
  readonly expires?: string;
}

const keys = ['id', 'reason', 'link', 'expires'];

/**
 * Reads a YAML list of `{ id, reason, link?, expires? }`; refuses ids that no check has, doubled ids, entries without
 * a reason, malformed values and entries that expired before today.
 */
export function readKnownFailures(
  file: string,
  ids: ReadonlySet<string>,
  today: Date = new Date(),
): readonly KnownFailure[] {
  const rows = parsed(file);
  const seen = new Set<string>();
  return rows.map((row, index) => {
    const at = `${file}: entry ${index + 1}`;
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw new UsageError(`${at} is not a map; write "- id: ..." and "reason: ..."`);
    const { id, reason, link, expires } = row as Record<string, unknown>;
    if (typeof id !== 'string' || typeof reason !== 'string' || reason.trim() === '')
      throw new UsageError(`${at} needs an id and a reason, both of them text; put a number in quotes`);
    for (const key of Object.keys(row)) {
      if (!keys.includes(key)) throw new UsageError(`${at} has the unknown key "${key}"; known are ${keys.join(', ')}`);
    }
    if (!ids.has(id))
      throw new UsageError(`${at}: no check is named "${id}"; "opencnm-conformance list" shows the names`);
    if (seen.has(id)) throw new UsageError(`${at}: "${id}" is listed twice`);
    seen.add(id);
    return {
      id,
      reason: reason.trim(),
      ...(link === undefined ? {} : { link: linkOf(link, at) }),
      ...(expires === undefined ? {} : { expires: dayOf(expires, `${at}: "${id}"`, today) }),
    };
  });
}

function linkOf(link: unknown, at: string): string {
  if (typeof link === 'string' && /^https?:\/\/\S+$/.test(link) && URL.canParse(link)) return link;
  throw new UsageError(`${at}: its link must be an http or https URL`);
}

function dayOf(expires: unknown, at: string, today: Date): string {
  const isDay = typeof expires === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(expires);
  const moment = isDay ? new Date(`${expires}T00:00:00Z`) : undefined;
  // A day like 2026-02-30 is read as one of March, or not at all.
  if (!isDay || !moment || Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== expires)
    throw new UsageError(`${at}: expires must be a day such as 2027-03-31`);
  if (expires < today.toISOString().slice(0, 10))
    throw new UsageError(`${at} expired on ${expires}; mend it, or agree on a new day`);
  return expires;
}

function parsed(file: string): readonly unknown[] {
  const text = readText(file, { name: 'the known-failures file', longest: 1 });
  try {
    const value = parse(text, { maxAliasCount: 0 }) as unknown;
    if (value === null) return [];
    if (Array.isArray(value)) return value;
  } catch (error) {
    throw new UsageError(`${file} is not YAML: ${(error as Error).message.split('\n')[0]?.replace(/:$/, '')}`);
  }
  throw new UsageError(`${file} must be a list of "- id: ..." with "reason: ..."`);
}

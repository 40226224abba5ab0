import { createHash } from 'node:crypto';
import { clauseOf } from '@opencnm/spec';
import type { Check } from './check.js';
import { levels, type Selection } from './selection.js';
import { UsageError } from './usage-error.js';

/** The checks that a selection names, in their order; a glob that fits none is an error. */
export function select(checks: readonly Check[], { only, skip, level, shards }: Selection): readonly Check[] {
  const wanted = only.map((glob) => fitting(checks, '--only', glob));
  const unwanted = skip.map((glob) => fitting(checks, '--skip', glob));
  return checks.filter(
    ({ id, clause }) =>
      (wanted.length === 0 || wanted.some((pattern) => pattern.test(id))) &&
      !unwanted.some((pattern) => pattern.test(id)) &&
      levels.slice(0, levels.indexOf(level) + 1).some((each) => each === clauseOf(clause).level) &&
      (!shards || shards.ran.includes(shardOf(id, shards.of))),
  );
}

/** The pattern of a glob: `join.*`, `*.parallel`. */
function fitting(checks: readonly Check[], flag: string, glob: string): RegExp {
  const pattern = new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  if (!checks.some(({ id }) => pattern.test(id)))
    throw new UsageError(`${flag} ${glob} fits no check; "opencnm-conformance list" shows the names`);
  return pattern;
}

/** The shard of a check, from 1: by its id alone, so that new checks move no other. */
function shardOf(id: string, of: number): number {
  return (createHash('sha256').update(id).digest().readUInt32BE(0) % of) + 1;
}

import { createHash } from 'node:crypto';
import { clauseOf } from '@opencnm/spec';
import type { Check } from './check.js';
import { fitsGlob } from './glob.js';
import { levels, type Selection } from './selection.js';
import { UsageError } from './usage-error.js';

/** The checks that a selection names, in their order; a glob that fits none is an error. */
export function select(checks: readonly Check[], { only, skip, level, shards }: Selection): readonly Check[] {
  for (const glob of only) refuseVain(checks, '--only', glob);
  for (const glob of skip) refuseVain(checks, '--skip', glob);
  const planned: readonly string[] = levels.slice(0, levels.indexOf(level) + 1);
  return checks.filter(
    ({ id, clause }) =>
      (only.length === 0 || only.some((glob) => fitsGlob(glob, id))) &&
      !skip.some((glob) => fitsGlob(glob, id)) &&
      planned.includes(clauseOf(clause).level) &&
      (!shards || shards.ran.includes(shardOf(id, shards.of))),
  );
}

function refuseVain(checks: readonly Check[], flag: string, glob: string): void {
  if (!checks.some(({ id }) => fitsGlob(glob, id)))
    throw new UsageError(`${flag} ${glob} fits no check; "opencnm-conformance list" shows the names`);
}

/** The shard of a check, from 1: by its id alone, so that new checks move no other. */
function shardOf(id: string, of: number): number {
  return (createHash('sha256').update(id).digest().readUInt32BE(0) % of) + 1;
}

/** The levels of clauses, strongest first. */
export const levels = ['MUST', 'SHOULD', 'MAY'] as const;

/** Which checks of the profiles are planned. */
export interface Selection {
  /** Globs of ids; empty for all. */
  readonly only: readonly string[];
  /** Globs of ids that are left out. */
  readonly skip: readonly string[];
  /** The weakest level that is planned: `SHOULD` is MUST and SHOULD. */
  readonly level: (typeof levels)[number];
  /** Which parts of a run that was cut in `of` parts, counted from 1. */
  readonly shards?: { readonly of: number; readonly ran: readonly number[] };
}

/** Every check of the profiles. */
export const everything: Selection = { only: [], skip: [], level: 'MAY' };

/** The flags that make a selection, for a sentence; of many globs the first three. */
export function flagsOf({ only, skip, level, shards }: Selection): string {
  return [
    ...globs('--only', only),
    ...globs('--skip', skip),
    ...(level === 'MAY' ? [] : [`--level ${level}`]),
    ...(shards ? [`--shard ${shards.ran.join('+')}/${shards.of}`] : []),
  ].join(', ');
}

function globs(flag: string, values: readonly string[]): readonly string[] {
  const shown = values.slice(0, 3).map((value) => `${flag} ${value}`);
  return values.length > 3 ? [...shown, `${values.length - 3} more of ${flag}`] : shown;
}

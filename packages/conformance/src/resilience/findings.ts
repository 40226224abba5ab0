import { type ClauseId, clauseOf } from '@opencnm/spec';
import type { Outcome, Result } from '../outcome.js';
import type { Difference } from '../patterns/pattern.js';
import type { World } from '../world.js';

/** What was looked at in one life, in order. */
export interface Findings {
  /** Notes that a clause held, or where it did not. */
  readonly note: (name: string, clause: ClauseId, title: string, differences: readonly Difference[]) => void;
  /** Notes what could not be looked at. */
  readonly blocked: (name: string, clause: ClauseId, title: string, reason: string) => void;
  /** The outcomes; what the life left behind stands with the last one. */
  readonly outcomes: (leftBehind: readonly string[]) => readonly Outcome[];
}

/** No findings yet; names are put behind the place of the life, `05-create-endpoint`, titles behind its words. */
export function findings(place: string, words: string, world: Pick<World, 'evidence'>): Findings {
  const rows: Outcome[] = [];
  let since = performance.now();
  const add = (name: string, clause: ClauseId, title: string, result: Result) => {
    const { face, level } = clauseOf(clause);
    const now = performance.now();
    rows.push({
      id: `${place}.${name}`,
      clause,
      face,
      level,
      title: `${words}: ${title}`,
      result,
      leftBehind: [],
      evidence: result.kind === 'held' ? [] : [...world.evidence],
      exchanges: world.evidence.length,
      ms: Math.round(now - since),
    });
    since = now;
  };
  return {
    note: (name, clause, title, differences) =>
      add(
        name,
        clause,
        title,
        differences.length === 0 ? { kind: 'held' } : { kind: 'broken', differences: differences.slice(0, 10) },
      ),
    blocked: (name, clause, title, reason) => add(name, clause, title, { kind: 'blocked', reason }),
    outcomes: (leftBehind) => rows.map((row, index) => (index === rows.length - 1 ? { ...row, leftBehind } : row)),
  };
}

import type { Counts } from '../judge.js';
import type { Judged } from '../outcome.js';
import { levels } from '../selection.js';
import { verdicts } from './verdict-words.js';

/** How the checks of one face and level came out. */
export interface Figures {
  readonly face: string;
  readonly level: string;
  readonly total: number;
  readonly counts: Counts;
}

const faces = ['plugin', 'network-driver', 'ipam-driver', 'engine'];

/** The figures by face and level, where there are any checks; sorted as the definition sorts them. */
export function figures(judged: readonly Judged[]): readonly Figures[] {
  return faces.flatMap((face) =>
    levels.flatMap((level) => {
      const rows = judged.filter((row) => row.face === face && row.level === level);
      return rows.length === 0 ? [] : [{ face, level, total: rows.length, counts: countsOf(rows) }];
    }),
  );
}

function countsOf(rows: readonly Judged[]): Counts {
  const pairs = verdicts.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]);
  return Object.fromEntries(pairs) as Counts;
}

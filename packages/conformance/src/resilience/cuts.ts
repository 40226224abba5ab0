import type { Step } from './step.js';

/** Where the driver is killed, and how often there. */
export interface Cut {
  /** The call that it is named after. */
  readonly name: string;
  /** The index of the last step before it. */
  readonly behind: number;
  readonly restarts: number;
}

/**
 * Once behind each step, and twice in a row where there is most to lose, as drivers that crash at their start are. The
 * calls about IPv6 and those of the neighbour belong to the step before them: they cost no restart of their own.
 */
export function cutsOf(steps: readonly Step[]): readonly Cut[] {
  const heads = steps.flatMap((step, index) => (step.version === 4 && step.who === 'own' ? [{ step, index }] : []));
  const cuts = heads.map(({ step: { name, ends } }, nth) => ({
    name,
    isEnd: ends !== undefined,
    behind: (heads[nth + 1]?.index ?? steps.length) - 1,
    restarts: 1,
  }));
  const fullest = cuts.findLast(({ isEnd }) => !isEnd);
  return fullest ? [...cuts, { ...fullest, name: `${fullest.name}-twice`, restarts: 2 }] : cuts;
}

/** There is no time for more. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** The time of a run, of which a part is kept back for removing what was made. */
export interface Pace {
  /** Throws OutOfTime when the rest is needed for removing. */
  readonly check: () => void;
  /** Counts the time of what has to be removed again. */
  readonly making: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What is made has to be removed again in about the same time; a little more is kept back. */
const undoShare = 1.3;

/** A pace that begins now. */
export function paceOf(maxSeconds: number): Pace {
  const started = performance.now();
  let madeMs = 0;
  let makesSince: number | undefined;
  return {
    check() {
      const now = performance.now();
      const made = madeMs + (makesSince === undefined ? 0 : now - makesSince);
      if (now - started + made * undoShare > maxSeconds * 1000) throw new OutOfTime(`no time within ${maxSeconds} s`);
    },
    async making(work) {
      makesSince = performance.now();
      try {
        return await work();
      } finally {
        madeMs += performance.now() - makesSince;
        makesSince = undefined;
      }
    },
  };
}

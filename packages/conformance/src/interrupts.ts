/** The exit code after a signal, as that of shells after SIGINT. */
export const interrupted = 130;

/** The user asked to stop, and what had been made was removed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Signals of the user, so that a run can tidy up before it ends. */
export interface Interrupts {
  /** Whether a signal came. */
  readonly isStopped: () => boolean;
  /** Throws Interrupted once a signal came. */
  readonly check: () => void;
  /** Gives the signals back. */
  readonly release: () => void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes the first signal as a wish to stop, and the second as an order. */
export function interrupts(): Interrupts {
  let stopped = false;
  const take = () => {
    if (stopped) process.exit(interrupted);
    stopped = true;
    console.error('opencnm-conformance: stopping; once more ends at once and leaves behind what was made');
  };
  for (const signal of signals) process.on(signal, take);
  return {
    isStopped: () => stopped,
    check: () => {
      if (stopped) throw new Interrupted('interrupted');
    },
    release: () => {
      for (const signal of signals) process.off(signal, take);
    },
  };
}

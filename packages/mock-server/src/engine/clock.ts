/** Times of the engine: they never go back, and no two are equal. */
export interface Clock {
  /** RFC 3339 with nanoseconds. */
  readonly now: () => string;
  /** Nanoseconds since 1970. */
  readonly nanoseconds: () => bigint;
  /** The same, without taking a time that a later reading could have. */
  readonly last: () => bigint;
}

/** A clock that goes with the machine's. */
export function engineClock(): Clock {
  return clockOf((last) => {
    const now = machineTime();
    return now > last ? now : last + 1n;
  }, machineTime);
}

/** A clock that goes on by a millisecond when it is read, so that the same calls get the same times. */
export function steppingClock(): Clock {
  return clockOf((last) => (last === 0n ? firstStep : last + 1_000_000n));
}

const firstStep = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;

function machineTime(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

function clockOf(next: (last: bigint) => bigint, peek?: () => bigint): Clock {
  let last = 0n;
  const nanoseconds = () => {
    last = next(last);
    return last;
  };
  return { nanoseconds, now: () => timeText(nanoseconds()), last: peek ?? (() => last) };
}

/** Nanoseconds since 1970 as RFC 3339. */
export function timeText(nanoseconds: bigint): string {
  const seconds = new Date(Number(nanoseconds / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}Z`;
}

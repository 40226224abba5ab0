/** Times of the engine: they never go back, and no two are equal. */
export interface Clock {
  /** RFC 3339 with nanoseconds. */
  readonly now: () => string;
  /** Nanoseconds since 1970. */
  readonly nanoseconds: () => bigint;
}

/** A clock of the engine's own. */
export function engineClock(): Clock {
  let last = 0n;
  const nanoseconds = () => {
    const now = BigInt(Date.now()) * 1_000_000n;
    last = now > last ? now : last + 1n;
    return last;
  };
  return { nanoseconds, now: () => timeText(nanoseconds()) };
}

/** Nanoseconds since 1970 as RFC 3339. */
export function timeText(nanoseconds: bigint): string {
  const seconds = new Date(Number(nanoseconds / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}Z`;
}

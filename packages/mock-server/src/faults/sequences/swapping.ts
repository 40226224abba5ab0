import { setTimeout as delay } from 'node:timers/promises';

/** For how long a call waits for another one to change answers with, in ms. */
const patienceMs = 20;

/** A call that waits. */
interface Waiting<T> {
  readonly key: string;
  readonly own: Promise<T>;
  readonly take: (other: Promise<T>) => void;
}

/** Gives two calls with different keys that come within a moment each other's answers. */
export function swapping<T>(): (key: string, call: () => Promise<T>) => Promise<T> {
  let first: Waiting<T> | undefined;
  return async (key, call) => {
    const own = call();
    if (first && first.key !== key) {
      const other = first;
      first = undefined;
      other.take(own);
      return other.own;
    }
    const swapped = new Promise<T>((take) => {
      first = { key, own, take };
    });
    // What is refused stays so, but nobody may be listening yet.
    own.catch(() => undefined);
    const mine = first;
    const answer = await Promise.race([swapped, delay(patienceMs)]);
    if (first === mine) first = undefined;
    return answer ?? own;
  };
}

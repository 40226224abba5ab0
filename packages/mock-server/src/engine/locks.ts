/** Runs tasks one after the other where they share a key. */
export type Locks = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** Locks of their own; a task that fails does not keep the next one out. */
export function keyedLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const run = (tails.get(key) ?? Promise.resolve()).then(task, task);
    const tail = run.catch(() => undefined);
    tails.set(key, tail);
    tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return run;
  };
}

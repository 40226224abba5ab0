/** Where a driver's state outlives its process: what was saved before, and how to save it; both in JSON. */
export interface Keep<S> {
  readonly saved?: S;
  /** Saves the whole state before it returns. */
  readonly save: (state: S) => void;
}

/** A face whose calls of these names save the state before they are answered; refused calls change nothing. */
export function saving<F extends object>(face: F, mutating: readonly (keyof F & string)[], save: () => void): F {
  const saved = mutating.map((name) => {
    const call = face[name] as (input: unknown) => Promise<unknown>;
    return [
      name,
      async (input: unknown) => {
        const answer = await call(input);
        save();
        return answer;
      },
    ] as const;
  });
  return { ...face, ...Object.fromEntries(saved) };
}

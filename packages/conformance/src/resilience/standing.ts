import type { Step } from './step.js';

/** What a life has, and what it had and gave back; by the names of its steps. */
export interface Standing {
  readonly has: (step: string) => boolean;
  readonly had: (step: string) => boolean;
}

/** What stands and what is gone after the steps that were done. */
export function standingAfter(steps: readonly Step[], done: ReadonlySet<string>): Standing {
  const ended = new Set(steps.flatMap(({ name, ends = name }) => (done.has(name) && ends !== name ? [ends] : [])));
  return {
    has: (name) => done.has(name) && !ended.has(name),
    had: (name) => done.has(name) && ended.has(name),
  };
}

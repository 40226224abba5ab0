/** What a life has, and what it had and gave back; by the names of its steps. */
export interface Standing {
  readonly has: (step: string) => boolean;
  readonly had: (step: string) => boolean;
}

/** The step that each step ends. */
const ends: Readonly<Record<string, string>> = {
  leave: 'join',
  'delete-endpoint': 'create-endpoint',
  'release-address': 'request-address',
  'release-gateway': 'request-gateway',
  'release-pool': 'request-pool',
  'delete-network': 'create-network',
};

/** What stands and what is gone after the steps that were done. */
export function standingAfter(done: ReadonlySet<string>): Standing {
  const ended = new Set([...done].flatMap((name) => ends[name] ?? []));
  return {
    has: (name) => done.has(name) && !ended.has(name),
    had: (name) => done.has(name) && ended.has(name),
  };
}

/** Whether a step gives back what another one made. */
export function isEnding(step: string): boolean {
  return step in ends;
}

import type { Answer } from './answer.js';
import { Untestable } from './untestable.js';

/** Throws Untestable where nobody listens at a target. */
export function reached(target: string, answer: Answer): void {
  if (answer.outcome === 'broken' && answer.unreachable)
    throw new Untestable(`${target} cannot be reached: ${answer.problem}; is it running, and may this user open it?`);
}

import type { Answer } from '../answer.js';
import { evaluate } from '../evaluate.js';
import { mayLack } from '../feature.js';
import { isNet } from '../net.js';
import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import type { Life } from './life.js';
import type { Step } from './step.js';

/** What came of a step. */
interface Taken {
  readonly life: Life;
  /** Where the answer is not a success. */
  readonly differences: readonly Difference[];
  /** Whether the driver said that it does not do it, in contrast to an answer that is wrong or none. */
  readonly isRefused?: boolean;
}

/** Takes one step of a life: the life after it, and where the answer is not a success. */
export async function takeStep(step: Step, life: Life, world: World): Promise<Taken> {
  const input = await step.input(life, world);
  const answer = await world.call(step.op, input as never);
  if (isAbsent(step.op, answer, world)) return { life, differences: [] };
  const differences = succeeded(step.op, answer);
  if (differences.length > 0) return { life, differences, isRefused: answer.outcome === 'refusal' };
  return { life: step.after(life, input, bodyOf(answer), world), differences };
}

/** Where an answer is not a success, or lacks the pool or the address that it is about. */
export function succeeded(op: Step['op'], answer: Answer): readonly Difference[] {
  const differences = evaluate({ succeeds: {} }, answer, op);
  const member = { 'IpamDriver.RequestPool': 'Pool', 'IpamDriver.RequestAddress': 'Address' }[op as string];
  if (differences.length > 0 || member === undefined) return differences;
  const value = bodyOf(answer)[member];
  return isNet(value) ? [] : [{ at: `${op} /${member}`, wanted: 'CIDR', got: printed(value) }];
}

/** True for the 404 of an operation that a driver need not have, and of which nobody said that it has it. */
export function isAbsent(op: Step['op'], answer: Answer, { settings }: Pick<World, 'settings'>): boolean {
  return mayLack(op, settings) && answer.outcome === 'refusal' && answer.status === 404;
}

/** The members of a success; none otherwise. */
export function bodyOf(answer: Answer): Readonly<Record<string, unknown>> {
  return answer.outcome === 'success' ? (answer.body as Readonly<Record<string, unknown>>) : {};
}

import type { ClauseId, Inputs, OperationId, Outputs } from '@opencnm/spec';
import type { World } from '../world.js';
import type { Life, Version, Who } from './life.js';

/** One call of a life. */
export interface Step {
  readonly name: string;
  readonly op: OperationId;
  readonly face: 'network-driver' | 'ipam-driver';
  /** The clause that a refusal breaks after a restart. */
  readonly clause: ClauseId;
  /** The steps without which this one makes no sense. */
  readonly needs: readonly string[];
  /** The step that it ends. */
  readonly ends?: string;
  readonly version: Version;
  readonly who: Who;
  /** Whether an engine makes the call at all. */
  readonly isMade: (life: Life, world: World) => boolean;
  readonly input: (life: Life, world: World) => Promise<unknown>;
  /** The life after a success. */
  readonly after: (life: Life, input: unknown, body: unknown, world: World) => Life;
}

interface StepOf<O extends OperationId> extends Pick<Step, 'name' | 'clause' | 'needs' | 'ends'> {
  readonly op: O;
  readonly version?: Version;
  readonly who?: Who;
  readonly isMade?: Step['isMade'];
  readonly input: (life: Life, world: World) => Promise<Inputs[O]> | Inputs[O];
  readonly after?: (life: Life, input: NonNullable<Inputs[O]>, body: Outputs[O], world: World) => Life;
}

/** The one place where the types of a step are given up: a list of different steps is an array. */
export function step<O extends OperationId>(row: StepOf<O>): Step {
  const face = row.op.startsWith('IpamDriver.') ? 'ipam-driver' : 'network-driver';
  const always = { version: 4, who: 'own', isMade: () => true, after: (life: Life) => life };
  return { ...always, ...row, face, input: async (life, world) => row.input(life, world) } as Step;
}

import {
  type Engine,
  type EngineOperations,
  type Inputs,
  type OperationId,
  type Outputs,
  operationsOf,
} from '@opencnm/spec';
import type { Callable, CallOptions } from '../call-options.js';

type Result<O extends OperationId> = Outputs[O] extends AsyncIterable<unknown> ? Outputs[O] : Promise<Outputs[O]>;

type Call<O extends OperationId> = Inputs[O] extends void
  ? (options?: CallOptions) => Result<O>
  : Partial<Inputs[O]> extends Inputs[O]
    ? (input?: Inputs[O], options?: CallOptions) => Result<O>
    : (input: Inputs[O], options?: CallOptions) => Result<O>;

/** The calls of an engine by group and verb, as the table names them: `networks.create`, `system.events`. */
export type EngineGroups = {
  readonly [G in keyof EngineOperations]: {
    readonly [V in keyof EngineOperations[G]]: EngineOperations[G][V] extends OperationId
      ? Call<EngineOperations[G][V]>
      : never;
  };
};

/** Sorts the methods of a face into the groups of the table. */
export function engineGroups(face: Callable<Engine>): EngineGroups {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const { call, group = '', verb = '' } of operationsOf('engine')) {
    groups[group] = { ...groups[group], [verb]: face[call as keyof Engine] };
  }
  return groups as EngineGroups;
}

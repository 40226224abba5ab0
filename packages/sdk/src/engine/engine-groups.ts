import { type Engine, type Inputs, type OperationId, type Outputs, type operations, operationsOf } from '@opencnm/spec';
import type { Callable, CallOptions } from '../call-options.js';

type EngineRow = Extract<(typeof operations)[OperationId], { readonly face: 'engine' }>;

type Result<O extends OperationId> = Outputs[O] extends AsyncIterable<unknown> ? Outputs[O] : Promise<Outputs[O]>;

type Call<O extends OperationId> = Inputs[O] extends void
  ? (options?: CallOptions) => Result<O>
  : Partial<Inputs[O]> extends Inputs[O]
    ? (input?: Inputs[O], options?: CallOptions) => Result<O>
    : (input: Inputs[O], options?: CallOptions) => Result<O>;

/** The calls of an engine by group and verb, as the table names them: `networks.create`, `system.events`. */
export type EngineGroups = {
  readonly [G in EngineRow['group']]: {
    readonly [R in Extract<EngineRow, { readonly group: G }> as R['verb']]: Call<R['id']>;
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

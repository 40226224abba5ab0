import { operations } from '../generated/operations.js';
import type { Face, Operation } from './operation.js';

/** The id of every operation, the wire's own name: `NetworkDriver.CreateEndpoint`, `NetworkConnect`. */
export type OperationId = keyof typeof operations;

/** The row of an operation, with the table's common type. */
export function operation(id: OperationId): Operation {
  return operations[id];
}

/** The rows of one face, in the order of the definition. */
export function operationsOf(face: Face): readonly (Operation & { readonly id: OperationId })[] {
  return Object.values(operations).filter((row) => row.face === face);
}

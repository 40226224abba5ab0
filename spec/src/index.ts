export {
  type ClauseId,
  type ClausesOf,
  clauses,
  type FaultId,
  faults,
  type GeneralClauseId,
} from '../generated/clauses.js';
export type * from '../generated/faces.js';
export { operations } from '../generated/operations.js';
export { type SchemaName, schemas } from '../generated/schemas.js';
export type { CallContext } from './call-context.js';
export type { Clause } from './clause.js';
export { clauseOf, faultOf } from './clause-of.js';
export { engineApi } from './engine-api.js';
export { errorKey } from './error-key.js';
export { formats } from './formats.js';
export type { JsonSchema } from './json-schema.js';
export { type Matched, match } from './match.js';
export type { Face, Operation, Parameter } from './operation.js';
export { type OperationId, operation, operationsOf } from './operation-id.js';
export { type Source, sourceOf } from './source-of.js';
export { type Problem, validate } from './validate.js';
export { decodeRequest, encodeRequest, type WireRequest } from './wire.js';

import { type JsonSchema, type SchemaName, schemas } from '@opencnm/spec';

/** A schema behind its reference, if it is one. */
export function resolveSchema(schema: JsonSchema | undefined): JsonSchema | undefined {
  const ref = schema?.['$ref'];
  return typeof ref === 'string' ? schemas[ref.slice(ref.lastIndexOf('/') + 1) as SchemaName] : schema;
}

import { type JsonSchema, type SchemaName, schemas } from '@opencnm/spec';

/** A schema behind its reference, if it is one. */
export function resolveSchema(schema: JsonSchema | undefined): JsonSchema | undefined {
  const ref = schema?.['$ref'];
  return typeof ref === 'string' ? schemas[ref.slice(ref.lastIndexOf('/') + 1) as SchemaName] : schema;
}

/** The schema of what a value may be beside null. */
export function withoutNull(schema: JsonSchema | undefined): JsonSchema | undefined {
  const row = resolveSchema(schema);
  const choices = (row?.['oneOf'] ?? row?.['anyOf'] ?? []) as readonly JsonSchema[];
  const others = choices.filter((choice) => choice['type'] !== 'null');
  return others.length === 1 ? withoutNull(others[0]) : row;
}

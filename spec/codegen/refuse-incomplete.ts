import type { Schema } from './definition.js';
import { walkSchema } from './walk-schema.js';

const understood = new Set([
  ...['$ref', 'type', 'format', 'enum', 'const', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems', 'anyOf', 'oneOf', 'allOf'],
  ...['description', 'examples', 'default', 'x-since', 'x-until'],
]);

/** Refuses keywords that no interpreter understands, and properties without a description or an example. */
export function refuseIncomplete(schemas: Readonly<Record<string, Schema>>): void {
  for (const [name, root] of Object.entries(schemas)) {
    if (!root['description']) throw new Error(`schemas: ${name} has no description`);
    for (const { at, schema, isProperty } of walkSchema(root, name, '')) {
      const odd = Object.keys(schema).find((keyword) => !understood.has(keyword));
      if (odd) throw new Error(`schemas: ${at} has the keyword ${odd}, which the generator does not understand`);
      for (const key of ['x-since', 'x-until'])
        if (key in schema && !/^\d+\.\d+$/.test(String(schema[key])))
          throw new Error(`schemas: ${at} has the ${key} ${String(schema[key])}, which is no version such as 1.44`);
      if (!isProperty) continue;
      if (!schema['description']) throw new Error(`schemas: ${at} has no description`);
      if (!schema['examples'] && !refers(schema)) throw new Error(`schemas: ${at} has no examples`);
    }
  }
}

/** True where the examples stand in the schema that is referred to. */
function refers(schema: Schema): boolean {
  return [schema, ...((schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[])].some((part) => '$ref' in part);
}

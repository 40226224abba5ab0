import { type JsonSchema, type SchemaName, schemas } from '@opencnm/spec';
import { resolveSchema } from './resolve-schema.js';

/** JSON as Go's encoder writes it: fields in the order of the schema, maps sorted bytewise, `<>&` escaped, a newline at the end. */
export function goJson(schema: SchemaName, value: unknown): string {
  const text = JSON.stringify(ordered(schemas[schema], value)) ?? 'null';
  return `${text.replace(/[<>&\u2028\u2029]/g, escaped)}\n`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function ordered(schema: JsonSchema | undefined, value: unknown): unknown {
  const row = resolveSchema(schema);
  if (Array.isArray(value)) return value.map((item) => ordered(row?.['items'] as JsonSchema | undefined, item));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Readonly<Record<string, unknown>>;
  const properties = (row?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const inner = row?.['additionalProperties'];
  const rest = typeof inner === 'object' && inner !== null ? (inner as JsonSchema) : undefined;
  return Object.fromEntries(
    keys(members, properties, inner).map((key) => [key, ordered(properties[key] ?? rest, members[key])]),
  );
}

/** A schema with additionalProperties is a Go map, one without is a struct. */
function keys(members: object, properties: object, additional: unknown): readonly string[] {
  const present = Object.keys(members);
  if (additional !== undefined) return present.sort(bytewise);
  const order = Object.keys(properties);
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return present.sort((a, b) => place(a) - place(b));
}

function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

import { type JsonSchema, type SchemaName, schemas } from '@opencnm/spec';

/** A value with its members named as the schema names them: engines match names in any case, and prefer the exact one. */
export function withKnownNames(schema: JsonSchema | undefined, value: unknown): unknown {
  const row = resolved(schema);
  if (!row || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withKnownNames(row['items'] as JsonSchema | undefined, item));
  const properties = (row['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const names = new Map(Object.keys(properties).map((name) => [name.toLowerCase(), name]));
  const members = Object.entries(value).map(([key, member]) => {
    const known = names.get(key.toLowerCase());
    const name = known === undefined || Object.hasOwn(value, known) ? key : known;
    return [name, withKnownNames(properties[name], member)] as const;
  });
  return Object.fromEntries(members);
}

/** The schema behind a reference, and of two alternatives the one that is not null. */
function resolved(schema: JsonSchema | undefined): JsonSchema | undefined {
  const ref = schema?.['$ref'];
  if (typeof ref === 'string') return resolved(schemas[ref.slice(ref.lastIndexOf('/') + 1) as SchemaName]);
  const choices = (schema?.['oneOf'] ?? schema?.['anyOf'] ?? []) as readonly JsonSchema[];
  const [choice, ...others] = choices.filter(({ type }) => type !== 'null');
  return choice && others.length === 0 ? resolved(choice) : schema;
}

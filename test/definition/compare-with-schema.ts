import { type JsonSchema, type SchemaName, schemas } from '@opencnm/spec';

/** What values told about the schemas: members that no schema names, and the members of named schemas that were seen. */
export interface Comparison {
  readonly unknown: Set<string>;
  readonly seen: Set<string>;
}

interface Place {
  /** The named schema and the way down from it: `JoinResponse.InterfaceName`. */
  readonly name: string;
  readonly schema: JsonSchema;
}

/** An empty comparison, filled by compareWithSchema. */
export function noComparison(): Comparison {
  return { unknown: new Set(), seen: new Set() };
}

/** Holds a value against a named schema and adds what it shows to the comparison. */
export function compareWithSchema(name: SchemaName, value: unknown, into: Comparison): void {
  walk({ name, schema: schemas[name] }, value, into);
}

/** `Schema.member` for every member that a named schema, or an object below it, calls required. */
export function requiredMembers(name: SchemaName): readonly string[] {
  return requiredBelow({ name, schema: schemas[name] });
}

/** The named schemas, and all that they refer to. */
export function schemasBelow(names: readonly SchemaName[]): ReadonlySet<SchemaName> {
  const found = new Set<SchemaName>();
  const visit = (name: SchemaName) => {
    if (found.has(name)) return;
    found.add(name);
    const references = JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, target] of references) visit(target as SchemaName);
  };
  for (const name of names) visit(name);
  return found;
}

function walk(place: Place, value: unknown, into: Comparison): void {
  for (const { name, schema } of alternatives(place)) {
    if (Array.isArray(value)) {
      for (const item of value) walk({ name: `${name}[]`, schema: child(schema, 'items') }, item, into);
    } else if (value !== null && typeof value === 'object') {
      walkMembers({ name, schema }, value, into);
    }
  }
}

function walkMembers({ name, schema }: Place, value: object, into: Comparison): void {
  const properties = child(schema, 'properties');
  const others = schema['additionalProperties'] ?? false;
  // A map says what all of its members are; an open object with named members leaves room for what is not known yet.
  const isMap = typeof others === 'object' || (others === true && Object.keys(properties).length === 0);
  for (const [key, member] of Object.entries(value)) {
    if (properties[key] !== undefined) {
      into.seen.add(`${name}.${key}`);
      walk({ name: `${name}.${key}`, schema: child(properties, key) }, member, into);
    } else if (isMap) {
      walk({ name: `${name}{}`, schema: child(schema, 'additionalProperties') }, member, into);
    } else {
      into.unknown.add(`${name}.${key}`);
    }
  }
}

/** The schemas behind references and alternatives that can describe an object or an array. */
function alternatives({ name, schema }: Place): readonly Place[] {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const target = reference.slice(reference.lastIndexOf('/') + 1) as SchemaName;
    return alternatives({ name: target, schema: schemas[target] });
  }
  const choices = ['oneOf', 'anyOf', 'allOf'].flatMap((keyword) => (schema[keyword] ?? []) as readonly JsonSchema[]);
  if (choices.length > 0) return choices.flatMap((choice) => alternatives({ name, schema: choice }));
  return schema['type'] === 'null' ? [] : [{ name, schema }];
}

function requiredBelow({ name, schema }: Place): readonly string[] {
  if (schema['$ref'] !== undefined) return [];
  const here = ((schema['required'] ?? []) as readonly string[]).map((key) => `${name}.${key}`);
  const properties = Object.entries(child(schema, 'properties'));
  const below = properties.flatMap(([key, value]) =>
    requiredBelow({ name: `${name}.${key}`, schema: value as JsonSchema }),
  );
  const items =
    schema['items'] === undefined ? [] : requiredBelow({ name: `${name}[]`, schema: child(schema, 'items') });
  return [...here, ...below, ...items];
}

function child(schema: JsonSchema, keyword: string): JsonSchema {
  const value = schema[keyword];
  return value !== null && typeof value === 'object' ? (value as JsonSchema) : {};
}

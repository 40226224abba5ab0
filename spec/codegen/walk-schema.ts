import type { Schema } from './definition.js';

/** One schema within a named schema: where it stands for a reader, its JSON pointer, and whether it is a property. */
export interface Place {
  readonly at: string;
  readonly pointer: string;
  readonly schema: Schema;
  readonly isProperty: boolean;
}

/** Every schema within a schema, itself first. */
export function* walkSchema(schema: Schema, at: string, pointer: string, isProperty = false): Generator<Place> {
  yield { at, pointer, schema, isProperty };
  for (const [name, property] of entries(schema['properties']))
    yield* walkSchema(property, `${at}.${name}`, `${pointer}/properties/${escaped(name)}`, true);
  for (const [keyword, mark] of [
    ['items', '[]'],
    ['additionalProperties', '{}'],
  ] as const) {
    const inner = schema[keyword];
    if (inner !== null && typeof inner === 'object')
      yield* walkSchema(inner as Schema, `${at}${mark}`, `${pointer}/${keyword}`);
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf'])
    for (const [index, inner] of entries(schema[keyword]))
      yield* walkSchema(inner, `${at}(${keyword} ${index})`, `${pointer}/${keyword}/${index}`);
}

function entries(value: unknown): [string, Schema][] {
  return Object.entries((value ?? {}) as Record<string, Schema>);
}

/** A name as a segment of a JSON pointer in a URI fragment. */
function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

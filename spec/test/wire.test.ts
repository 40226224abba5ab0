import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRequest,
  encodeRequest,
  match,
  type OperationId,
  operation,
  operations,
  type Parameter,
  type SchemaName,
  schemas,
} from '../src/index.js';

type Json = { [key: string]: unknown };

const word = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((text) => text !== '.' && text !== '..' && encodable(text));

function encodable(text: string): boolean {
  return new TextDecoder().decode(new TextEncoder().encode(text)) === text;
}

/** Values of a schema, with members that it does not name where it is a map: enough to prove that the wire loses nothing. */
function valuesOf(schema: Json, depth = 0): fc.Arbitrary<unknown> {
  const ref = schema['$ref'];
  if (typeof ref === 'string') return valuesOf(schemas[ref.split('/').at(-1) as SchemaName] as Json, depth + 1);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const type = [schema['type'] ?? 'object'].flat()[0];
  if (type === 'string') return word;
  if (type === 'integer' || type === 'number') return fc.maxSafeInteger();
  if (type === 'boolean') return fc.boolean();
  if (type === 'null' || depth > 6) return fc.constant(null);
  if (type === 'array') return fc.array(valuesOf((schema['items'] ?? {}) as Json, depth + 1), { maxLength: 3 });
  const shape = Object.entries((schema['properties'] ?? {}) as Record<string, Json>).map(([key, property]) => [
    key,
    valuesOf(property, depth + 1),
  ]);
  const required = ((schema['required'] ?? []) as string[]).filter((key) => shape.some(([name]) => name === key));
  const named = fc.record(Object.fromEntries(shape) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required,
    noNullPrototype: true,
  });
  const others = schema['additionalProperties'];
  if (others === undefined || others === false) return named;
  const key = fc.oneof(word, fc.constantFrom('constructor', 'toString', 'a b', '%2F', '&=?#'));
  const values = others === true ? fc.jsonValue({ maxDepth: 2 }) : valuesOf(others as Json, depth + 1);
  return fc
    .tuple(fc.dictionary(key, values, { maxKeys: 3, noNullPrototype: true }), named)
    .map(([open, own]) => ({ ...open, ...own }));
}

function parameterValue({ type, schema }: Parameter): fc.Arbitrary<unknown> {
  if (type === 'string') return word;
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.maxSafeInteger();
  return valuesOf({ $ref: schema ?? '' });
}

function inputOf(id: OperationId): fc.Arbitrary<unknown> {
  const row = operation(id);
  const body = row.request ? valuesOf({ $ref: row.request.schema }) : undefined;
  if (row.face !== 'engine') return body ?? fc.constant(undefined);
  const required = row.parameters.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(
    {
      ...Object.fromEntries(row.parameters.map((parameter) => [parameter.name, parameterValue(parameter)])),
      ...(body ? { body } : {}),
    } as Record<string, fc.Arbitrary<unknown>>,
    { requiredKeys: [...required, ...(body ? ['body'] : [])] },
  );
}

/** JSON has one zero. */
function withoutNegativeZero(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

const inspect = 'NetworkInspect' as OperationId;

describe('the wire', () => {
  it.each(Object.keys(operations) as OperationId[])('reads back what it wrote for %s', (id) => {
    fc.assert(
      fc.property(inputOf(id), (input) => {
        const { method, path, query, body } = encodeRequest(id, input as never);
        const text = `http://x${path}?${new URLSearchParams(query)}`;
        const url = new URL(text);
        const found = match(method, url.pathname);
        expect(found?.operation.id).toBe(id);
        const read = decodeRequest(operation(id), {
          params: found?.params ?? {},
          query: Object.fromEntries(url.searchParams),
          ...(body === undefined ? {} : { body: JSON.parse(JSON.stringify(body)) }),
        });
        expect(read).toEqual(withoutNegativeZero(input));
      }),
      { numRuns: 100 },
    );
  });

  it.each([1.5, Number.NaN, 2 ** 53, '5'])('writes no %s where a whole number belongs', (t) => {
    const stop = 'ContainerStop' as OperationId;
    expect(() => encodeRequest(stop, { id: 'a', t } as never)).toThrow('ContainerStop: t must be a whole number');
  });

  it('never lets a path parameter leave its segment', () => {
    expect(encodeRequest(inspect, { id: 'a/b?c#d' } as never).path).toBe('/networks/a%2Fb%3Fc%23d');
    expect(() => encodeRequest(inspect, { id: '..' } as never)).toThrow('NetworkInspect: id must not be ".."');
  });
});

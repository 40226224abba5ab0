import { type JsonSchema, type SchemaName, schemas, validate } from '@opencnm/spec';
import { problemText } from './problem-text.js';
import { withoutNull } from './resolve-schema.js';

/** What Go's decoder makes of a body: the members in the schema's case without nulls, or why it refuses. */
export type Decoded =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>>; readonly problems: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** Reads the first JSON value of a body as an engine does: null is an empty object, the case of names is free, unknown members are kept. */
export function goDecode(schema: SchemaName, text: string): Decoded {
  if (text.trim() === '') return { ok: false, problem: 'the body is empty; engines report EOF' };
  const first = firstValue(text);
  if (first === undefined) return { ok: false, problem: `the body is not JSON: ${JSON.stringify(text.slice(0, 80))}` };
  if (typeof first.value !== 'object' || Array.isArray(first.value)) {
    return {
      ok: false,
      problem: `the body is ${Array.isArray(first.value) ? 'an array' : `a ${typeof first.value}`}, not an object`,
    };
  }
  const value = folded(schemas[schema], first.value ?? {}) as Record<string, unknown>;
  // A member that may be null is one of two schemas; what is wrong with it is said by the other one.
  const problems = validate(schema, value).filter(
    ({ message }) => message !== 'must be null' && message !== 'must match exactly one schema in oneOf',
  );
  const fatal = problems.find(
    ({ message }) =>
      message.startsWith('must be') && /must be (string|object|array|boolean|integer|number|null)/.test(message),
  );
  if (fatal) return { ok: false, problem: problemText(fatal) };
  return {
    ok: true,
    value,
    problems: problems.map(problemText),
  };
}

/** The first JSON value of a text; what follows it is ignored, as engines do. */
function firstValue(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const end = endOfValue(text);
    if (end === undefined) return undefined;
    try {
      return { value: JSON.parse(text.slice(0, end)) as unknown };
    } catch {
      return undefined;
    }
  }
}

/** Where the first object or array ends; strings are skipped. */
function endOfValue(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return index + 1;
    else if (depth === 0 && !/\s/.test(character ?? '')) return /^null/.test(text.slice(index)) ? index + 4 : undefined;
  }
  return undefined;
}

/** The member of a schema that a name means, whatever its case; the name itself where there is none. */
function nameIn(properties: Readonly<Record<string, JsonSchema>>, key: string): string {
  const lower = key.toLowerCase();
  return Object.keys(properties).find((name) => name.toLowerCase() === lower) ?? key;
}

/** Names in the case of the schema, and no nulls: Go matches names whatever their case, and leaves fields of null at zero. */
function folded(schema: JsonSchema | undefined, value: unknown, depth = 0): unknown {
  const row = withoutNull(schema);
  if (depth > 32 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((item) => folded(row?.['items'] as JsonSchema | undefined, item, depth + 1));
  const properties = (row?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null) continue;
    const name = Object.hasOwn(properties, key) ? key : nameIn(properties, key);
    if (name !== key && Object.hasOwn(value, name)) continue;
    result[name] = folded(properties[name], inner, depth + 1);
  }
  return { ...result };
}

/** A JSON schema of the keywords that problemOf reads. */
export type Schema = Readonly<Record<string, unknown>>;

/** What is wrong with a value, and where: `outcomes/3/ms`; empty for the value itself. */
export interface SchemaProblem {
  readonly at: string;
  readonly path: readonly string[];
  readonly message: string;
}

const told = new Set(['$schema', '$id', '$defs', 'title', 'description', 'examples']);

/** The first disagreement of a value with a schema; throws on keywords that it does not know. */
export function problemOf(schema: Schema, value: unknown): SchemaProblem | undefined {
  const visit = (row: Schema, inner: unknown, path: readonly string[]): SchemaProblem | undefined => {
    const ref = row['$ref'];
    if (typeof ref === 'string') return visit(referred(schema, ref), inner, path);
    for (const [keyword, wanted] of Object.entries(row)) {
      if (told.has(keyword)) continue;
      const message = own[keyword]?.(wanted as never, inner);
      if (message) return { at: path.join('/'), path, message: hinted(row, keyword, message) };
      const deeper = nested[keyword]?.(wanted as never, inner, row) ?? [];
      for (const [key, below, each] of deeper) {
        const deep = [...path, key];
        const found =
          below === false ? { at: deep.join('/'), path: deep, message: 'is not known' } : visit(below, each, deep);
        if (found) return found;
      }
      if (!Object.hasOwn(own, keyword) && !Object.hasOwn(nested, keyword))
        throw new Error(`the schema keyword ${keyword} is not read`);
    }
    return undefined;
  };
  return visit(schema, value, []);
}

type Own = (wanted: never, value: unknown) => string | undefined;

/** The keywords about a value itself. */
const own: Readonly<Record<string, Own>> = {
  type: (wanted: string, value) => (isOf(wanted, value) ? undefined : `must be ${wanted}`),
  const: (wanted: unknown, value) => (value === wanted ? undefined : `must be ${JSON.stringify(wanted)}`),
  enum: (wanted: readonly unknown[], value) =>
    wanted.includes(value) ? undefined : `must be one of ${wanted.join(', ')}`,
  minimum: (wanted: number, value) =>
    typeof value !== 'number' || value >= wanted ? undefined : `must be at least ${wanted}`,
  maximum: (wanted: number, value) =>
    typeof value !== 'number' || value <= wanted ? undefined : `must be at most ${wanted}`,
  minLength: (wanted: number, value) =>
    typeof value !== 'string' || [...value].length >= wanted ? undefined : 'must not be empty',
  minItems: (wanted: number, value) =>
    !Array.isArray(value) || value.length >= wanted ? undefined : `must have ${wanted} or more`,
  maxItems: (wanted: number, value) =>
    !Array.isArray(value) || value.length <= wanted ? undefined : `must have ${wanted} or fewer`,
  pattern: (wanted: string, value) =>
    typeof value !== 'string' || new RegExp(wanted, 'u').test(value) ? undefined : `must fit ${wanted}`,
  required: (wanted: readonly string[], value) => {
    const missing = isOf('object', value) ? wanted.find((key) => !Object.hasOwn(value as object, key)) : undefined;
    return missing === undefined ? undefined : `lacks ${missing}`;
  },
};

type Nested = (wanted: never, value: unknown, row: Schema) => readonly (readonly [string, Schema | false, unknown])[];

/** The keywords about members and items: their keys, schemas and values. */
const nested: Readonly<Record<string, Nested>> = {
  properties: (wanted: Readonly<Record<string, Schema>>, value) =>
    members(value).flatMap(([key, each]) =>
      Object.hasOwn(wanted, key) ? [[key, wanted[key] as Schema, each] as const] : [],
    ),
  additionalProperties: (wanted: Schema | false, value, row) =>
    members(value).flatMap(([key, each]) =>
      Object.hasOwn((row['properties'] as object | undefined) ?? {}, key) ? [] : [[key, wanted, each] as const],
    ),
  items: (wanted: Schema, value) =>
    Array.isArray(value) ? value.map((each: unknown, index) => [String(index), wanted, each] as const) : [],
};

function members(value: unknown): readonly (readonly [string, unknown])[] {
  return isOf('object', value) ? Object.entries(value as object) : [];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'number' ? Number.isFinite(value) : typeof value === type;
}

/** A pattern tells nobody anything; an example of the schema does. */
function hinted({ examples }: Schema, keyword: string, message: string): string {
  return keyword === 'pattern' && Array.isArray(examples) ? `must look like ${examples.join(' or ')}` : message;
}

function referred(schema: Schema, ref: string): Schema {
  const found = (schema['$defs'] as Readonly<Record<string, Schema>> | undefined)?.[ref.replace('#/$defs/', '')];
  if (!found) throw new Error(`the schema has no ${ref}`);
  return found;
}

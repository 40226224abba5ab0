import type { JsonSchema } from '@opencnm/spec';
import { resolveSchema } from '../caller/resolve-schema.js';

/** A request that its schema does not allow, or that no engine sends. */
export interface Spoilt {
  /** What is wrong with it, as in `Interface.Address is a number`. */
  readonly name: string;
  readonly body: string | Uint8Array;
}

type Json = Readonly<Record<string, unknown>>;
type Path = readonly string[];

/** One value of each JSON type. */
const samples: Readonly<Record<string, unknown>> = {
  string: 'opencnm',
  number: 7,
  boolean: true,
  array: ['opencnm'],
  object: { opencnm: {} },
  null: null,
};

/** How many members deep a request is spoilt. */
const depth = 3;

/** A member that is longer than what fits into one read of most servers. */
const longKib = 64;

/** A body that is longer than what most servers expect; few of them, since each costs as much as hundreds of calls. */
const hugeKib = 256;

/** The ways in which a request of a schema can be wrong; `make` gives a good one, with new ids each time. */
export function spoiltBodies(schema: JsonSchema | undefined, make: () => unknown): readonly Spoilt[] {
  const paths = pathsOf(schema, []);
  return [
    ...paths.flatMap(({ path, types }) => ofMember(path, types, make)),
    ...Object.entries(samples)
      .filter(([type]) => type !== 'object')
      .map(([type, value]) => spoilt(`the body is ${typeName(type)}`, JSON.stringify(value))),
    ...ofText(make),
  ];
}

/** Every member that a schema names, to a depth, with the JSON types that it may have. */
function pathsOf(schema: JsonSchema | undefined, path: Path): readonly { readonly path: Path; readonly types: Path }[] {
  const members = Object.entries((resolveSchema(schema)?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>);
  return members.flatMap(([name, member]) => {
    const own = [...path, name];
    return [{ path: own, types: typesOf(member) }, ...(own.length < depth ? pathsOf(member, own) : [])];
  });
}

function typesOf(schema: JsonSchema | undefined): Path {
  const { type, oneOf, anyOf } = (resolveSchema(schema) ?? {}) as Readonly<Record<string, unknown>>;
  if (type !== undefined) return [type].flat().map((each) => (each === 'integer' ? 'number' : String(each)));
  return ([oneOf, anyOf].flat().filter(Boolean) as readonly JsonSchema[]).flatMap((each) => typesOf(each));
}

function ofMember(path: Path, types: Path, make: () => unknown): readonly Spoilt[] {
  const name = path.join('.');
  const wrong = Object.entries(samples).filter(([type]) => !types.includes(type));
  return [
    ...wrong.map(([type, value]) =>
      spoilt(`${name} is ${typeName(type)}`, JSON.stringify(withMember(make(), path, value))),
    ),
    ...(has(make(), path)
      ? [
          spoilt(`${name} is missing`, JSON.stringify(withMember(make(), path, undefined))),
          spoilt(`${name} is written ${swapped(path.at(-1) ?? '')}`, JSON.stringify(renamed(make(), path))),
        ]
      : []),
    ...(types.includes('string')
      ? [spoilt(`${name} has ${longKib} KiB`, JSON.stringify(withMember(make(), path, 'x'.repeat(longKib * 1024))))]
      : []),
  ];
}

/** What only the text of a request can be. */
function ofText(make: () => unknown): readonly Spoilt[] {
  const text = JSON.stringify(make());
  const begun = text.slice(0, -1);
  const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`;
  return [
    spoilt('an unknown member is 2 000 arrays deep', `${begun},"opencnm":${deep}}`),
    spoilt(`an unknown member has ${hugeKib} KiB`, `${begun},"opencnm":"${'x'.repeat(hugeKib * 1024)}"}`),
    spoilt('it has a member __proto__', `${begun},"__proto__":{"opencnm":true},"constructor":{"prototype":{}}}`),
    spoilt('it has each member twice', `${begun},${text.slice(1)}`),
    spoilt('it ends too early', begun),
    spoilt('it has an unknown member that is no UTF-8', Buffer.from(`${begun},"opencnm":"\xff\xfe\xc0"}`, 'latin1')),
    spoilt('it has an unknown member with a lone surrogate', `${begun},"opencnm":"\\ud800"}`),
    spoilt('it has an unknown member with a number that no machine has', `${begun},"opencnm":1e999999}`),
  ];
}

function spoilt(name: string, body: Spoilt['body']): Spoilt {
  return { name, body };
}

function typeName(type: string): string {
  return type === 'null' ? 'null' : `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: unknown, [first = '', ...rest]: Path): boolean {
  if (!isObject(value) || !Object.hasOwn(value, first)) return false;
  return rest.length === 0 || has(value[first], rest);
}

/** The value with one member replaced; undefined takes it out, and what is missing on the way is made. */
function withMember(value: unknown, [first = '', ...rest]: Path, member: unknown): Json {
  const object = isObject(value) ? value : {};
  return { ...object, [first]: rest.length === 0 ? member : withMember(object[first], rest, member) };
}

/** The value with one member under its name in the other case. */
function renamed(value: unknown, [first = '', ...rest]: Path): Json {
  const object = isObject(value) ? value : {};
  if (rest.length > 0) return { ...object, [first]: renamed(object[first], rest) };
  const { [first]: member, ...others } = object;
  return { ...others, [swapped(first)]: member };
}

function swapped(name: string): string {
  return name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
}

import { readdir, readFile } from 'node:fs/promises';
import SwaggerParser from '@apidevtools/swagger-parser';
import { parse } from 'yaml';
import type { Definition, OperationRow, Schema } from './definition.js';
import { operationRow } from './operation-row.js';

type Json = { [key: string]: unknown };

const verbs = ['get', 'head', 'post', 'put', 'delete'] as const;

/** Bundles openapi.yaml, faces/ and schemas/ into one valid document and reads its operation table. */
export async function readDefinition(root: URL): Promise<Definition> {
  const document = await readYaml(new URL('openapi.yaml', root));
  const schemas = await readSchemas(root);
  const faces = new Map<string, Json>();
  const paths: Json = {};
  for (const [path, item] of Object.entries(document['paths'] as Record<string, { $ref?: string }>)) {
    const [file, key] = (item.$ref ?? '').split('#/');
    if (!file || !key) throw new Error(`openapi.yaml: path ${path} needs a $ref into faces/`);
    const face = faces.get(file) ?? (await readYaml(new URL(file, root)));
    faces.set(file, face);
    if (!face[key]) throw new Error(`openapi.yaml: path ${path}: ${file} has no key ${key}`);
    paths[path] = inline(face[key], face);
  }
  const { components: _, ...head } = document;
  const bundled = { ...head, paths, components: { schemas } };
  await SwaggerParser.validate(structuredClone(bundled) as never);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    verbs.flatMap((verb) => {
      const operation = (item as Json)[verb] as Json | undefined;
      return operation ? [operationRow(path, verb, operation, (item as Json)['parameters'] as Json[] | undefined)] : [];
    }),
  );
  refuseTwice(operations);
  return { document: bundled, schemas, operations };
}

/** Refuses two operations with one id, or one face method for two operations. */
function refuseTwice(operations: readonly OperationRow[]): void {
  for (const [index, row] of operations.entries())
    for (const other of operations.slice(0, index)) {
      if (row.id === other.id) throw new Error(`${row.method} ${row.path}: the operationId ${row.id} is taken`);
      if (row.face === other.face && row.call === other.call)
        throw new Error(`${row.method} ${row.path}: ${other.id} is called ${row.call} already`);
    }
}

async function readYaml(file: URL): Promise<Json> {
  return parse(await readFile(file, 'utf8')) as Json;
}

async function readSchemas(root: URL): Promise<Record<string, Schema>> {
  const folder = new URL('schemas/', root);
  const all: Record<string, Schema> = {};
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort()) {
    for (const [key, schema] of Object.entries(await readYaml(new URL(name, folder)))) {
      if (all[key]) throw new Error(`schemas/${name}: ${key} is already defined in another file`);
      all[key] = named(schema) as Schema;
    }
  }
  return all;
}

/** Rewrites every reference to a schema file into one to components.schemas. */
function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, `#/components/schemas/${inner.slice(inner.lastIndexOf('/') + 1)}`]
        : [key, named(inner)],
    ),
  );
}

/** Resolves references within a face file by value, and references to schemas by name. */
function inline(value: unknown, face: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => inline(item, face));
  if (value === null || typeof value !== 'object') return value;
  const ref = (value as { $ref?: unknown }).$ref;
  if (typeof ref === 'string' && ref.startsWith('#/')) {
    const target = ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], face);
    if (target === undefined) throw new Error(`faces: ${ref} does not exist`);
    return inline(target, face);
  }
  if (typeof ref === 'string') return named(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inline(inner, face)]));
}

import type { Ajv2020 } from 'ajv/dist/2020.js';
import { ajvOf } from './ajv-of.js';
import type { Definition } from './definition.js';
import { walkSchema } from './walk-schema.js';

type Json = { readonly [key: string]: unknown };

/** Refuses a body without an example, and every example that its own schema rejects. */
export function refuseBadExamples({ document, schemas }: Definition): void {
  const { ajv, id } = ajvOf(schemas);
  for (const [name, root] of Object.entries(schemas))
    for (const { at, pointer, schema } of walkSchema(root, name, `${id}#/$defs/${name}`))
      for (const example of (schema['examples'] ?? []) as unknown[]) hold(ajv, { $ref: pointer }, example, at);
  for (const [path, item] of Object.entries(document['paths'] as Record<string, Json>))
    for (const [verb, operation] of Object.entries(item)) {
      const at = verb === 'parameters' ? path : `${verb.toUpperCase()} ${path}`;
      const row = (verb === 'parameters' ? { parameters: operation } : operation) as Json;
      for (const holder of holders(row)) refuseHolder(ajv, id, holder, at);
    }
}

/** What may carry an example in an operation: parameters, the media of bodies, headers. */
function holders(row: Json): Json[] {
  const responses = Object.values((row['responses'] ?? {}) as Record<string, Json>);
  const parameters = [
    ...((row['parameters'] ?? []) as Json[]),
    ...responses.flatMap((response) => Object.values((response['headers'] ?? {}) as Record<string, Json>)),
  ];
  const carriers = [row['requestBody'] as Json | undefined, ...responses, ...parameters];
  const media = carriers.flatMap((carrier) => Object.values((carrier?.['content'] ?? {}) as Record<string, Json>));
  return [...media, ...parameters.filter((parameter) => 'schema' in parameter)];
}

function refuseHolder(ajv: Ajv2020, id: string, holder: Json, at: string): void {
  if (!('schema' in holder)) return;
  if (!('example' in holder)) throw new Error(`${at}: ${String(holder['name'] ?? 'a body')} has no example`);
  const text = JSON.stringify(holder['schema']).replaceAll('"#/components/schemas/', `"${id}#/$defs/`);
  hold(ajv, JSON.parse(text) as object, holder['example'], at);
}

function hold(ajv: Ajv2020, schema: object, example: unknown, at: string): void {
  if (ajv.validate(schema, example)) return;
  const { instancePath, message } = ajv.errors?.[0] ?? {};
  throw new Error(`${at}: the example ${JSON.stringify(example)} is refused: ${instancePath ?? ''} ${message ?? ''}`);
}

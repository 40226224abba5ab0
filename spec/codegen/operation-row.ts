import type { OperationRow, ParameterRow } from './definition.js';

type Json = { [key: string]: unknown };

const faces = ['plugin', 'network-driver', 'ipam-driver', 'engine'] as const;

const understood = [
  ...['operationId', 'tags', 'summary', 'description', 'deprecated', 'parameters', 'requestBody', 'responses'],
  ...['x-group', 'x-verb', 'x-unversioned', 'x-optional', 'x-repeatable', 'x-since', 'x-until'],
];

/** Turns one OpenAPI operation into its row; refuses what the interpreters would not understand. */
export function operationRow(path: string, verb: string, operation: Json, shared: Json[] = []): OperationRow {
  const id = String(operation['operationId'] ?? '');
  const refuse = (what: string): never => {
    throw new Error(`${verb.toUpperCase()} ${path}: ${what}`);
  };
  if (!id) refuse('has no operationId');
  const tags = operation['tags'] as string[] | undefined;
  const face =
    faces.find((name) => tags?.length === 1 && tags[0] === name) ??
    refuse(`needs exactly one tag of ${faces.join(', ')}`);
  if (!operation['summary']) refuse('has no summary');
  const odd = Object.keys(operation).find((key) => !understood.includes(key));
  if (odd) refuse(`has the key ${odd}, which the generator does not understand`);
  if (face === 'engine' && !(operation['x-group'] && operation['x-verb'])) refuse('needs x-group and x-verb');
  const parameters = [...shared, ...((operation['parameters'] as Json[] | undefined) ?? [])].map((row) =>
    parameter(row, refuse),
  );
  refuseOtherPath(path, parameters, refuse);
  const body = operation['requestBody'] as Json | undefined;
  const since = operation['x-since'];
  return {
    id,
    face,
    method: verb.toUpperCase(),
    path,
    call: callName(id),
    summary: String(operation['summary']),
    ...(operation['x-group'] ? { group: String(operation['x-group']), verb: String(operation['x-verb']) } : {}),
    unversioned: operation['x-unversioned'] === true,
    optional: operation['x-optional'] === true,
    repeatable: operation['x-repeatable'] === true,
    ...(since ? { since: String(since) } : {}),
    parameters,
    ...(body
      ? {
          request: {
            required: body['required'] === true,
            schema: bodySchema(body, refuse) ?? refuse('request has no schema'),
          },
        }
      : {}),
    responses: Object.fromEntries(
      Object.entries(operation['responses'] as Record<string, Json>).map(([status, response]) => [
        face === 'engine' && !/^[1-5]\d\d$/.test(status) ? refuse(`answers ${status}: name each status`) : status,
        answer(response, refuse),
      ]),
    ),
  };
}

/** Refuses a path whose variables are not the path parameters. */
function refuseOtherPath(path: string, parameters: readonly ParameterRow[], refuse: (what: string) => never): void {
  const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));
  const declared = parameters.filter((row) => row.in === 'path').map(({ name }) => name);
  const odd = [...variables, ...declared].find((name) => !variables.includes(name) || !declared.includes(name));
  if (odd) refuse(`needs ${odd} both in the path and as a path parameter`);
}

/** `NetworkDriver.CreateNetwork` -> `createNetwork`, `NetworkConnect` -> `networkConnect`. */
function callName(id: string): string {
  const name = id.slice(id.indexOf('.') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function parameter(row: Json, refuse: (what: string) => never): ParameterRow {
  const place = row['in'];
  const name = String(row['name']);
  if (place !== 'path' && place !== 'query')
    return refuse(`parameter ${name} is in ${String(place)}, only path and query are understood`);
  if (!row['description']) refuse(`parameter ${name} has no description`);
  const content = row['content'] as Record<string, { schema: { $ref?: string } }> | undefined;
  const base: Pick<ParameterRow, 'name' | 'in' | 'required'> = { name, in: place, required: row['required'] === true };
  if (content) {
    const ref = content['application/json']?.schema.$ref ?? refuse(`parameter ${name} needs a named JSON schema`);
    return { ...base, type: 'json', schema: ref.slice(ref.lastIndexOf('/') + 1) };
  }
  const type = (row['schema'] as Json | undefined)?.['type'];
  if (type !== 'string' && type !== 'boolean' && type !== 'integer')
    return refuse(`parameter ${name} has type ${String(type)}`);
  return { ...base, type };
}

function bodySchema(holder: Json, refuse: (what: string) => never): string | undefined {
  const content = holder['content'] as Record<string, { schema?: { $ref?: string } }> | undefined;
  if (!content) return undefined;
  const media = Object.entries(content).find(([type]) => type.includes('json')) ?? Object.entries(content)[0];
  const ref = media?.[1].schema?.$ref;
  if (!ref && !media?.[0].includes('json')) return undefined;
  if (!ref) return refuse('every JSON body must be a $ref to a named schema');
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function answer(response: Json, refuse: (what: string) => never): { schema?: string; stream?: boolean } {
  const schema = bodySchema(response, refuse);
  return { ...(schema ? { schema } : {}), ...(response['x-stream'] === true ? { stream: true } : {}) };
}

import type { Inputs } from '../generated/faces.js';
import type { Operation, Parameter } from './operation.js';
import { type OperationId, operation } from './operation-id.js';

/** A request before a transport writes it: the path is percent-encoded, the query is not; no version prefix. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type Values = Readonly<Record<string, unknown>>;

/** Turns the input of an operation into its request: path segments percent-encoded, filters as the engine's JSON maps. */
export function encodeRequest<O extends OperationId>(id: O, input: Inputs[O]): WireRequest {
  const row = operation(id);
  if (row.face !== 'engine')
    return { method: row.method, path: row.path, query: {}, ...(row.request ? { body: input } : {}) };
  const values = (input ?? {}) as Values;
  const path = row.path.replace(/\{(\w+)\}/g, (_, name: string) => segment(id, name, values[name]));
  const query = row.parameters.flatMap((parameter) => {
    const value = values[parameter.name];
    return parameter.in !== 'query' || value === undefined
      ? []
      : [[parameter.name, queryText(id, parameter, value)] as const];
  });
  const body = row.request && values['body'] !== undefined ? { body: values['body'] } : {};
  return { method: row.method, path, query: Object.fromEntries(query), ...body };
}

/** The inverse of encodeRequest: path parameters come decoded from `match`. Throws a one-line Error on a value that cannot be read. */
export function decodeRequest(
  row: Operation,
  request: {
    readonly params: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string>>;
    readonly body?: unknown;
  },
): unknown {
  if (row.face !== 'engine') return row.request ? request.body : undefined;
  const input: Record<string, unknown> = {};
  for (const parameter of row.parameters) {
    const text = parameter.in === 'path' ? request.params[parameter.name] : request.query[parameter.name];
    if (text !== undefined) input[parameter.name] = parameter.in === 'path' ? text : queryValue(parameter, text);
  }
  if (row.request && request.body !== undefined) input['body'] = request.body;
  return input;
}

function segment(id: string, name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${id}: ${name} must be a non-empty string`);
  if (value === '.' || value === '..')
    throw new TypeError(`${id}: ${name} must not be "${value}", which would change the path`);
  return encodeURIComponent(value);
}

function queryText(id: string, { name, type }: Parameter, value: unknown): string {
  if (type === 'integer' && !Number.isSafeInteger(value)) throw new TypeError(`${id}: ${name} must be a whole number`);
  return type === 'json' ? JSON.stringify(value) : String(value);
}

function queryValue({ name, type }: Parameter, text: string): unknown {
  if (type === 'string') return text;
  if (type === 'boolean') return booleanValue(text);
  if (type === 'integer') {
    if (!/^-?\d{1,16}$/.test(text) || !Number.isSafeInteger(Number(text)))
      throw new TypeError(`invalid value for ${name}: "${text}" is not a whole number`);
    return Number(text);
  }
  return filters(name, text);
}

/** Go's rules for boolean query values: everything is true but these. */
function booleanValue(text: string): boolean {
  return !['', '0', 'no', 'false', 'none'].includes(text.toLowerCase().trim());
}

/** The engine's filter map; the legacy form `{"key":{"value":true}}` is read as `{"key":["value"]}`. */
function filters(name: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new TypeError(`invalid ${name}: not JSON`);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new TypeError(`invalid ${name}: not a JSON map`);
  return Object.fromEntries(Object.entries(value).map(([key, values]) => [key, filterValues(name, key, values)]));
}

function filterValues(name: string, key: string, values: unknown): readonly string[] {
  if (Array.isArray(values) && values.every((item) => typeof item === 'string')) return values;
  if (values !== null && typeof values === 'object' && !Array.isArray(values)) return Object.keys(values);
  throw new TypeError(`invalid ${name}: ${key} must be an array of strings`);
}

import { type Operation, type SchemaName, schemas } from '@opencnm/spec';
import { CnmError } from '../cnm-error.js';
import { engineError, quote } from './engine-error.js';

/** The body of a success, as the row says: JSON of the schema's kind, or nothing. A status of 400 or more always throws. */
export function engineAnswer({ id, responses }: Operation, status: number, text: string): unknown {
  if (status >= 400) throw engineError(id, status, text);
  const isSuccess = status >= 200 && status <= 299;
  const declared = responses[status] ?? (isSuccess ? firstSuccess(responses) : undefined);
  if (!declared) throw unreadable(id, status, `status ${status} is not an answer to this call`);
  return declared.schema ? parsed(id, status, text, declared.schema as SchemaName) : undefined;
}

/** For a success with another 2xx status than the declared one: engines differ there. */
function firstSuccess(responses: Operation['responses']): Operation['responses'][string] | undefined {
  return Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
}

function parsed(id: string, status: number, text: string, schema: SchemaName): unknown {
  const { type } = schemas[schema] as { readonly type?: unknown };
  const kinds = [type].flat();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(id, status, `the answer is not JSON: ${quote(text) || 'it is empty'}`, cause);
  }
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (type === undefined || kinds.includes(kind)) return value;
  // Go writes an empty list that was never made as null.
  if (kind === 'null' && kinds.includes('array')) return [];
  throw unreadable(id, status, `the answer is of type ${kind}, not ${kinds.join(' or ')}: ${quote(text)}`);
}

function unreadable(operation: string, status: number, why: string, cause?: unknown): CnmError {
  return new CnmError({ code: 'invalid-answer', operation, status, message: `${operation}: ${why}`, cause });
}

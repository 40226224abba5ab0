import { errorKey, type Operation, type SchemaName, schemas } from '@opencnm/spec';
import { CnmError, type CnmErrorCode } from '../cnm-error.js';
import { withKnownNames } from './with-known-names.js';

type Members = Readonly<Record<string, unknown>>;

/** What an engine makes of a driver's answer: only a 200 without the face's error member is success; `null` is an empty answer, and the case of names is free. */
export function outcome(
  { id: operation, face, responses }: Operation,
  { status, text }: { readonly status: number; readonly text: string },
): unknown {
  const failure = (code: CnmErrorCode, message: string) =>
    new CnmError({ code, operation, status, message: `${operation}: ${message}` });
  const schema = responses[status === 200 ? '200' : 'default']?.schema;
  const body = withKnownNames(schema ? schemas[schema as SchemaName] : undefined, membersOf(text)) as
    | Members
    | undefined;
  if (status !== 200) {
    const err = body?.['Err'];
    const message = typeof err === 'string' && err !== '' ? err : oneLine(text) || `status ${status}`;
    throw failure(status === 404 ? 'not-implemented' : 'refused', message);
  }
  if (!body) throw failure('invalid-answer', `the answer is not a JSON object: ${oneLine(text) || 'it is empty'}`);
  const key = errorKey(face);
  const err = body[key] ?? '';
  if (typeof err !== 'string') throw failure('invalid-answer', `${key} is not a string`);
  if (err !== '') throw failure('refused', err);
  return body;
}

function membersOf(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null) return {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 200);
}

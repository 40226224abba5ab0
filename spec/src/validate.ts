import type { SchemaName } from '../generated/schemas.js';
import * as validators from '../generated/validators.js';

/** One disagreement between a value and its schema; `path` is a JSON pointer. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  /** What stands there. */
  readonly value: unknown;
}

interface Complaint {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Record<string, unknown>;
}

interface Compiled {
  (value: unknown): boolean;
  errors?: readonly Complaint[] | null;
}

/** Every way in which a value disagrees with a named schema; empty when it agrees. */
export function validate(schema: SchemaName, value: unknown): readonly Problem[] {
  const compiled = (validators as unknown as Record<string, Compiled>)[schema];
  if (!compiled) throw new Error(`no schema is named ${schema}`);
  if (compiled(value)) return [];
  return (compiled.errors ?? []).map((error) => ({
    path: error.instancePath,
    message: worded(error),
    value: valueAt(value, error.instancePath),
  }));
}

function worded({ keyword, message = 'is invalid', params }: Complaint): string {
  const allowed = keyword === 'enum' ? params['allowedValues'] : undefined;
  if (!Array.isArray(allowed)) return message;
  return `must be one of ${allowed.map((each) => JSON.stringify(each)).join(', ')}`;
}

function valueAt(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys.reduce((inner, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined;
  }, value);
}

import type { SchemaName } from '../generated/schemas.js';
import * as validators from '../generated/validators.js';

/** One disagreement between a value and its schema; `path` is a JSON pointer. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

interface Compiled {
  (value: unknown): boolean;
  errors?:
    | readonly { readonly instancePath: string; readonly message?: string; readonly params: Record<string, unknown> }[]
    | null;
}

/** Every way in which a value disagrees with a named schema; empty when it agrees. */
export function validate(schema: SchemaName, value: unknown): readonly Problem[] {
  const compiled = (validators as unknown as Record<string, Compiled>)[schema];
  if (!compiled) throw new Error(`no schema is named ${schema}`);
  if (compiled(value)) return [];
  return (compiled.errors ?? []).map(({ instancePath, message }) => ({
    path: instancePath,
    message: message ?? 'is invalid',
  }));
}

import { operations } from '../generated/operations.js';
import type { Operation } from './operation.js';
import type { OperationId } from './operation-id.js';

/** The operation that a request is for, and the decoded parameters of its path. */
export interface Matched {
  readonly operation: Operation & { readonly id: OperationId };
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly row: Matched['operation'];
  readonly segments: readonly string[];
}

const patterns: readonly Pattern[] = Object.values(operations)
  .map((row) => ({ row, segments: row.path.split('/') }))
  .sort((a, b) => variables(a) - variables(b));

/** Finds the operation of a method and a path without version prefix; a literal segment wins over a parameter. */
export function match(method: string, path: string): Matched | undefined {
  const segments = path.split('/');
  for (const { row, segments: pattern } of patterns) {
    if (row.method !== method || pattern.length !== segments.length) continue;
    const params = capture(pattern, segments);
    if (params) return { operation: row, params };
  }
  return undefined;
}

function capture(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
      continue;
    }
    try {
      params[part.slice(1, -1)] = decodeURIComponent(segment);
    } catch {
      return undefined;
    }
    if (segment === '') return undefined;
  }
  return params;
}

function variables({ segments }: Pattern): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}

import { type Difference, isMatcher } from './pattern.js';
import { printed } from './printed.js';

/** Every place where a value differs from a pattern; empty when it fits. Members that the pattern does not name are free. */
export function compare(pattern: unknown, value: unknown, at = ''): readonly Difference[] {
  if (isMatcher(pattern)) return pattern.matches(value) ? [] : [{ at, wanted: pattern.wanted, got: printed(value) }];
  if (Array.isArray(pattern)) return compareArrays(pattern, value, at);
  if (typeof pattern === 'object' && pattern !== null) return compareObjects(pattern, value, at);
  return Object.is(pattern, value) ? [] : [{ at, wanted: printed(pattern), got: printed(value) }];
}

function compareArrays(pattern: readonly unknown[], value: unknown, at: string): readonly Difference[] {
  if (!Array.isArray(value)) return [{ at, wanted: `an array of ${pattern.length}`, got: printed(value) }];
  if (value.length !== pattern.length) {
    return [{ at, wanted: `${pattern.length} items`, got: `${value.length} items: ${printed(value)}` }];
  }
  return pattern.flatMap((item, index) => compare(item, value[index], `${at}/${index}`));
}

function compareObjects(pattern: object, value: unknown, at: string): readonly Difference[] {
  const entries = Object.entries(pattern);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject && value !== undefined && value !== null) return [{ at, wanted: 'an object', got: printed(value) }];
  const members = (value ?? {}) as Readonly<Record<string, unknown>>;
  return entries.flatMap(([key, inner]) =>
    compare(
      inner,
      Object.hasOwn(members, key) ? members[key] : undefined,
      `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    ),
  );
}

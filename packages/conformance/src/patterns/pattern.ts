/** The mark of a matcher; a symbol, so that no JSON value can pose as one. */
export const matcher = Symbol('matcher');

/** A named expectation about one value. */
export interface Matcher {
  readonly [matcher]: true;
  readonly matches: (value: unknown) => boolean;
  /** What is wanted, as it stands in a report: `an IPv4 address in 10.0.0.0/24`. */
  readonly wanted: string;
}

/** What a value of type T is compared with: literals, subsets of objects, arrays item by item, or a matcher anywhere. */
export type Pattern<T> = Matcher | PlainPattern<NonNullable<T>>;

type PlainPattern<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Pattern<Item>[]
    : { readonly [K in keyof T]?: Pattern<T[K]> };

/** One place in which a value is not what was wanted; `at` is a JSON pointer. */
export interface Difference {
  readonly at: string;
  readonly wanted: string;
  readonly got: string;
}

/** True for matchers. */
export function isMatcher(value: unknown): value is Matcher {
  return typeof value === 'object' && value !== null && matcher in value;
}

import type { CallContext } from '@opencnm/spec';

/** What may accompany any call of a client. */
export interface CallOptions extends CallContext {
  /** For the whole answer, in ms; 0 waits for ever. */
  readonly timeoutMs?: number | undefined;
}

/** A face whose calls also take a timeout; it still is that face. */
export type Callable<F> = {
  readonly [K in keyof F]: F[K] extends (...given: infer A) => infer R ? (...given: Timed<A>) => R : never;
};

type Timed<A extends readonly unknown[]> = A extends readonly [context?: CallContext | undefined]
  ? [options?: CallOptions]
  : A extends readonly [input: infer I, context?: CallContext | undefined]
    ? [input: I, options?: CallOptions]
    : never;

/** What accompanies a call of a face: a signal that ends it. */
export interface CallContext {
  readonly signal?: AbortSignal | undefined;
}

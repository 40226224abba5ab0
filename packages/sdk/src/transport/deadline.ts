/** A signal for one call, and what has ended the call so far. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly ended: () => 'aborted' | 'timeout' | undefined;
  /** Lets go of the timer and of the caller's signal. */
  readonly clear: () => void;
}

/** Joins a caller's signal and a timeout in ms (0: none). By hand, because AbortSignal.any leaks under a long-lived signal on Node 20. */
export function deadline(signal: AbortSignal | undefined, timeoutMs: number): Deadline {
  const controller = new AbortController();
  let ended: 'aborted' | 'timeout' | undefined;
  const end = (how: 'aborted' | 'timeout') => {
    ended ??= how;
    controller.abort();
  };
  const onAbort = () => end('aborted');
  const timer = timeoutMs > 0 ? setTimeout(() => end('timeout'), timeoutMs) : undefined;
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    ended: () => ended,
    clear: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

import { CnmError } from '../cnm-error.js';

/** A failure below HTTP as the SDK's error: the caller's abort, the deadline, an answer too long, or the connection. */
export function transportError(
  operation: string,
  cause: unknown,
  {
    address,
    ended,
    timeoutMs,
  }: { readonly address: string; readonly ended: string | undefined; readonly timeoutMs: number },
): CnmError {
  if (cause instanceof CnmError) return cause;
  if (ended === 'aborted')
    return new CnmError({ code: 'aborted', operation, message: `${operation} was aborted by its signal`, cause });
  if (ended === 'timeout') {
    const message = `${operation} had no complete answer from ${address} within ${timeoutMs} ms`;
    return new CnmError({ code: 'timeout', operation, message, cause });
  }
  return new CnmError({ code: 'transport', operation, message: `${operation}: ${address}: ${reason(cause)}`, cause });
}

/** One line; Node reports several failed addresses of one name as an AggregateError without a message. */
function reason(cause: unknown): string {
  const first = cause instanceof AggregateError && cause.message === '' ? cause.errors[0] : cause;
  const text = first instanceof Error ? first.message : String(first);
  return text.split('\n')[0] || 'the connection failed';
}

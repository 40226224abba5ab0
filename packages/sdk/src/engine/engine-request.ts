import { encodeRequest, type OperationId, operation } from '@opencnm/spec';
import { CnmError } from '../cnm-error.js';

/** A request of the engine face, ready to be sent. */
export interface EngineRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Writes an input as it is; only what would change the path, or cannot be written, is refused. */
export function engineRequest(id: OperationId, input: unknown, base: string): EngineRequest {
  try {
    const { method, path, query, body } = encodeRequest(id, input as never);
    const search = new URLSearchParams(query).toString();
    const content = body === undefined ? undefined : JSON.stringify(body);
    return {
      method,
      path: `${operation(id).unversioned ? '' : base}${path}${search && `?${search}`}`,
      headers: {
        Accept: 'application/json',
        'User-Agent': 'opencnm',
        ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(content === undefined ? {} : { body: content }),
    };
  } catch (cause) {
    const why = (cause as Error).message.split('\n')[0] ?? '';
    const message = why.startsWith(`${id}:`) ? why : `${id}: the input cannot be sent: ${why}`;
    throw new CnmError({ code: 'invalid-input', operation: id, message, cause });
  }
}

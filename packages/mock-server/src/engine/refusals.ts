import { CnmError } from '@opencnm/sdk';

/** 400: the request asks for something that cannot be. */
export function invalid(message: string): CnmError {
  return new CnmError({ code: 'invalid-input', status: 400, message });
}

/** 403: the engine does not allow it. */
export function forbidden(message: string): CnmError {
  return new CnmError({ code: 'forbidden', status: 403, message });
}

/** 404: there is no such thing. */
export function notFound(message: string): CnmError {
  return new CnmError({ code: 'not-found', status: 404, message });
}

/** 409: it is there already, or in a state that does not allow it. */
export function conflict(message: string): CnmError {
  return new CnmError({ code: 'conflict', status: 409, message });
}

/** 500: a driver failed, or the engine. */
export function failed(message: string, cause?: unknown): CnmError {
  return new CnmError({ code: 'refused', status: 500, message, cause });
}

/** The message of whatever a driver threw. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

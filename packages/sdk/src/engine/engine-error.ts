import { errorKey } from '@opencnm/spec';
import { CnmError, type CnmErrorCode } from '../cnm-error.js';

const codes: Readonly<Record<number, CnmErrorCode>> = {
  400: 'invalid-input',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  501: 'not-implemented',
};

/** What an engine said with a status of 400 or more; what is not `{message}` is quoted in short. */
export function engineError(operation: string, status: number, text: string): CnmError {
  const message = messageOf(text) ?? (quote(text) || `the engine answered with status ${status} and no message`);
  return new CnmError({ code: codes[status] ?? 'refused', operation, status, message: `${operation}: ${message}` });
}

/** The start of an answer on one line. */
export function quote(text: string): string {
  return text.slice(0, 1_000).replace(/\s+/g, ' ').trim().slice(0, 200);
}

function messageOf(text: string): string | undefined {
  try {
    const message = (JSON.parse(text) as Readonly<Record<string, unknown>> | null)?.[errorKey('engine')];
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined;
  }
}

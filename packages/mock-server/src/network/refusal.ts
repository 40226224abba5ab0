import { CnmError } from '@opencnm/sdk';

/** What the driver answers to a call that it cannot fulfil. */
export function refusal(message: string): CnmError {
  return new CnmError({ code: 'refused', status: 500, message });
}

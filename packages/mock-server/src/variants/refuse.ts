import { CnmError } from '@opencnm/sdk';

/** A call that the driver does not fulfil. */
export function refuse(message: string): never {
  throw new CnmError({ code: 'refused', status: 500, message });
}

import type { Face } from './operation.js';

/** The member in which a face's answers carry an error: `Err` for network drivers, `Error` for IPAM drivers, `message` for engines. */
export function errorKey(face: Face): 'Err' | 'Error' | 'message' {
  if (face === 'engine') return 'message';
  return face === 'ipam-driver' ? 'Error' : 'Err';
}

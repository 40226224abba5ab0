import { CnmError } from '@opencnm/sdk';
import type { CreateNetworkRequest, NetworkDriver } from '@opencnm/spec';
import type { Fault } from '../fault.js';

/** The path of a call. */
export const at = (call: string): string => `/NetworkDriver.${call}`;

/** Refuses a call as drivers do. */
export function refuse(message: string): never {
  throw new CnmError({ code: 'refused', status: 500, message });
}

/** A fault that replaces some methods of the driver. */
export function driver(replace: (inner: NetworkDriver) => Partial<NetworkDriver>): Fault {
  return { networkDriver: (inner) => ({ ...inner, ...replace(inner) }) };
}

/** A fault that refuses some networks. */
export function creating(applies: (request: CreateNetworkRequest) => boolean, message: string): Fault {
  return driver((inner) => ({
    createNetwork: async (request) => (applies(request) ? refuse(message) : inner.createNetwork(request)),
  }));
}

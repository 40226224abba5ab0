import { CnmError } from '@opencnm/sdk';
import type { Engine, Network, NetworkInspect } from '@opencnm/spec';
import type { Fault } from './fault.js';

/** A fault that replaces some operations of the engine. */
export function engineFault(replace: (inner: Engine) => Partial<Engine>): Fault {
  return { engine: (inner) => ({ ...inner, ...replace(inner) }) };
}

/** A fault in how networks are shown, in lists and alone. */
export function showing(edit: (network: NetworkInspect) => NetworkInspect): Fault {
  return engineFault((inner) => ({
    networkInspect: async (input, context) => edit(await inner.networkInspect(input, context)),
    networkList: async (input, context) =>
      (await inner.networkList(input, context)).map((network) => edit(network) as Network),
  }));
}

/** A fault in how one network is shown. */
export function inspecting(edit: (network: NetworkInspect) => NetworkInspect): Fault {
  return engineFault((inner) => ({
    networkInspect: async (input, context) => edit(await inner.networkInspect(input, context)),
  }));
}

/** A fault that turns the refusals of one status into another outcome. */
export async function unless<T>(
  status: number,
  call: Promise<T>,
  otherwise: (error: CnmError) => T | Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CnmError && error.status === status) return otherwise(error);
    throw error;
  }
}

/** Refuses with 500 and the message of another refusal. */
export function internalError(error: CnmError): never {
  throw new CnmError({ code: 'refused', status: 500, message: error.message });
}

/** True for the networks that users made. */
export function isCustom({ Name }: Network): boolean {
  return !['bridge', 'host', 'none'].includes(Name);
}

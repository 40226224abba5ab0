import { CnmError } from '@opencnm/sdk';
import type { ContainerInspectResponse, EndpointSettings, Engine } from '@opencnm/spec';
import { engineFault } from '../engine-faults.js';
import type { Fault } from '../fault.js';

/** A refusal with a status. */
export function refusal(status: number, message: string): CnmError {
  const code = status === 409 ? 'conflict' : status === 404 ? 'not-found' : status === 403 ? 'forbidden' : 'refused';
  return new CnmError({ code, status, message });
}

/** The status that an operation refused with, 304 included; undefined for anything else. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof CnmError ? error.status : undefined;
}

/** A fault that turns one status of an operation into another refusal, or into success where `to` is undefined. */
export function turning<K extends keyof Engine>(operation: K, from: number, to: number | undefined): Fault {
  return {
    engine: (inner) => {
      const call = inner[operation] as (...input: readonly unknown[]) => Promise<unknown>;
      const turned = async (...input: readonly unknown[]) => {
        try {
          return await call(...input);
        } catch (error) {
          if (statusOf(error) !== from) throw error;
          if (to === undefined) return undefined;
          throw refusal(to, (error as Error).message);
        }
      };
      return { ...inner, [operation]: turned };
    },
  };
}

/** A fault in how containers are inspected. */
export function inspecting(edit: (container: ContainerInspectResponse) => ContainerInspectResponse): Fault {
  return engineFault((inner) => ({
    containerInspect: async (input, context) => edit(await inner.containerInspect(input, context)),
  }));
}

/** A container with its networks changed one by one; undefined leaves one out. */
export function withNetworks(
  container: ContainerInspectResponse,
  edit: (settings: EndpointSettings, name: string) => EndpointSettings | undefined,
): ContainerInspectResponse {
  const entries = Object.entries(container.NetworkSettings.Networks ?? {}).flatMap(([name, settings]) => {
    const edited = edit(settings, name);
    return edited ? [[name, edited] as const] : [];
  });
  return {
    ...container,
    NetworkSettings: { ...container.NetworkSettings, Networks: Object.fromEntries(entries) },
  };
}

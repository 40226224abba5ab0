import type { ContainerCreateRequest, ContainerListFilters, ContainerSummary, Inputs } from '@opencnm/spec';
import { engineFault } from '../engine-faults.js';
import type { Fault } from '../fault.js';

type CreateInput = Inputs['ContainerCreate'];

/** A fault in how containers are asked for. */
export function creating(edit: (input: CreateInput) => CreateInput): Fault {
  return engineFault((inner) => ({ containerCreate: (input, context) => inner.containerCreate(edit(input), context) }));
}

/** The same, of the body alone. */
export function withBody(edit: (body: ContainerCreateRequest) => ContainerCreateRequest): Fault {
  return creating(({ body, ...input }) => ({ ...input, body: edit(body) }));
}

/** The same, of each member of EndpointsConfig. */
export function withEndpoints(edit: (config: Readonly<Record<string, unknown>>) => object): Fault {
  return withBody((body) => {
    const endpoints = Object.entries(body.NetworkingConfig?.EndpointsConfig ?? {});
    const edited = endpoints.map(([name, config]) => [name, edit({ ...config })] as const);
    return { ...body, NetworkingConfig: { EndpointsConfig: Object.fromEntries(edited) } };
  });
}

/** A fault in how lists of containers are asked for. */
export function listing(edit: (input: Inputs['ContainerList']) => Inputs['ContainerList']): Fault {
  return engineFault((inner) => ({ containerList: (input, context) => inner.containerList(edit(input), context) }));
}

/** A fault in how their filters are read. */
export function filtering(edit: (filters: ContainerListFilters) => ContainerListFilters): Fault {
  return listing(({ filters, ...input }) => (filters ? { ...input, filters: edit(filters) } : input));
}

/** A fault in lists of containers. */
export function listed(edit: (containers: readonly ContainerSummary[]) => readonly ContainerSummary[]): Fault {
  return engineFault((inner) => ({
    containerList: async (input, context) => [...edit(await inner.containerList(input, context))],
  }));
}

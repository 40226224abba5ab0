import type { Engine, IPAM, IPAMConfig, Network, NetworkCreateRequest, NetworkListFilters } from '@opencnm/spec';
import { engineFault } from '../engine-faults.js';
import type { Fault } from '../fault.js';

/** A fault in how networks are asked for. */
export function creating(edit: (body: NetworkCreateRequest) => NetworkCreateRequest): Fault {
  return engineFault((inner) => ({
    networkCreate: ({ body }, context) => inner.networkCreate({ body: edit(body) }, context),
  }));
}

/** A fault in lists of networks. */
export function listing(edit: (networks: readonly Network[]) => readonly Network[]): Fault {
  return engineFault((inner) => ({
    networkList: async (input, context) => [...edit(await inner.networkList(input, context))],
  }));
}

/** A fault in how the filters of network lists are read. */
export function filtering(edit: (filters: NetworkListFilters) => NetworkListFilters): Fault {
  return engineFault((inner) => ({
    networkList: ({ filters = {} }, context) => inner.networkList({ filters: edit(filters) }, context),
  }));
}

type PruneFilters = NonNullable<Parameters<Engine['networkPrune']>[0]['filters']>;

/** A fault in how the filters of prunes are read. */
export function pruning(edit: (filters: PruneFilters) => PruneFilters): Fault {
  return engineFault((inner) => ({
    networkPrune: ({ filters = {} }, context) => inner.networkPrune({ filters: edit(filters) }, context),
  }));
}

/** What has an IPAM configuration, with each subnet of it changed. */
export function withConfigs<T extends { readonly IPAM?: IPAM | null }>(
  network: T,
  edit: (config: IPAMConfig) => IPAMConfig,
): T {
  const { IPAM } = network;
  return IPAM?.Config ? { ...network, IPAM: { ...IPAM, Config: IPAM.Config.map(edit) } } : network;
}

import { cidrText, parseRange, type Range } from '../ipam/range.js';
import type { EndpointState, NetworkState } from './network-state.js';
import type { Subnet } from './subnets.js';

interface SavedSubnet extends Omit<Subnet, 'range'> {
  /** CIDR. */
  readonly pool: string;
}

interface SavedNetwork extends Omit<NetworkState, 'subnets' | 'subnets6' | 'endpoints'> {
  readonly subnets: readonly SavedSubnet[];
  readonly subnets6: readonly SavedSubnet[];
  readonly endpoints: readonly EndpointState[];
}

/** All that the network driver remembers, as JSON. */
export interface NetworkSnapshot {
  /** Where its generator of ids stands. */
  readonly random: number;
  readonly networks: readonly SavedNetwork[];
  /** Options of allocated cluster networks, by network id. */
  readonly allocations: readonly (readonly [string, Readonly<Record<string, string>>])[];
}

/** A network as JSON. */
export function savedNetwork({ subnets, subnets6, endpoints, ...rest }: NetworkState): SavedNetwork {
  return {
    ...rest,
    subnets: subnets.map(savedSubnet),
    subnets6: subnets6.map(savedSubnet),
    endpoints: [...endpoints.values()],
  };
}

/** The network of its JSON. */
export function restoredNetwork({ subnets, subnets6, endpoints, ...rest }: SavedNetwork): NetworkState {
  return {
    ...rest,
    subnets: subnets.map(restoredSubnet),
    subnets6: subnets6.map(restoredSubnet),
    endpoints: new Map(endpoints.map((endpoint) => [endpoint.id, { ...endpoint }])),
  };
}

function savedSubnet({ range, ...rest }: Subnet): SavedSubnet {
  return { ...rest, pool: cidrText(range) };
}

function restoredSubnet({ pool, ...rest }: SavedSubnet): Subnet {
  return { ...rest, range: parseRange(pool) as Range };
}

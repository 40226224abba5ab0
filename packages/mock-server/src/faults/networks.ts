import type { FaultId } from '@opencnm/spec';
import type { Fault } from './fault.js';
import { allocationFaults } from './networks/allocation.js';
import { capabilityFaults } from './networks/capabilities.js';
import { createNetworkFaults } from './networks/create-network.js';
import { deleteNetworkFaults } from './networks/delete-network.js';

type NetworkFaultId = Extract<
  FaultId,
  `network-driver.${'get-capabilities' | 'gw-alloc-check' | 'create-network' | 'delete-network' | 'allocate-network' | 'free-network' | 'discover-new'}.${string}`
>;

/** Faults of capabilities, gateways, networks, cluster allocation and discovery. */
export const networkFaults = {
  ...capabilityFaults,
  ...createNetworkFaults,
  ...deleteNetworkFaults,
  ...allocationFaults,
} satisfies Readonly<Record<NetworkFaultId, Fault>>;

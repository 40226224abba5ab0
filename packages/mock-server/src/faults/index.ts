import type { FaultId } from '@opencnm/spec';
import { endpointFaults } from './endpoints.js';
import { engineConnectionFaults } from './engine-connections.js';
import { engineContainerFaults } from './engine-containers.js';
import { engineEventFaults } from './engine-events.js';
import { engineLifecycleFaults } from './engine-lifecycle.js';
import { engineNetworkFaults } from './engine-networks.js';
import { engineSystemFaults } from './engine-system.js';
import type { Fault } from './fault.js';
import { ipamDriverFaults } from './ipam-driver.js';
import { networkFaults } from './networks.js';
import { nonsenseFaults } from './nonsense.js';
import { engineSequenceFaults } from './sequences/engine-sequences.js';
import { networkSequenceFaults } from './sequences/network-sequences.js';
import { transportFaults } from './transport.js';

/** Every fault that the mock can be told to have. */
export const faults: Readonly<Record<FaultId, Fault>> = {
  ...transportFaults,
  ...networkFaults,
  ...endpointFaults,
  ...networkSequenceFaults,
  ...ipamDriverFaults,
  ...engineNetworkFaults,
  ...engineConnectionFaults,
  ...engineSystemFaults,
  ...engineContainerFaults,
  ...engineLifecycleFaults,
  ...engineEventFaults,
  ...engineSequenceFaults,
  ...nonsenseFaults,
};

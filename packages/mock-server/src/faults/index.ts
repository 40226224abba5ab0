import type { FaultId } from '@opencnm/spec';
import { endpointFaults } from './endpoints.js';
import { engineAttachmentFaults } from './engine-attachments.js';
import { engineConnectionFaults } from './engine-connections.js';
import { engineContainerFilterFaults } from './engine-container-filters.js';
import { engineContainerFaults } from './engine-containers.js';
import { engineEventFilterFaults } from './engine-event-filters.js';
import { engineEventFaults } from './engine-events.js';
import { engineHabitFaults } from './engine-habits.js';
import { engineLifecycleFaults } from './engine-lifecycle.js';
import { engineMemberFaults } from './engine-members.js';
import { engineNetworkFilterFaults } from './engine-network-filters.js';
import { engineNetworkFaults } from './engine-networks.js';
import { engineReferenceFaults } from './engine-references.js';
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
  ...engineAttachmentFaults,
  ...engineContainerFilterFaults,
  ...engineEventFilterFaults,
  ...engineHabitFaults,
  ...engineMemberFaults,
  ...engineNetworkFilterFaults,
  ...engineReferenceFaults,
  ...engineSequenceFaults,
  ...nonsenseFaults,
};

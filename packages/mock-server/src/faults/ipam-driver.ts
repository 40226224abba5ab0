import type { Fault } from './fault.js';
import { addressAnswerFaults } from './ipam/address-answers.js';
import { addressChoiceFaults } from './ipam/address-choice.js';
import { capabilitiesFaults } from './ipam/capabilities.js';
import { dynamicPoolFaults } from './ipam/dynamic-pools.js';
import { heldPoolFaults } from './ipam/held-pools.js';
import type { IpamFaultId } from './ipam/ipam-faults.js';
import { lostConnectionFaults } from './ipam/lost-connections.js';
import { namedAddressFaults } from './ipam/named-addresses.js';
import { poolsBesideFaults } from './ipam/pools-beside.js';
import { replayedFaults } from './ipam/replayed.js';
import { requestPoolFaults } from './ipam/request-pool.js';
import { ipamSequenceFaults } from './sequences/ipam-sequences.js';

/** Every fault of IPAM drivers. */
export const ipamDriverFaults = {
  ...addressAnswerFaults,
  ...addressChoiceFaults,
  ...capabilitiesFaults,
  ...dynamicPoolFaults,
  ...heldPoolFaults,
  ...poolsBesideFaults,
  ...lostConnectionFaults,
  ...namedAddressFaults,
  ...replayedFaults,
  ...requestPoolFaults,
  ...ipamSequenceFaults,
} satisfies Readonly<Record<IpamFaultId, Fault>>;

import type { FaultId } from '@opencnm/spec';
import type { Fault } from './fault.js';
import { activateFaults } from './transport/activate.js';
import { bodyFaults } from './transport/bodies.js';
import { connectionFaults } from './transport/connections.js';
import { errorFaults } from './transport/errors.js';
import { requestFaults } from './transport/requests.js';

/** Faults of the transport and of the handshake. */
export const transportFaults = {
  ...bodyFaults,
  ...requestFaults,
  ...errorFaults,
  ...connectionFaults,
  ...activateFaults,
} satisfies Readonly<Record<Extract<FaultId, `plugin.${'activate' | 'transport'}.${string}`>, Fault>>;

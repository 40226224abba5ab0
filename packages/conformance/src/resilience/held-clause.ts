import type { ClauseId } from '@opencnm/spec';
import type { Feature } from '../feature.js';

/** The clause about pools and addresses after a restart. */
export const held = 'ipam-driver.request-address.persists';

/** That clause for a driver: one that asks for replay keeps them once they were replayed. */
export function heldClause(features: ReadonlySet<Feature>): ClauseId {
  return features.has('replay') ? 'ipam-driver.request-address.replay' : held;
}

import { type OperationId, operation } from '@opencnm/spec';
import type { Settings } from './settings.js';

/** What a target may have or lack; found by asking before the first check, or claimed. */
export const features = [
  'handshake',
  'network-driver',
  'ipam-driver',
  'engine',
  'scope-global',
  'gw-alloc-check',
  'replay',
  'without-replay',
  'requires-mac',
  'without-mac',
  'two-spaces',
  'before-28',
  'addresses-of-networks',
  'external-connectivity',
  'discovery',
  'api-1.44',
] as const;

/** The name of one feature. */
export type Feature = (typeof features)[number];

/** What may be claimed of a driver, and the operations that it then has to serve. */
export const claims: Readonly<Partial<Record<Feature, readonly OperationId[]>>> = {
  'gw-alloc-check': ['NetworkDriver.GwAllocCheck'],
  'scope-global': ['NetworkDriver.AllocateNetwork', 'NetworkDriver.FreeNetwork'],
  'external-connectivity': ['NetworkDriver.ProgramExternalConnectivity', 'NetworkDriver.RevokeExternalConnectivity'],
  discovery: ['NetworkDriver.DiscoverNew', 'NetworkDriver.DiscoverDelete'],
};

/** The claimed feature for which an operation has to be served. */
export function claimOf(op: OperationId, { features: claimed = [] }: Pick<Settings, 'features'>): Feature | undefined {
  return claimed.find((feature) => claims[feature]?.includes(op));
}

/** Whether a target may answer an operation with 404: it is optional, and nobody claimed that it is served. */
export function mayLack(op: OperationId, settings: Pick<Settings, 'features'>): boolean {
  return operation(op).optional === true && claimOf(op, settings) === undefined;
}

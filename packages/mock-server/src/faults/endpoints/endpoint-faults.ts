import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';

/** The id of a fault of endpoints, joins, external connectivity and whole flows. */
export type EndpointFaultId = Extract<
  FaultId,
  `network-driver.${
    | 'create-endpoint'
    | 'endpoint-oper-info'
    | 'delete-endpoint'
    | 'join'
    | 'leave'
    | 'program-external-connectivity'
    | 'revoke-external-connectivity'
    | 'flow'}.${string}`
>;

/** Some of these faults. */
export type EndpointFaults = Readonly<Partial<Record<EndpointFaultId, Fault>>>;

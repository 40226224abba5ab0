import type { FaultId } from '@opencnm/spec';
import type { Fault } from '../fault.js';

/** The id of a fault of IPAM drivers. */
export type IpamFaultId = Extract<FaultId, `ipam-driver.${string}`>;

/** Some of the faults of IPAM drivers. */
export type IpamFaults = Readonly<Partial<Record<IpamFaultId, Fault>>>;

import type { Fault } from '../faults/fault.js';

/** One freedom that engines leave to drivers: wrappers as those of a fault, which break no MUST. */
export interface Variant extends Pick<Fault, 'networkDriver' | 'ipamDriver' | 'transport'> {
  /** Which freedom it is, and the real driver that takes it where one is known. */
  readonly text: string;
  /** What it decides; two variants that decide the same thing cannot be combined. */
  readonly groups?: readonly VariantGroup[];
  /** What the user of such a driver has to tell the suite. */
  readonly settings?: VariantSettings;
  /** True where it refuses calls that undo something: a run tells what they left behind. */
  readonly refusesToUndo?: true;
}

/** A thing that one variant alone can decide. */
export type VariantGroup =
  | 'address-choice'
  | 'address-spaces'
  | 'connection'
  | 'connectivity-scope'
  | 'content-type'
  | 'create-endpoint'
  | 'endpoint-life'
  | 'error-text'
  | 'errors'
  | 'handshake'
  | 'ipam-capabilities'
  | 'join'
  | 'key-case'
  | 'layout'
  | 'mac-text'
  | 'missing-calls'
  | 'network-life'
  | 'oper-info'
  | 'optional-calls'
  | 'pool-choice'
  | 'pool-id'
  | 'ports'
  | 'settings'
  | 'time';

/** Flags of the suite, as data. */
export interface VariantSettings {
  readonly ipam?: 'engine' | 'null';
  readonly networkOptions?: Readonly<Record<string, string>>;
  readonly pool?: string;
  readonly gateway?: string;
  readonly address?: string;
  /** What the driver implements, where it is not both. */
  readonly profiles?: readonly ('network-driver' | 'ipam-driver')[];
  /** 1 where it has no room for the endpoints and networks of several checks. */
  readonly jobs?: 1;
  /** False for a plugin without Plugin.Activate. */
  readonly handshake?: false;
}

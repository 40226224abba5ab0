import type { Feature } from './feature.js';

/** What the user says about the target: how its networks are made, and how long to wait. */
export interface Settings {
  /** Where the network driver's pools come from: its own IPAM driver, the suite as an engine would, or nowhere. */
  readonly ipam: 'composed' | 'engine' | 'null';
  readonly networkOptions: Readonly<Record<string, string>>;
  readonly ipamOptions: Readonly<Record<string, string>>;
  /** The IPAM driver that the network driver's pools come from, where it listens elsewhere. */
  readonly ipamTarget?: string;
  /** The IPv4 subnet of every network, where the driver accepts only one: CIDR. */
  readonly pool?: string;
  /** The gateway of every network, with prefix length. */
  readonly gateway?: string;
  /** The address of an endpoint, with prefix length. */
  readonly address?: string;
  /** What the target is claimed to have, beyond what asking finds: it fails where it does not serve it. */
  readonly features?: readonly Feature[];
  /** How long an answer may take, in ms; six times as long for an engine's, where the user is silent. */
  readonly timeoutMs: number;
  /** The image from which an engine's containers are made. */
  readonly image: string;
  /** The engine API version that is spoken; the newest that engine and definition have in common when absent. */
  readonly apiVersion?: string;
}

/** The settings of a target that needs none of its own. */
export const plainSettings: Settings = {
  ipam: 'engine',
  networkOptions: {},
  ipamOptions: {},
  timeoutMs: 10_000,
  image: 'busybox:local',
};

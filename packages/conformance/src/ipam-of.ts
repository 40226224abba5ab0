import type { Feature } from './feature.js';
import type { Settings } from './settings.js';

/** Where the pools of networks come from; from the driver's own IPAM where it has one and the user is silent. */
export function ipamOf(features: ReadonlySet<Feature>, { ipam }: Partial<Settings> = {}): Settings['ipam'] {
  return ipam ?? (features.has('network-driver') && features.has('ipam-driver') ? 'composed' : 'engine');
}

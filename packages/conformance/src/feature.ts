/** What a target may have or lack; found by asking before the first check. */
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
] as const;

/** The name of one feature. */
export type Feature = (typeof features)[number];

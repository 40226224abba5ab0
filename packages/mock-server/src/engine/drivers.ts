import type { IpamDriver, NetworkDriver } from '@opencnm/spec';
import { notFound } from './refusals.js';

/** The drivers that an engine can call, by name. */
export interface Drivers {
  readonly networkDriver: (name: string) => Promise<NetworkDriver>;
  readonly ipamDriver: (name: string) => Promise<IpamDriver>;
  /** Names of network drivers, sorted. */
  readonly names: readonly string[];
}

/** Drivers by name, made or connected at first use. */
export interface DriverTables {
  readonly network: Readonly<Record<string, () => Promise<NetworkDriver>>>;
  readonly ipam: Readonly<Record<string, () => Promise<IpamDriver>>>;
}

/** Looks drivers up; a name that nobody has is a 404, as engines answer it. */
export function driversOf({ network, ipam }: DriverTables): Drivers {
  return {
    networkDriver: (name) => found(network, name),
    ipamDriver: (name) => found(ipam, name),
    names: Object.keys(network).sort(),
  };
}

function found<T>(table: Readonly<Record<string, () => Promise<T>>>, name: string): Promise<T> {
  const make = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!make) throw notFound(`plugin "${name}" not found`);
  return make();
}

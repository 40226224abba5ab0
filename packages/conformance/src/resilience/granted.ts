import type { PoolMade } from '../fixtures/a-pool.js';
import { plainText } from '../net.js';
import type { Granted, Life, Version } from './life.js';

/** The pool that a life holds. */
export function poolOf({ pools }: Pick<Life, 'pools'>, version: Version): PoolMade {
  const pool = pools[version];
  if (!pool) throw new Error(`the life has no IPv${version} pool`);
  return pool;
}

/** The life with an address that the driver answered. */
export function grantedTo(life: Life, step: string, made: Omit<Granted, 'ip'>): Life {
  const address = asWritten(made.address);
  const ip = address.split('/')[0] ?? '';
  return { ...life, granted: { ...life.granted, [step]: { ...made, address, ip } } };
}

/** An address with prefix length as an engine writes it, whatever the driver's text. */
export function asWritten(text: string): string {
  const [ip = '', ...prefix] = text.split('/');
  return [plainText(ip), ...prefix].join('/');
}

/** The addresses of one version of which something holds of the steps that asked for them. */
export function grantedWhere(
  { granted }: Pick<Life, 'granted'>,
  version: Version,
  holds: (step: string) => boolean = () => true,
): readonly Granted[] {
  return Object.entries(granted).flatMap(([step, made]) => (made.version === version && holds(step) ? [made] : []));
}

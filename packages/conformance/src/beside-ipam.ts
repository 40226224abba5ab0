import { besideCaller } from './caller/beside-caller.js';
import type { Caller } from './caller/caller.js';
import { driverCaller } from './caller/driver-caller.js';
import type { Profile } from './probe.js';
import { reached } from './reached.js';
import type { Settings } from './settings.js';
import { UsageError } from './usage-error.js';

/** A driver as it is spoken to and judged, and which drivers its calls reach. */
interface Beside {
  readonly caller: Caller;
  readonly judged: readonly Profile[];
  readonly served: readonly Profile[];
}

/**
 * Speaks to the IPAM driver of another socket, too, where the user names one: the network driver is judged beside it,
 * and that one is not. Throws Untestable where nobody listens there.
 */
export async function besideIpam(
  driver: Caller,
  found: readonly Profile[],
  { ipamTarget, timeoutMs }: Pick<Settings, 'ipamTarget' | 'timeoutMs'>,
): Promise<Beside> {
  if (ipamTarget === undefined) return { caller: driver, judged: found, served: found };
  if (!found.includes('network-driver'))
    throw new UsageError('--ipam-target is for a network driver, and the target implements none');
  const ipam = driverCaller(ipamTarget, timeoutMs);
  reached(ipamTarget, (await ipam.call('Plugin.Activate', undefined, { fresh: false })).answer);
  return {
    caller: besideCaller(driver, ipam, ipamTarget),
    judged: ['network-driver'],
    served: ['network-driver', 'ipam-driver'],
  };
}

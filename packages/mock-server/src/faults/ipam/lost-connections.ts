import type { Handler } from '@opencnm/sdk/driver-kit';
import type { Fault } from '../fault.js';
import { bodyOf, jsonOf, onFailure, untilGone } from '../wire-faults.js';
import type { IpamFaults } from './ipam-faults.js';

/** Faults that end in a closed connection, or in no answer at all. */
export const lostConnectionFaults = {
  'ipam-driver.release-pool.held-addresses#closes': afterHeldRelease('at once'),
  'ipam-driver.release-pool.held-addresses#breaks-later': afterHeldRelease('from then on'),
  'ipam-driver.release-pool.unknown#hangs': onUnknown('RequestPool', 'ReleasePool', 'PoolID', untilGone),
  'ipam-driver.request-address.exhaustion#closes-when-full': onFailure('/IpamDriver.RequestAddress', (answer) =>
    bodyOf(answer).includes('no free address') ? 'close' : answer,
  ),
  'ipam-driver.release-address.unknown#hangs-on-released-pool': {
    transport: (inner) => {
      const released = new Set<unknown>();
      return async (request) => {
        const id = jsonOf(request)?.['PoolID'];
        if (request.path === '/IpamDriver.ReleaseAddress' && released.has(id)) return untilGone(request);
        const answer = await inner(request);
        if (request.path === '/IpamDriver.ReleasePool') released.add(id);
        return answer;
      };
    },
  },
  'ipam-driver.release-address.unknown#closes': onUnknown(
    'RequestAddress',
    'ReleaseAddress',
    'Address',
    async () => 'close',
  ),
} satisfies IpamFaults;

/** Closes when a pool is released while one of its addresses is held. */
function afterHeldRelease(when: 'at once' | 'from then on'): Fault {
  return {
    transport: (inner) => {
      const held = new Map<unknown, number>();
      let isBroken = false;
      return async (request) => {
        if (isBroken) return 'close';
        const answer = await inner(request);
        const id = jsonOf(request)?.['PoolID'];
        const count = held.get(id) ?? 0;
        const isGranted = answer !== 'close' && answer.status === 200;
        if (request.path === '/IpamDriver.RequestAddress' && isGranted) held.set(id, count + 1);
        if (request.path === '/IpamDriver.ReleaseAddress') held.set(id, Math.max(count - 1, 0));
        if (request.path !== '/IpamDriver.ReleasePool' || count === 0) return answer;
        held.delete(id);
        isBroken = when === 'from then on';
        return isBroken ? answer : 'close';
      };
    },
  };
}

/** Ends in one way when something is released that was never granted. */
function onUnknown(grant: string, release: string, member: string, end: Handler): Fault {
  return {
    transport: (inner) => {
      const granted = new Set<unknown>();
      return async (request) => {
        const answer = await inner(request);
        if (request.path === `/IpamDriver.${grant}` && answer !== 'close' && answer.status === 200)
          granted.add(plain((JSON.parse(bodyOf(answer)) as Record<string, unknown>)[member], member));
        const isUnknown = request.path === `/IpamDriver.${release}` && !granted.has(jsonOf(request)?.[member]);
        return isUnknown ? end(request) : answer;
      };
    },
  };
}

/** Addresses are granted with prefix length and released without. */
function plain(value: unknown, member: string): unknown {
  return member === 'Address' && typeof value === 'string' ? value.split('/')[0] : value;
}

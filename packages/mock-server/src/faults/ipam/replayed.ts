import type { RequestPoolRequest } from '@opencnm/spec';
import { parseRange } from '../../ipam/range.js';
import { isDynamic, refuseAddress, refusePool } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import type { Seen } from './seen.js';

/** Faults of what an engine names again when it starts. */
export const replayedFaults = {
  'ipam-driver.request-address.replay#refuses-address': refuseAddress(({ holder, isV6 }) => !!holder && !isV6),
  'ipam-driver.request-address.replay#refuses-gateway': refuseAddress(({ holder }) => holder?.isGateway === true),
  'ipam-driver.request-address.replay#refuses-v6': refuseAddress(({ holder, isV6 }) => !!holder && isV6),
  'ipam-driver.request-address.replay#wants-options': refuseAddress(
    ({ holder, request }) => !!holder && request.Options === null,
  ),
  'ipam-driver.request-address.replay#refuses-pool': refusePool((request, seen) => isHeld(request, seen, false)),
  'ipam-driver.request-address.replay#refuses-chosen-pool': refusePool((request, seen) => isHeld(request, seen, true)),
} satisfies IpamFaults;

/** True when the request names a pool that is held, and that the driver chose or that was named. */
function isHeld({ Pool = '', AddressSpace }: RequestPoolRequest, { pools }: Seen, wasChosen: boolean): boolean {
  const wanted = parseRange(Pool);
  return [...pools.values()].some(
    ({ range, request }) =>
      request.AddressSpace === AddressSpace &&
      isDynamic(request) === wasChosen &&
      range.start === wanted?.start &&
      range.prefix === wanted.prefix,
  );
}

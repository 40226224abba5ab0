import { type OperationId, operation } from '@opencnm/spec';
import type { Difference } from './patterns/pattern.js';
import type { World } from './world.js';

/** How a target shows that it is still there. */
const lifeSigns: Readonly<Record<string, OperationId>> = {
  'network-driver': 'NetworkDriver.GetCapabilities',
  'ipam-driver': 'IpamDriver.GetDefaultAddressSpaces',
};

/** After a connection was closed upon a wrong request the next one has to be served: otherwise the target died of it. */
export async function silenceAfterClose(op: OperationId, world: World): Promise<readonly Difference[]> {
  const sign = lifeSigns[operation(op).face];
  const answer = sign && (await world.call(sign, undefined as never, true));
  return answer?.outcome === 'broken'
    ? [{ at: `after the connection was closed, ${sign}`, wanted: 'an answer', got: answer.problem }]
    : [];
}

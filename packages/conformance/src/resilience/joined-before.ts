import type { JoinResponse } from '@opencnm/spec';
import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import { type Life, stepName, type Who } from './life.js';
import type { Standing } from './standing.js';

/** What Join answered before the restart to containers that run. */
export function joinedBefore({ containers, joinedBeside }: Life, { has }: Standing): readonly JoinResponse[] {
  const joined = (who: Who) => (has(stepName('join', { who })) && containers[who].joined) || [];
  return [joined('own'), joined('neighbour'), joinedBeside ?? []].flat();
}

/** The gateways that a container is no more told of, though those before the restart were: it lacks a default route. */
export function lostGateways(
  joined: Readonly<Record<string, unknown>>,
  before: readonly JoinResponse[],
): readonly Difference[] {
  const gateways = ['Gateway', 'GatewayIPv6'] as const;
  return gateways
    .filter((key) => !joined[key] && before.some((each) => each[key]))
    .map((key) => ({
      at: `NetworkDriver.Join /${key}`,
      wanted: 'a gateway, as before the restart',
      got: printed(joined[key]),
    }));
}

/** The name of the link that a Join answered; '' where there is none. */
export function linkOf(joined: Readonly<Record<string, unknown>>): string {
  const { InterfaceName: names } = joined;
  const name = typeof names === 'object' && names !== null ? (names as Record<string, unknown>)['SrcName'] : undefined;
  return typeof name === 'string' ? name : '';
}

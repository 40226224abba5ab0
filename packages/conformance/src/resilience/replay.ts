import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import { asWritten, grantedWhere, poolOf } from './granted.js';
import type { Life, Version } from './life.js';
import { bodyOf, succeeded } from './take-step.js';

/**
 * Asks again for a pool and the addresses that a life holds of it, as an engine does at its start: the pool by its name,
 * the gateway as a gateway, endpoints' addresses without options. From then on the new PoolID counts.
 */
export async function replay(
  before: Life,
  version: Version,
  holds: (step: string) => boolean,
  world: World,
): Promise<{ readonly life: Life; readonly differences: readonly Difference[] }> {
  const pool = poolOf(before, version);
  const granted = await world.again('IpamDriver.RequestPool', { ...pool.request, Pool: pool.pool });
  const refused = succeeded('IpamDriver.RequestPool', granted);
  if (refused.length > 0) return { life: before, differences: refused };
  const { PoolID, Pool } = bodyOf(granted);
  const id = typeof PoolID === 'string' ? PoolID : '';
  const differences: Difference[] = [...unlike('IpamDriver.RequestPool /Pool', pool.pool, Pool)];
  for (const { ip, address, isGateway } of grantedWhere(before, version, holds)) {
    const Options = isGateway ? { RequestAddressType: 'com.docker.network.gateway' } : null;
    const answer = await world.again('IpamDriver.RequestAddress', { PoolID: id, Address: ip, Options });
    const wrong = succeeded('IpamDriver.RequestAddress', answer);
    differences.push(
      ...(wrong.length > 0
        ? wrong
        : unlike('IpamDriver.RequestAddress /Address', address, asWritten(String(bodyOf(answer)['Address'])))),
    );
  }
  return { life: { ...before, pools: { ...before.pools, [version]: { ...pool, id } } }, differences };
}

function unlike(at: string, wanted: string, got: unknown): readonly Difference[] {
  return wanted === got ? [] : [{ at, wanted: `${printed(wanted)} as before the restart`, got: printed(got) }];
}

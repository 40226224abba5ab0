import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import type { Life } from './life.js';
import { addressMade } from './steps.js';
import { bodyOf, succeeded } from './take-step.js';

/**
 * Asks again for the pool and the addresses that a life holds, as an engine does at its start: the pool by its name,
 * the gateway as a gateway, the endpoint's address without options. From then on the new PoolID counts.
 */
export async function replay(
  before: Life,
  world: World,
): Promise<{ readonly life: Life; readonly differences: readonly Difference[] }> {
  const { pool } = before;
  if (!pool) return { life: before, differences: [] };
  const granted = await world.again('IpamDriver.RequestPool', { ...pool.request, Pool: pool.pool });
  const refused = succeeded('IpamDriver.RequestPool', granted);
  if (refused.length > 0) return { life: before, differences: refused };
  const { PoolID, Pool } = bodyOf(granted);
  const id = typeof PoolID === 'string' ? PoolID : '';
  const differences: Difference[] = [...unlike('IpamDriver.RequestPool /Pool', pool.pool, Pool)];
  const again = async (held: Life['address'], Options: Readonly<Record<string, string>> | null) => {
    if (!held) return;
    const answer = await world.again('IpamDriver.RequestAddress', { PoolID: id, Address: held.ip, Options });
    const wrong = succeeded('IpamDriver.RequestAddress', answer);
    differences.push(
      ...(wrong.length > 0
        ? wrong
        : unlike('IpamDriver.RequestAddress /Address', held.address, bodyOf(answer)['Address'])),
    );
  };
  await again(before.gateway, { RequestAddressType: 'com.docker.network.gateway' });
  await again(before.address, null);
  const life = {
    ...before,
    pool: { ...pool, id },
    ...(before.gateway ? { gateway: addressMade(id, before.gateway.address) } : {}),
    ...(before.address ? { address: addressMade(id, before.address.address) } : {}),
  };
  return { life, differences };
}

function unlike(at: string, wanted: string, got: unknown): readonly Difference[] {
  return wanted === got ? [] : [{ at, wanted: `${printed(wanted)} as before the restart`, got: printed(got) }];
}

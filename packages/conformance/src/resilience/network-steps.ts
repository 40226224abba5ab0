import { type PoolMade, poolRequest } from '../fixtures/a-pool.js';
import { addressRequest } from '../fixtures/an-address.js';
import { netOf } from '../net.js';
import type { World } from '../world.js';
import { grantedTo, poolOf } from './granted.js';
import { held } from './held-clause.js';
import { networkOf, stepName, type Version } from './life.js';
import { type Step, step } from './step.js';

const network = 'network-driver.create-network.persists';

/** The calls before CreateNetwork: a pool and its gateway. */
export function poolSteps(version: Version): readonly Step[] {
  const name = (base: string) => stepName(base, { version });
  return [
    step({
      name: name('request-pool'),
      version,
      op: 'IpamDriver.RequestPool',
      clause: held,
      needs: [],
      input: (_, world) => poolRequest(world, { v6: version === 6 }),
      after: (life, request, answer, world) => ({
        ...life,
        pools: { ...life.pools, [version]: poolMade(request, answer, world) },
      }),
    }),
    step({
      name: name('request-gateway'),
      version,
      op: 'IpamDriver.RequestAddress',
      clause: held,
      needs: [name('request-pool')],
      isMade: (life, { settings }) =>
        poolOf(life, version).gateway === undefined || (version === 4 && settings.gateway !== undefined),
      input: (life, { draw, settings }) => ({
        ...addressRequest(poolOf(life, version), draw, { gateway: true }),
        Address: (version === 4 ? settings.gateway : undefined)?.split('/')[0] ?? '',
      }),
      after: (life, _, { Address = '' }) =>
        grantedTo(life, name('request-gateway'), { address: Address, version, isGateway: true }),
    }),
  ];
}

/** CreateNetwork. */
export function createNetwork(versions: readonly Version[]): Step {
  return step({
    name: 'create-network',
    op: 'NetworkDriver.CreateNetwork',
    clause: 'network-driver.create-network.accepted',
    needs: versions.map((version) => stepName('request-pool', { version })),
    input: networkOf,
  });
}

/** The calls that give back a pool and its gateway. */
export function poolEnds(version: Version): readonly Step[] {
  const name = (base: string) => stepName(base, { version });
  const gateway = name('request-gateway');
  return [
    step({
      name: name('release-gateway'),
      version,
      op: 'IpamDriver.ReleaseAddress',
      clause: held,
      needs: [gateway],
      ends: gateway,
      input: (life) => ({ PoolID: poolOf(life, version).id, Address: life.granted[gateway]?.ip ?? '' }),
    }),
    step({
      name: name('release-pool'),
      version,
      op: 'IpamDriver.ReleasePool',
      clause: held,
      needs: [name('request-pool')],
      ends: name('request-pool'),
      input: (life) => ({ PoolID: poolOf(life, version).id }),
    }),
  ];
}

/** DeleteNetwork. */
export const deleteNetwork = step({
  name: 'delete-network',
  op: 'NetworkDriver.DeleteNetwork',
  clause: network,
  needs: ['create-network'],
  ends: 'create-network',
  input: ({ networkId }) => ({ NetworkID: networkId }),
});

function poolMade(
  request: PoolMade['request'],
  { PoolID = '', Pool = '', Data }: { PoolID?: string; Pool?: string; Data?: Readonly<Record<string, string>> | null },
  { features }: Pick<World, 'features'>,
): PoolMade {
  const gateway = Data?.['com.docker.network.gateway'];
  return {
    id: PoolID,
    pool: Pool,
    space: request.AddressSpace,
    net: netOf(Pool),
    subPool: Pool,
    needsMac: features.has('requires-mac'),
    request,
    ...(gateway ? { gateway } : {}),
  };
}

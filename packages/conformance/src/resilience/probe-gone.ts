import { addressOptions } from '../fixtures/an-address.js';
import type { World } from '../world.js';
import { type CallsInARow, callsInARow } from './calls-in-a-row.js';
import type { Findings } from './findings.js';
import { grantedWhere, poolOf } from './granted.js';
import { type Life, networkOf, stepName, type Version, versionsOf } from './life.js';

/** A pool that was released can be had again, with all of its addresses. */
export async function probeReleasedPool(life: Life, version: Version, world: World, findings: Findings): Promise<void> {
  const calls = callsInARow(world);
  const PoolID = await poolAgain(life, version, calls);
  const Options = addressOptions(poolOf(life, version), world.draw);
  const granted = world.features.has('addresses-of-networks') ? [] : grantedWhere(life, version);
  for (const { ip } of granted) await calls.call('IpamDriver.RequestAddress', { PoolID, Address: ip, Options });
  for (const { ip } of granted) await calls.call('IpamDriver.ReleaseAddress', { PoolID, Address: ip });
  await calls.call('IpamDriver.ReleasePool', { PoolID });
  findings.note(
    stepName('released-pool', { version }),
    'ipam-driver.release-pool.frees',
    `the released ${version === 6 ? 'IPv6 ' : ''}pool can be had again${granted.length > 0 ? ', and its addresses are free' : ''}`,
    calls.differences(),
  );
}

/** A network that was deleted can be made again, as Swarm does. */
export async function probeDeletedNetwork(life: Life, world: World, findings: Findings): Promise<void> {
  const calls = callsInARow(world);
  const pools: string[] = [];
  if (world.settings.ipam === 'composed')
    for (const version of versionsOf(life)) if (life.pools[version]) pools.push(await poolAgain(life, version, calls));
  await calls.call('NetworkDriver.CreateNetwork', networkOf(life, world));
  await calls.call('NetworkDriver.DeleteNetwork', { NetworkID: life.networkId });
  for (const PoolID of pools) await calls.call('IpamDriver.ReleasePool', { PoolID });
  findings.note(
    'deleted-network',
    'network-driver.delete-network.frees-id',
    'the deleted network can be made again',
    calls.differences(),
  );
}

async function poolAgain(life: Life, version: Version, calls: CallsInARow): Promise<string> {
  const pool = poolOf(life, version);
  const { PoolID } = await calls.call('IpamDriver.RequestPool', { ...pool.request, Pool: pool.pool });
  return typeof PoolID === 'string' ? PoolID : '';
}

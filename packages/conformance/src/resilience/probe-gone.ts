import type { World } from '../world.js';
import { type CallsInARow, callsInARow } from './calls-in-a-row.js';
import type { Findings } from './findings.js';
import { type Life, networkOf } from './life.js';
import { poolOf } from './steps.js';

/** A pool that was released can be had again, with all of its addresses. */
export async function probeReleasedPool(life: Life, world: World, findings: Findings): Promise<void> {
  const calls = callsInARow(world);
  const PoolID = await poolAgain(life, calls);
  const Options = poolOf(life).needsMac ? { 'com.docker.network.endpoint.macaddress': world.draw.mac() } : null;
  const held = world.features.has('addresses-of-networks') ? [] : [life.gateway, life.address];
  const ips = held.flatMap((each) => each?.ip ?? []);
  for (const Address of ips) await calls.call('IpamDriver.RequestAddress', { PoolID, Address, Options });
  for (const Address of ips) await calls.call('IpamDriver.ReleaseAddress', { PoolID, Address });
  await calls.call('IpamDriver.ReleasePool', { PoolID });
  findings.note(
    'released-pool',
    'ipam-driver.release-pool.frees',
    'the released pool can be had again, and its addresses are free',
    calls.differences(),
  );
}

/** A network that was deleted can be made again, as Swarm does. */
export async function probeDeletedNetwork(life: Life, world: World, findings: Findings): Promise<void> {
  const calls = callsInARow(world);
  const PoolID = life.pool && world.settings.ipam === 'composed' ? await poolAgain(life, calls) : undefined;
  await calls.call('NetworkDriver.CreateNetwork', networkOf(life, world));
  await calls.call('NetworkDriver.DeleteNetwork', { NetworkID: life.networkId });
  if (PoolID !== undefined) await calls.call('IpamDriver.ReleasePool', { PoolID });
  findings.note(
    'deleted-network',
    'network-driver.delete-network.frees-id',
    'the deleted network can be made again',
    calls.differences(),
  );
}

async function poolAgain(life: Life, calls: CallsInARow): Promise<string> {
  const pool = poolOf(life);
  const { PoolID } = await calls.call('IpamDriver.RequestPool', { ...pool.request, Pool: pool.pool });
  return typeof PoolID === 'string' ? PoolID : '';
}

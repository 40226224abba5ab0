import type { World } from '../world.js';
import { callsInARow } from './calls-in-a-row.js';
import type { Findings } from './findings.js';
import { addressOf, endpointOf, type Life, linkOf } from './life.js';
import type { Standing } from './standing.js';
import { idsOf, poolOf } from './steps.js';

/** An endpoint that lives is known. */
export async function probeInfo(life: Life, world: World, findings: Findings): Promise<void> {
  const calls = callsInARow(world);
  await calls.call('NetworkDriver.EndpointOperInfo', idsOf(life));
  findings.note('endpoint', 'network-driver.create-endpoint.persists', 'the endpoint is there', calls.differences());
}

/** A network that lives takes another container from start to stop, whose link is nobody else's. */
export async function probeNetwork(life: Life, standing: Standing, world: World, findings: Findings): Promise<void> {
  const address = await another(life, standing, world);
  if (address === undefined) return;
  const calls = callsInARow(world);
  const request = endpointOf(life, world.draw.endpointId(), address);
  const ids = { NetworkID: request.NetworkID, EndpointID: request.EndpointID };
  await calls.call('NetworkDriver.CreateEndpoint', request);
  const Options = { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] };
  const joined = await calls.call('NetworkDriver.Join', { ...ids, SandboxKey: world.draw.sandboxKey(), Options });
  await calls.call('NetworkDriver.Leave', ids);
  await calls.call('NetworkDriver.DeleteEndpoint', ids);
  if (life.pool && address !== addressOf(life, world) && world.settings.ipam === 'composed')
    await world.call('IpamDriver.ReleaseAddress', { PoolID: poolOf(life).id, Address: address.split('/')[0] ?? '' });
  findings.note(
    'network',
    'network-driver.create-network.persists',
    'the network is there and takes a container from start to stop',
    calls.differences(),
  );
  const link = linkOf(joined);
  const taken = [...(standing.has('join') ? [linkOf({ ...life.joined })] : []), life.linkBeside ?? ''];
  if (link === '' || taken.every((name) => name === '')) return;
  const at = 'NetworkDriver.Join /InterfaceName/SrcName';
  findings.note(
    'link',
    'network-driver.join.src-name-unique',
    'the next container gets a link of its own',
    taken.includes(link) ? [{ at, wanted: 'a name that no live endpoint has', got: link }] : [],
  );
}

/**
 * An address for another endpoint, with prefix length: the one of an endpoint that was deleted, as engines give it out
 * again, or a new one. Undefined where there is none, as in a pool that was released.
 */
async function another(life: Life, { has, had }: Standing, world: World): Promise<string | undefined> {
  const { settings } = world;
  if (settings.ipam === 'null') return '';
  if (settings.ipam !== 'composed' || !life.pool) {
    if (!has('create-endpoint')) return addressOf(life, world);
    return settings.address === undefined ? life.subnet.address(3) : undefined;
  }
  if (!has('request-pool')) return undefined;
  if (had('create-endpoint') && has('request-address')) return addressOf(life, world);
  const { id: PoolID, needsMac } = life.pool;
  const answer = await world.call('IpamDriver.RequestAddress', {
    PoolID,
    Address: '',
    Options: needsMac ? { 'com.docker.network.endpoint.macaddress': world.draw.mac() } : null,
  });
  // What is wrong with the answer stands with the addresses; the network is looked at all the same.
  const { ip, prefix } = life.pool.net;
  return (answer.outcome === 'success' && answer.body.Address) || `${ip(9)}/${prefix}`;
}

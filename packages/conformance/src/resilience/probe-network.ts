import { addressOptions } from '../fixtures/an-address.js';
import type { World } from '../world.js';
import { callsInARow } from './calls-in-a-row.js';
import { idsOf } from './container-steps.js';
import type { Findings } from './findings.js';
import { asWritten } from './granted.js';
import { joinedBefore, linkOf, lostGateways } from './joined-before.js';
import { endpointOf, type Life, ownAddress, stepName, type Version, versionsOf, type Who } from './life.js';
import type { Standing } from './standing.js';

/** An endpoint that lives is known. */
export async function probeInfo(life: Life, who: Who, world: World, findings: Findings): Promise<void> {
  const calls = callsInARow(world);
  await calls.call('NetworkDriver.EndpointOperInfo', idsOf(life, who));
  findings.note(
    stepName('endpoint', { who }),
    'network-driver.create-endpoint.persists',
    `the endpoint ${who === 'own' ? '' : 'of the container beside it '}is there`,
    calls.differences(),
  );
}

/** A network that lives takes another container from start to stop, whose link is nobody else's. */
export async function probeNetwork(life: Life, standing: Standing, world: World, findings: Findings): Promise<void> {
  const others = await otherAddresses(life, standing, world);
  if (others.some(({ address }) => address === undefined)) return;
  const calls = callsInARow(world);
  const addresses = Object.fromEntries(others.map(({ version, address }) => [version, address]));
  const request = endpointOf(life, world.draw.endpointId(), addresses);
  const ids = { NetworkID: request.NetworkID, EndpointID: request.EndpointID };
  await calls.call('NetworkDriver.CreateEndpoint', request);
  const Options = { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] };
  const joined = await calls.call('NetworkDriver.Join', { ...ids, SandboxKey: world.draw.sandboxKey(), Options });
  await calls.call('NetworkDriver.Leave', ids);
  await calls.call('NetworkDriver.DeleteEndpoint', ids);
  for (const { PoolID, address } of others)
    if (PoolID !== undefined)
      await world.call('IpamDriver.ReleaseAddress', { PoolID, Address: address?.split('/')[0] ?? '' });
  const before = joinedBefore(life, standing);
  const differences = calls.differences();
  findings.note(
    'network',
    'network-driver.create-network.persists',
    'the network is there and takes a container from start to stop',
    differences.length > 0 ? differences : lostGateways(joined, before),
  );
  const link = linkOf(joined);
  const taken = before.map((each) => linkOf({ ...each })).filter((name) => name !== '');
  if (link === '' || taken.length === 0) return;
  const at = 'NetworkDriver.Join /InterfaceName/SrcName';
  findings.note(
    'link',
    'network-driver.join.src-name-unique',
    'the next container gets a link of its own',
    taken.includes(link) ? [{ at, wanted: 'a name that no live endpoint has', got: link }] : [],
  );
}

/** An address for another endpoint; with the pool, where it was asked for. */
interface Other {
  readonly version: Version;
  /** With prefix length; undefined where there is none, as in a pool that was released. */
  readonly address?: string;
  readonly PoolID?: string;
}

async function otherAddresses(life: Life, standing: Standing, world: World): Promise<readonly Other[]> {
  const others: Other[] = [];
  for (const version of versionsOf(life)) {
    others.push({ version, ...(await otherAddress(life, version, standing, world)) });
    if (others.at(-1)?.address === undefined) break;
  }
  return others;
}

/** The address of an endpoint that was deleted, as engines give it out again, or a new one. */
async function otherAddress(
  life: Life,
  version: Version,
  { has, had }: Standing,
  world: World,
): Promise<Omit<Other, 'version'>> {
  const pool = life.pools[version];
  if (world.settings.ipam !== 'composed' || !pool) {
    const address = ownAddress(life, world, version, has('create-endpoint') ? 2 : 0);
    return address === undefined ? {} : { address };
  }
  if (!has(stepName('request-pool', { version }))) return {};
  const own = stepName('request-address', { version });
  const { address: kept } = life.granted[own] ?? {};
  if (kept !== undefined && had('create-endpoint') && has(own)) return { address: kept };
  const request = { PoolID: pool.id, Address: '', Options: addressOptions(pool, world.draw) };
  const answer = await world.call('IpamDriver.RequestAddress', request);
  if (answer.outcome === 'success' && answer.body.Address)
    return { address: asWritten(answer.body.Address), PoolID: pool.id };
  // What is wrong with the answer stands with the addresses; the network is looked at all the same.
  return { address: `${pool.net.ip(9)}/${pool.net.prefix}` };
}

import type {
  CreateEndpointRequest,
  IpamDriver,
  NetworkDriver,
  RequestAddressRequest,
  SandboxOptions,
} from '@opencnm/spec';
import { containsCidr } from 'cidr-tools';
import type { Seeded } from '../seed.js';
import { plain } from './pools.js';
import { failed, invalid, messageOf } from './refusals.js';
import type { Attachment, EndpointRecord, NetworkRecord } from './state.js';

/** What an endpoint is made with and for. */
export interface Joining {
  readonly network: NetworkRecord;
  readonly attachment: Attachment;
  readonly sandboxKey: string;
  readonly ports: SandboxOptions;
  readonly networkDriver: NetworkDriver;
  readonly ipamDriver: IpamDriver;
  readonly random: Seeded;
}

/** RequestAddress, CreateEndpoint, Join, ProgramExternalConnectivity, as an engine does it; undone in part as an engine does when one fails. */
export async function joinEndpoint(joining: Joining): Promise<EndpointRecord> {
  const { network, networkDriver, attachment, random } = joining;
  // An engine that the user gave no MAC address makes one for an IPAM driver that cannot do without.
  const needsMac = (await joining.ipamDriver.getCapabilities().catch(() => undefined))?.RequiresMACAddress ?? false;
  const wanted = attachment.config.MacAddress || '';
  const mac = wanted || (needsMac ? random.mac() : '');
  const granted = await requestAddresses(joining, needsMac ? { 'com.docker.network.endpoint.macaddress': mac } : null);
  const release = () => releaseAddresses(joining.ipamDriver, granted);
  const ids = { NetworkID: network.id, EndpointID: random.hex(64) };
  const asked = {
    Address: granted.find(({ family }) => family === 4)?.address ?? '',
    AddressIPv6: granted.find(({ family }) => family === 6)?.address ?? '',
    MacAddress: mac,
  };
  const request: CreateEndpointRequest = { ...ids, Interface: asked, Options: endpointOptions(joining, wanted) };
  const answer = await networkDriver.createEndpoint(request).catch(async (error: unknown) => {
    await release();
    throw failed(`failed to create endpoint on network ${network.name}: ${messageOf(error)}`, error);
  });
  const given = answer.Interface ?? {};
  const fault = interfaceFault(asked, given);
  if (fault) {
    await networkDriver.deleteEndpoint(ids).catch(() => undefined);
    await release();
    throw failed(`failed to create endpoint on network ${network.name}: ${fault}; rolled back`);
  }
  const joined = await networkDriver
    .join({ ...ids, SandboxKey: joining.sandboxKey, Options: joining.ports })
    .catch(async (error: unknown) => {
      await networkDriver.deleteEndpoint(ids).catch(() => undefined);
      await release();
      throw failed(`failed to join endpoint to network ${network.name}: ${messageOf(error)}`, error);
    });
  const record: EndpointRecord = {
    id: ids.EndpointID,
    address: asked.Address || (given.Address ?? ''),
    address6: asked.AddressIPv6 || (given.AddressIPv6 ?? ''),
    mac: asked.MacAddress || given.MacAddress || random.mac(),
    gateway: joined.Gateway ?? '',
    gateway6: joined.GatewayIPv6 ?? '',
    granted: granted.map(({ poolId, address }) => ({ poolId, ip: plain(address) })),
    isProgrammed: Boolean(joined.Gateway || joined.GatewayIPv6),
  };
  if (record.isProgrammed) await program(joining, record);
  return record;
}

/** Revoke, Leave, DeleteEndpoint, ReleaseAddress; an engine ignores every error here. */
export async function leaveEndpoint(
  { network, networkDriver, ipamDriver }: Pick<Joining, 'network' | 'networkDriver' | 'ipamDriver'>,
  endpoint: EndpointRecord,
): Promise<void> {
  const ids = { NetworkID: network.id, EndpointID: endpoint.id };
  if (endpoint.isProgrammed) await networkDriver.revokeExternalConnectivity(ids).catch(() => undefined);
  await networkDriver.leave(ids).catch(() => undefined);
  await networkDriver.deleteEndpoint(ids).catch(() => undefined);
  await releaseAddresses(
    ipamDriver,
    endpoint.granted.map(({ poolId, ip }) => ({ poolId, address: ip })),
  );
}

async function program(
  { network, networkDriver, ipamDriver, ports }: Joining,
  endpoint: EndpointRecord,
): Promise<void> {
  const ids = { NetworkID: network.id, EndpointID: endpoint.id };
  await networkDriver.programExternalConnectivity({ ...ids, Options: ports }).catch(async (error: unknown) => {
    if ((error as { readonly status?: number }).status === 404) return;
    await leaveEndpoint({ network, networkDriver, ipamDriver }, { ...endpoint, isProgrammed: false });
    throw failed(`failed to set up external connectivity on network ${network.name}: ${messageOf(error)}`, error);
  });
}

interface Granted {
  readonly family: 4 | 6;
  readonly poolId: string;
  readonly address: string;
}

/** One address of each family: from the pool that has the wanted one, or else from the first that grants one. */
async function requestAddresses(
  { network, attachment, ipamDriver }: Joining,
  Options: NonNullable<RequestAddressRequest['Options']> | null,
): Promise<readonly Granted[]> {
  const granted: Granted[] = [];
  try {
    for (const family of [4, 6] as const) {
      const pools = network.pools.filter((pool) => pool.family === family && pool.pool !== '0.0.0.0/0');
      if (pools.length === 0) continue;
      const wanted =
        (family === 4 ? attachment.config.IPAMConfig?.IPv4Address : attachment.config.IPAMConfig?.IPv6Address) ?? '';
      const pool = wanted === '' ? pools[0] : pools.find((each) => containsCidr(each.pool, wanted));
      if (!pool)
        throw invalid(`invalid endpoint settings:\nno configured subnet or ip-range contain the IP address ${wanted}`);
      const { Address = '' } = await ipamDriver.requestAddress({ PoolID: pool.poolId, Address: wanted, Options });
      if (!Address.includes('/'))
        throw failed(Address === '' ? 'no address returned' : `invalid CIDR address: ${Address}`);
      granted.push({ family, poolId: pool.poolId, address: Address });
    }
    return granted;
  } catch (error) {
    await releaseAddresses(ipamDriver, granted);
    const { status } = error as { readonly status?: number };
    throw status === 400 || status === 403 ? error : failed(messageOf(error), error);
  }
}

async function releaseAddresses(
  ipam: IpamDriver,
  granted: readonly Pick<Granted, 'poolId' | 'address'>[],
): Promise<void> {
  for (const { poolId, address } of granted)
    await ipam.releaseAddress({ PoolID: poolId, Address: plain(address) }).catch(() => undefined);
}

function endpointOptions(
  { network, attachment, ports }: Joining,
  mac: string,
): NonNullable<CreateEndpointRequest['Options']> {
  return {
    ...(network.isInternal ? {} : ports),
    ...(mac
      ? { 'com.docker.network.endpoint.macaddress': Buffer.from(mac.replaceAll(/[:-]/g, ''), 'hex').toString('base64') }
      : {}),
    ...attachment.config.DriverOpts,
  };
}

/** What an engine objects to in the answer to CreateEndpoint: a field that it had filled itself, or one that does not parse. */
function interfaceFault(
  asked: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const named = { MacAddress: 'MAC address', Address: 'address', AddressIPv6: 'IPv6 address' };
  for (const [field, name] of Object.entries(named)) {
    const value = given[field] ?? '';
    if (value === '') continue;
    if (asked[field]) return `driver modified interface ${name}: ${asked[field]} cannot be modified with ${value}`;
    if (field !== 'MacAddress' && !/^[0-9a-f.:]+\/\d{1,3}$/i.test(value)) return `invalid CIDR address: ${value}`;
  }
  return undefined;
}

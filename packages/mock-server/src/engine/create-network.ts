import type { CreateNetworkRequest, IPAMData, NetworkCreateRequest } from '@opencnm/spec';
import type { EngineContext } from './context.js';
import { findNetwork } from './find.js';
import { validateIpamConfig } from './ipam-config.js';
import { plain, releasePools, reservePools } from './pools.js';
import { conflict, failed, forbidden, invalid, messageOf } from './refusals.js';
import type { NetworkRecord, PoolRecord } from './state.js';

const predefined = ['bridge', 'host', 'none', 'default'];

/** Makes a network: IPAM first, then the driver, in the order of an engine; nothing stays behind when one of them fails. */
export async function createNetwork(context: EngineContext, body: NetworkCreateRequest): Promise<NetworkRecord> {
  const { state, random, clock } = context;
  const plan = planOf(context, body);
  if ([...state.networks.values()].some(({ name }) => name === body.Name))
    throw conflict(`network with name ${body.Name} already exists`);
  const base = { ...plan, id: random.hex(64), created: clock.now(), isPredefined: false };
  const record: NetworkRecord = plan.isConfigOnly
    ? { ...base, pools: [] }
    : { ...base, pools: await reserve(context, plan, base.id, body) };
  state.networks.set(record.id, record);
  context.events.emit({
    Type: 'network',
    Action: 'create',
    id: record.id,
    attributes: { name: record.name, type: record.driver },
  });
  return record;
}

type Plan = Omit<NetworkRecord, 'id' | 'created' | 'pools' | 'isPredefined'>;

function planOf({ state }: EngineContext, body: NetworkCreateRequest): Plan {
  const name = body.Name;
  if (name.trim() === '') throw invalid('invalid name: name is empty');
  if (predefined.includes(name)) throw forbidden(`operation is not permitted on predefined ${name} network`);
  if (body.ConfigOnly && (body.Internal || body.Attachable || body.Ingress || body.Scope)) {
    throw forbidden(
      'configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.',
    );
  }
  const from = body.ConfigFrom?.Network ? findNetwork(state, body.ConfigFrom.Network) : undefined;
  if (from && !from.isConfigOnly)
    throw forbidden(`configuration from network ${from.name} is not possible: it is not a configuration network`);
  if (from && (body.IPAM?.Config?.length || Object.keys(body.Options ?? {}).length > 0)) {
    throw forbidden(
      'user specified configurations are not supported if the network depends on a configuration network',
    );
  }
  const configs = from ? from.configs : (body.IPAM?.Config ?? []);
  const hasIPv6 = body.EnableIPv6 ?? from?.hasIPv6 ?? false;
  validateIpamConfig(configs, hasIPv6);
  return {
    name,
    driver: body.Driver || 'bridge',
    scope: 'local',
    hasIPv4: body.EnableIPv4 ?? true,
    hasIPv6,
    isInternal: body.Internal ?? false,
    isAttachable: body.Attachable ?? false,
    isConfigOnly: body.ConfigOnly ?? false,
    configFrom: from?.name ?? '',
    options: from?.options ?? body.Options ?? {},
    labels: body.Labels ?? {},
    ipamDriver: body.IPAM?.Driver || 'default',
    ipamOptions: body.IPAM?.Options ?? {},
    configs,
  };
}

async function reserve(
  context: EngineContext,
  plan: Plan,
  id: string,
  body: NetworkCreateRequest,
): Promise<readonly PoolRecord[]> {
  const driver = await context.drivers.networkDriver(plan.driver);
  const ipam = await context.drivers.ipamDriver(plan.ipamDriver);
  const Options = optionsOf(plan);
  const { GwAllocChecker } = await driver.getCapabilities().catch((error: unknown) => {
    throw failed(`could not resolve driver ${plan.driver} in registry: ${messageOf(error)}`, error);
  });
  const { SkipIPv4 = false, SkipIPv6 = false } = GwAllocChecker ? await driver.gwAllocCheck({ Options }) : {};
  const options = body.IPAM?.Options && Object.keys(body.IPAM.Options).length > 0 ? body.IPAM.Options : null;
  const pools = await reservePools(ipam, {
    configs: plan.configs,
    hasIPv4: plan.hasIPv4,
    hasIPv6: plan.hasIPv6,
    options,
    wantsGateway: { 4: !SkipIPv4 && plan.ipamDriver !== 'null', 6: !SkipIPv6 },
    routes: routesOf(context),
  });
  const data = (family: 4 | 6) => pools.filter((pool) => pool.family === family).map(dataOf);
  const request: CreateNetworkRequest = { NetworkID: id, Options, IPv4Data: data(4), IPv6Data: data(6) };
  await driver.createNetwork(request).catch(async (error: unknown) => {
    await releasePools(ipam, pools);
    throw failed(messageOf(error), error);
  });
  return pools;
}

/** A host has a route to each network of its bridges; what other drivers have is theirs. */
function routesOf({ state }: EngineContext): readonly string[] {
  const bridges = [...state.networks.values()].filter(({ driver }) => driver === 'bridge');
  return bridges.flatMap(({ pools }) => pools.map(({ pool }) => pool));
}

function optionsOf({ hasIPv4, hasIPv6, isInternal, options }: Plan): NonNullable<CreateNetworkRequest['Options']> {
  return {
    'com.docker.network.enable_ipv4': hasIPv4,
    'com.docker.network.enable_ipv6': hasIPv6,
    'com.docker.network.generic': options,
    ...(isInternal ? { 'com.docker.network.internal': true } : {}),
  };
}

function dataOf({ addressSpace, pool, gateway, aux }: PoolRecord): IPAMData {
  return {
    AddressSpace: addressSpace,
    ...(Object.keys(aux).length > 0 ? { AuxAddresses: aux } : {}),
    ...(gateway ? { Gateway: gateway.includes('/') ? gateway : `${plain(gateway)}/${pool.split('/')[1]}` } : {}),
    Pool: pool,
  };
}

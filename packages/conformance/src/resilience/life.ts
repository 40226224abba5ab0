import type { CreateEndpointRequest, CreateNetworkRequest, JoinResponse } from '@opencnm/spec';
import { type Draw, type Subnet, subnetOf } from '../draw.js';
import type { PoolMade } from '../fixtures/a-pool.js';
import { dataOf } from '../fixtures/network-on.js';
import { networkOptions } from '../fixtures/network-options.js';
import { netOf } from '../net.js';
import type { World } from '../world.js';

/** The version of the Internet protocol that a pool is of. */
export type Version = 4 | 6;

/** The container whose life it is, or the one beside it on the same network. */
export type Who = 'own' | 'neighbour';

/** How much a life has. */
export interface Shape {
  /** True for networks with IPv4 and IPv6. */
  readonly isDual: boolean;
  readonly hasNeighbour: boolean;
}

/** The life of one network with its containers, as far as it got. */
export interface Life {
  readonly networkId: string;
  readonly containers: Readonly<Record<Who, Container>>;
  /** The suite's own subnets, for networks whose addresses are not the driver's. */
  readonly subnets: Readonly<Partial<Record<Version, Subnet>>>;
  readonly pools: Readonly<Partial<Record<Version, PoolMade>>>;
  /** What the driver's IPAM granted, by the names of the steps that asked for it. */
  readonly granted: Readonly<Record<string, Granted>>;
  /** What Join answered to the container that runs beside the life, on a network of its own. */
  readonly joinedBeside?: JoinResponse;
}

/** A container, as it is told to a network driver. */
export interface Container {
  readonly endpointId: string;
  readonly sandboxKey: string;
  readonly joined?: JoinResponse;
}

/** An address of a life's pool. */
export interface Granted {
  /** With prefix length. */
  readonly address: string;
  /** Alone. */
  readonly ip: string;
  readonly version: Version;
  readonly isGateway: boolean;
}

/** A life before its first call; its IPv4 subnet is the one that the user named. */
export function newLife({ draw, settings }: Pick<World, 'draw' | 'settings'>, { isDual }: Shape): Life {
  const container = () => ({ endpointId: draw.endpointId(), sandboxKey: draw.sandboxKey() });
  return {
    networkId: draw.networkId(),
    containers: { own: container(), neighbour: container() },
    subnets: { 4: subnetFor(draw, settings.pool), ...(isDual ? { 6: draw.subnet6() } : {}) },
    pools: {},
    granted: {},
  };
}

function subnetFor(draw: Draw, pool: string | undefined): Subnet {
  return pool === undefined ? draw.subnet() : subnetOf(netOf(pool));
}

/** The versions that a life has. */
export function versionsOf({ subnets }: Pick<Life, 'subnets'>): readonly Version[] {
  return subnets[6] ? [4, 6] : [4];
}

/** The name of a step: `request-address`, `neighbour-request-address-v6`. */
export function stepName(base: string, { version = 4, who = 'own' }: { version?: Version; who?: Who } = {}): string {
  return `${who === 'own' ? '' : `${who}-`}${base}${version === 4 ? '' : '-v6'}`;
}

/** CreateNetwork, with the pools of the driver's own IPAM where the settings say so. */
export function networkOf(life: Life, world: World): CreateNetworkRequest {
  const data = (version: Version) => {
    const { settings } = world;
    const pool = life.pools[version];
    const subnet = life.subnets[version];
    if (settings.ipam === 'composed' && pool)
      return [dataOf(pool, life.granted[stepName('request-gateway', { version })]?.address ?? pool.gateway)];
    if (!subnet) return [];
    const gateway = (version === 4 ? settings.gateway : undefined) ?? subnet.gateway;
    return [{ AddressSpace: 'LocalDefault', Gateway: gateway, Pool: subnet.pool }];
  };
  return {
    NetworkID: life.networkId,
    Options: networkOptions(world, { v6: life.subnets[6] !== undefined }),
    IPv4Data: world.settings.ipam === 'null' ? [{ AddressSpace: 'null', Pool: '0.0.0.0/0' }] : data(4),
    IPv6Data: data(6),
  };
}

/** Addresses with prefix length, '' where they are left to the driver. */
export type Addresses = Readonly<Partial<Record<Version, string>>>;

/** CreateEndpoint with addresses. */
export function endpointOf({ networkId }: Life, id: string, addresses: Addresses): CreateEndpointRequest {
  return {
    NetworkID: networkId,
    EndpointID: id,
    Interface: { Address: addresses[4] ?? '', AddressIPv6: addresses[6] ?? '', MacAddress: '' },
    Options: { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] },
  };
}

/** The addresses of one of the life's containers. */
export function addressesOf(life: Life, who: Who, world: World): Addresses {
  const addresses = versionsOf(life).map((version) => {
    const granted = life.granted[stepName('request-address', { version, who })];
    const isGranted = world.settings.ipam === 'composed' && granted;
    return [version, isGranted ? granted.address : (ownAddress(life, world, version, who === 'own' ? 0 : 1) ?? '')];
  });
  return Object.fromEntries(addresses) as Addresses;
}

/**
 * An address that an engine's own IPAM would give to the n-th container, with prefix length; '' with null IPAM, and
 * undefined where there is none: the user named one address, or the subnet is too small.
 */
export function ownAddress(
  { subnets }: Pick<Life, 'subnets'>,
  { settings }: Pick<World, 'settings'>,
  version: Version,
  nth: number,
): string | undefined {
  const subnet = subnets[version];
  if (settings.ipam === 'null' || !subnet) return '';
  if (version === 4 && settings.address !== undefined) return nth === 0 ? settings.address : undefined;
  const router = (version === 4 ? settings.gateway : undefined)?.split('/')[0];
  const { size } = netOf(subnet.pool);
  return [2, 3, 4, 5].filter((n) => subnet.ip(n) !== router && BigInt(n) < size - 1n).map(subnet.address)[nth];
}

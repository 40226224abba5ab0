import type { CreateEndpointRequest, CreateNetworkRequest, JoinResponse } from '@opencnm/spec';
import type { Draw, Subnet } from '../draw.js';
import type { PoolMade } from '../fixtures/a-pool.js';
import type { AddressMade } from '../fixtures/an-address.js';
import { networkOptions } from '../fixtures/network-options.js';
import type { World } from '../world.js';

/** The life of one network with one container, as far as it got. */
export interface Life {
  readonly networkId: string;
  readonly endpointId: string;
  readonly sandboxKey: string;
  /** The suite's own subnet, for networks whose addresses are not the driver's. */
  readonly subnet: Subnet;
  readonly pool?: PoolMade;
  readonly gateway?: AddressMade;
  readonly address?: AddressMade;
  /** The endpoint as it was asked for. */
  readonly endpoint?: CreateEndpointRequest;
  readonly joined?: JoinResponse;
  /** The link of the container that runs beside the life. */
  readonly linkBeside?: string;
}

/** The name of the link that a Join answered; '' where there is none. */
export function linkOf(joined: Readonly<Record<string, unknown>>): string {
  const { InterfaceName: names } = joined;
  const name = typeof names === 'object' && names !== null ? (names as Record<string, unknown>)['SrcName'] : undefined;
  return typeof name === 'string' ? name : '';
}

/** A life before its first call. */
export function newLife(draw: Draw): Life {
  return {
    networkId: draw.networkId(),
    endpointId: draw.endpointId(),
    sandboxKey: draw.sandboxKey(),
    subnet: draw.subnet(),
  };
}

/** CreateNetwork, with the pool of the driver's own IPAM where the settings say so. */
export function networkOf({ networkId, subnet, pool, gateway }: Life, world: World): CreateNetworkRequest {
  const { settings } = world;
  const own = settings.ipam !== 'composed' || !pool;
  const data = own
    ? {
        AddressSpace: 'LocalDefault',
        Gateway: settings.gateway ?? subnet.gateway,
        Pool: settings.pool ?? subnet.pool,
      }
    : { AddressSpace: pool.space, Pool: pool.pool, ...(gateway ? { Gateway: gateway.address } : {}) };
  return {
    NetworkID: networkId,
    Options: networkOptions(world),
    IPv4Data: [settings.ipam === 'null' ? { AddressSpace: 'null', Pool: '0.0.0.0/0' } : data],
    IPv6Data: [],
  };
}

/** CreateEndpoint with an address, with prefix length; '' leaves it to the driver. */
export function endpointOf(life: Life, id: string, address: string): CreateEndpointRequest {
  return {
    NetworkID: life.networkId,
    EndpointID: id,
    Interface: { Address: address, AddressIPv6: '', MacAddress: '' },
    Options: { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] },
  };
}

/** The address of the life's endpoint, with prefix length. */
export function addressOf({ address, subnet }: Life, { settings }: World): string {
  if (settings.ipam === 'null') return '';
  if (settings.ipam === 'composed' && address) return address.address;
  return settings.address ?? subnet.address(2);
}

import type { CreateNetworkRequest } from '@opencnm/spec';
import type { Draw } from '../draw.js';
import type { Feature } from '../feature.js';
import { networkOptions } from '../fixtures/network-options.js';
import { isNet, netOf, plainText } from '../net.js';
import type { Settings } from '../settings.js';
import { Doubled, Failed, type Meter } from './meter.js';
import { fillSubnet, largeSubnet, type OwnSubnet, subnetOf } from './subnets.js';

/** What a driver is filled with; one more of each kind can be made and removed at any size. */
export interface Population {
  /** Makes networks, pools, endpoints and addresses until there are `size` of each that the driver has. */
  readonly growTo: (size: number, onCount?: (count: number) => void) => Promise<void>;
  /** A new pool to be filled, and a request for one of its addresses; undefined where there is none. */
  readonly fillers: () => Promise<{ readonly addresses: number; readonly ask: () => Promise<void> } | undefined>;
  /** Makes one more of each and removes it, with every call that is measured. */
  readonly oneMore: () => Promise<void>;
}

/** What a population is made with. */
export interface Ground {
  readonly meter: Meter;
  readonly draw: Draw;
  readonly settings: Settings;
  readonly features: ReadonlySet<Feature>;
  readonly seed: number;
}

interface Pool {
  readonly id: string;
  readonly subnet: OwnSubnet;
}

/** An address with prefix length: the one that the driver granted, and the one that an endpoint is given. */
interface Address {
  readonly granted: string;
  readonly used: string;
}

/** An empty population: `size` networks on pools of their own, and beside them one large network of `size` endpoints. */
export function population({ meter, draw, settings, features, seed }: Ground): Population {
  const hasNetworks = features.has('network-driver');
  const hasPools = features.has('ipam-driver');
  const { call } = meter;
  let space = '';
  let count = 0;
  let large: { readonly networkId: string; readonly pool: Pool } | undefined;
  /** The pool of the networks that are made and removed again. */
  let spare: Pool | undefined;
  /** The addresses and links that are given away. */
  const held = new Set<string>();
  let nextSubnet = 0;
  let nextHost = 1;

  async function requestPool(subnet: OwnSubnet): Promise<Pool> {
    if (!hasPools) return { id: '', subnet };
    const answer = await call('IpamDriver.RequestPool', {
      AddressSpace: space,
      Pool: subnet.pool,
      SubPool: '',
      Options: Object.keys(settings.ipamOptions).length > 0 ? settings.ipamOptions : null,
      V6: false,
    });
    if (!isNet(answer?.Pool)) throw new Failed('IpamDriver.RequestPool was answered without a Pool');
    return { id: answer.PoolID ?? '', subnet: { ...subnet, pool: answer.Pool } };
  }
  /** A pool with its gateway, as engines ask for them. */
  async function networkPool(subnet: OwnSubnet): Promise<Pool> {
    const pool = await requestPool(subnet);
    if (!hasPools) return pool;
    const gateway = await ask(pool.id, { RequestAddressType: 'com.docker.network.gateway' });
    return { ...pool, subnet: { ...pool.subnet, gateway } };
  }
  async function ask(PoolID: string, options: Readonly<Record<string, string>> | null): Promise<string> {
    const answer = await call('IpamDriver.RequestAddress', { PoolID, Address: '', Options: options });
    if (!isNet(answer?.Address)) throw new Failed('IpamDriver.RequestAddress was answered without an Address');
    const text = inPool(PoolID, answer.Address);
    if (held.has(text)) throw new Doubled(`IpamDriver.RequestAddress granted ${text}, which is held`);
    held.add(text);
    return answer.Address;
  }
  async function requestAddress({ id, subnet }: Pool): Promise<Address> {
    const { ip, prefix, size } = netOf(subnet.pool);
    const next = () => {
      nextHost = (nextHost % Number(size - 3n)) + 1;
      return `${ip(nextHost + 1)}/${prefix}`;
    };
    const free = next();
    const own = settings.ipam === 'null' ? '' : free === subnet.gateway ? next() : free;
    if (!hasPools) return { granted: '', used: own };
    const granted = await ask(id, macOption());
    return { granted, used: settings.ipam === 'composed' ? granted : own };
  }
  function macOption() {
    return features.has('requires-mac') ? { 'com.docker.network.endpoint.macaddress': draw.mac() } : null;
  }
  async function createNetwork({ subnet }: Pool): Promise<string> {
    const NetworkID = draw.networkId();
    if (hasNetworks)
      await call('NetworkDriver.CreateNetwork', networkRequest(NetworkID, subnet, { settings, features }));
    return NetworkID;
  }
  async function createEndpoint(NetworkID: string, address: string) {
    const ids = { NetworkID, EndpointID: draw.endpointId() };
    const Options = { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] };
    const Interface = { Address: address, AddressIPv6: '', MacAddress: '' };
    await call('NetworkDriver.CreateEndpoint', { ...ids, Interface, Options });
    const joined = await call('NetworkDriver.Join', { ...ids, SandboxKey: draw.sandboxKey(), Options });
    const link = joined?.InterfaceName?.SrcName ?? '';
    if (link && held.has(link)) throw new Doubled(`NetworkDriver.Join named ${link}, the link of another endpoint`);
    held.add(link);
    return { ids, link };
  }
  async function begin() {
    if (hasPools) {
      const spaces = await call('IpamDriver.GetDefaultAddressSpaces', undefined);
      space = spaces?.LocalDefaultAddressSpace ?? '';
    }
    const pool = await networkPool(largeSubnet(seed, settings));
    large = { networkId: await createNetwork(pool), pool };
    spare = await networkPool(subnetOf(nextSubnet++, seed, settings));
    return large;
  }

  return {
    async growTo(size, onCount) {
      const { networkId, pool } = large ?? (await begin());
      for (; count < size; count++) {
        onCount?.(count);
        await createNetwork(await networkPool(subnetOf(nextSubnet++, seed, settings)));
        const address = await requestAddress(pool);
        if (hasNetworks) await createEndpoint(networkId, address.used);
      }
    },
    async fillers() {
      if (!hasPools || settings.pool !== undefined) return undefined;
      const isOfNetwork = features.has('addresses-of-networks');
      const pool = await (isOfNetwork ? networkPool : requestPool)(fillSubnet(seed));
      if (isOfNetwork) await createNetwork(pool);
      const { id, subnet } = pool;
      return {
        addresses: Number(netOf(subnet.pool).size) - (isOfNetwork ? 3 : 2),
        ask: async () => {
          await ask(id, macOption());
        },
      };
    },
    async oneMore() {
      if (!large || !spare) throw new Error('the population did not grow yet');
      if (hasPools) {
        const { id: PoolID } = await requestPool(subnetOf(nextSubnet, seed, settings));
        await call('IpamDriver.ReleasePool', { PoolID });
      }
      const address = await requestAddress(large.pool);
      if (hasNetworks) {
        const NetworkID = await createNetwork(spare);
        await call('NetworkDriver.DeleteNetwork', { NetworkID });
        const { ids, link } = await createEndpoint(large.networkId, address.used);
        await call('NetworkDriver.EndpointOperInfo', ids);
        await call('NetworkDriver.Leave', ids);
        await call('NetworkDriver.DeleteEndpoint', ids);
        held.delete(link);
      }
      if (hasPools) {
        const { id: PoolID } = large.pool;
        await call('IpamDriver.ReleaseAddress', { PoolID, Address: address.granted.split('/')[0] ?? '' });
        held.delete(inPool(PoolID, address.granted));
      }
    },
  };
}

/** An address as messages name it, the same however the driver writes it. */
function inPool(poolId: string, address: string): string {
  return `${plainText(address.split('/')[0] ?? '')} of pool ${poolId}`;
}

function networkRequest(
  NetworkID: string,
  subnet: OwnSubnet,
  { settings, features }: Pick<Ground, 'settings' | 'features'>,
): CreateNetworkRequest {
  const data = { AddressSpace: 'LocalDefault', Gateway: subnet.gateway, Pool: subnet.pool };
  return {
    NetworkID,
    Options: networkOptions({ settings, features }),
    IPv4Data: [settings.ipam === 'null' ? { AddressSpace: 'null', Pool: '0.0.0.0/0' } : data],
    IPv6Data: [],
  };
}

import type { IPAMConfig, IpamDriver } from '@opencnm/spec';
import { poolApart } from './pool-apart.js';
import { failed, messageOf } from './refusals.js';
import type { PoolRecord } from './state.js';

/** What pools are asked for. */
export interface PoolWishes {
  readonly configs: readonly IPAMConfig[];
  readonly hasIPv4: boolean;
  readonly hasIPv6: boolean;
  readonly options: Readonly<Record<string, string>> | null;
  /** False where the network driver wants no gateway in a family. */
  readonly wantsGateway: { readonly 4: boolean; readonly 6: boolean };
  /** The subnets that the host routes. */
  readonly routes: readonly string[];
}

const gatewayOptions = { RequestAddressType: 'com.docker.network.gateway' };

/** Reserves pools, gateways and auxiliary addresses in the order of an engine; all or nothing. */
export async function reservePools(ipam: IpamDriver, wishes: PoolWishes): Promise<readonly PoolRecord[]> {
  const pools: PoolRecord[] = [];
  try {
    const { LocalDefaultAddressSpace = '' } = await ipam.getDefaultAddressSpaces();
    for (const family of [4, 6] as const) {
      if (!(family === 4 ? wishes.hasIPv4 : wishes.hasIPv6)) continue;
      const own = wishes.configs.filter(({ Subnet = '' }) => Subnet.includes(':') === (family === 6) && Subnet !== '');
      for (const config of own.length > 0 ? own : [undefined]) {
        pools.push(await reservePool(ipam, family, config, LocalDefaultAddressSpace, wishes));
      }
    }
    return pools;
  } catch (error) {
    await releasePools(ipam, pools);
    throw asFailure(error);
  }
}

/** Gives back gateways, auxiliary addresses and pools; errors change nothing, as for engines. */
export async function releasePools(ipam: IpamDriver, pools: readonly PoolRecord[]): Promise<void> {
  for (const { poolId, gateway, aux } of pools) {
    for (const address of [gateway, ...Object.values(aux)].filter(Boolean)) {
      await ipam.releaseAddress({ PoolID: poolId, Address: plain(address) }).catch(() => undefined);
    }
    await ipam.releasePool({ PoolID: poolId }).catch(() => undefined);
  }
}

async function reservePool(
  ipam: IpamDriver,
  family: 4 | 6,
  asked: IPAMConfig | undefined,
  space: string,
  wishes: PoolWishes,
): Promise<PoolRecord> {
  const {
    PoolID = '',
    Pool = '',
    Data,
  } = await poolApart(
    ipam,
    {
      AddressSpace: space,
      Pool: asked?.Subnet ?? '',
      SubPool: asked?.IPRange ?? '',
      Options: wishes.options,
      V6: family === 6,
    },
    wishes.routes,
  );
  if (!Pool.includes('/')) throw failed(`invalid CIDR address: ${Pool}`);
  const taken: string[] = [];
  const take = async (address: string, options: typeof gatewayOptions | null) => {
    const { Address = '' } = await ipam.requestAddress({ PoolID, Address: address, Options: options });
    if (Address === '') throw failed('no address returned');
    if (!Address.includes('/')) throw failed(`invalid CIDR address: ${Address}`);
    taken.push(plain(Address));
    return Address;
  };
  try {
    const given = Data?.['com.docker.network.gateway'] ?? '';
    const isWanted = wishes.wantsGateway[family] || Boolean(asked?.Gateway);
    const gateway = !isWanted
      ? ''
      : asked?.Gateway || given === ''
        ? await take(asked?.Gateway ?? '', gatewayOptions)
        : given;
    const aux: Record<string, string> = {};
    for (const [name, address] of Object.entries(asked?.AuxiliaryAddresses ?? {}))
      aux[name] = await take(address, null);
    return { family, poolId: PoolID, pool: Pool, addressSpace: space, gateway, aux, ...(asked ? { asked } : {}) };
  } catch (error) {
    for (const address of taken) await ipam.releaseAddress({ PoolID, Address: address }).catch(() => undefined);
    await ipam.releasePool({ PoolID }).catch(() => undefined);
    throw error;
  }
}

/** Everything a driver refuses is a 500, but for the engine's own refusals. */
function asFailure(error: unknown): unknown {
  const { status } = error as { readonly status?: number };
  return status === 403 || status === 400 ? error : failed(messageOf(error), error);
}

/** An address without its prefix length. */
export function plain(address: string): string {
  return address.split('/')[0] ?? '';
}

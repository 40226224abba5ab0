import type { Handler, HttpRequest } from '@opencnm/sdk/driver-kit';
import { jsonOf } from '../faults/wire-faults.js';
import { objectOf } from './edits.js';
import type { Variant } from './variant.js';

/** Network and IPAM drivers of one vendor that know of each other. */
export const coupledVariants = {
  'own-pools-only': {
    text: 'Makes networks of pools that its own IPAM driver granted, as kuryr, ciao and contiv.',
    groups: ['settings'],
    transport: (inner) => {
      const granted = new Set<unknown>();
      return async (request) => {
        const pools = [jsonOf(request)?.['IPv4Data'], jsonOf(request)?.['IPv6Data']].flat() as { Pool?: string }[];
        const isForeign = pools.some((each) => each && !granted.has(each.Pool) && each.Pool !== '0.0.0.0/0');
        if (request.path === '/NetworkDriver.CreateNetwork' && isForeign)
          return { status: 500, headers: {}, body: '{"Err":"the pool is not of this driver"}\n' };
        const answer = await inner(request);
        if (request.path === '/IpamDriver.RequestPool' && answer !== 'close') granted.add(objectOf(answer)?.['Pool']);
        return answer;
      };
    },
  },
  'addresses-of-networks': {
    text: 'Has addresses in the networks that it made alone, and deletes no network while one is held, as kuryr, whose addresses are ports.',
    groups: ['settings', 'network-life', 'address-choice', 'pool-id'],
    transport: withAddressesOfNetworks,
  },
} as const satisfies Readonly<Record<string, Variant>>;

/** What such a driver knows of a pool that it granted. */
interface Pool {
  readonly cidr: unknown;
  readonly held: Set<unknown>;
}

function withAddressesOfNetworks(inner: Handler): Handler {
  const pools = new Map<unknown, Pool>();
  const networks = new Map<unknown, readonly unknown[]>();
  const inUse = (network: readonly unknown[]) =>
    [...pools.values()].some(({ cidr, held }) => network.includes(cidr) && held.size > 0);
  return async (request) => {
    const asked = jsonOf(request) ?? {};
    const pool = pools.get(asked['PoolID']);
    const isHost = !objectIn(asked['Options'])['RequestAddressType'];
    if (isTo(request, 'IpamDriver.RequestAddress') && pool && isHost)
      if (![...networks.values()].flat().includes(pool.cidr)) return refusal('there is no subnet of the pool');
    if (isTo(request, 'NetworkDriver.DeleteNetwork') && inUse(networks.get(asked['NetworkID']) ?? []))
      return refusal('ports of the subnet are in use');
    const answer = await inner(request);
    const told = answer === 'close' || answer.status !== 200 ? undefined : objectOf(answer);
    if (!told || told['Err']) return answer;
    if (isTo(request, 'IpamDriver.RequestPool') && !pools.has(told['PoolID']))
      pools.set(told['PoolID'], { cidr: told['Pool'], held: new Set() });
    if (isTo(request, 'IpamDriver.RequestAddress') && isHost) pool?.held.add(ipOf(told['Address']));
    if (isTo(request, 'IpamDriver.ReleaseAddress')) pool?.held.delete(ipOf(asked['Address']));
    if (isTo(request, 'NetworkDriver.CreateNetwork')) networks.set(asked['NetworkID'], poolsOf(asked));
    if (isTo(request, 'NetworkDriver.DeleteNetwork')) networks.delete(asked['NetworkID']);
    return answer;
  };
}

function isTo({ path }: HttpRequest, operation: string): boolean {
  return path === `/${operation}`;
}

function poolsOf({ IPv4Data, IPv6Data }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return [IPv4Data, IPv6Data].flat().map((data) => objectIn(data)['Pool']);
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function ipOf(address: unknown): string {
  return String(address).split('/')[0] ?? '';
}

function refusal(message: string) {
  return { status: 500, headers: {}, body: `${JSON.stringify({ Err: message })}\n` };
}

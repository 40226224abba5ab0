import { stringifyIp } from 'ip-bigint';
import { parseAddress, type Range } from '../../ipam/range.js';
import type { Fault } from '../fault.js';
import { editAddress, grantRefused, onAddress, refuseAddress } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import { canonical, nth } from './seen.js';

const plain = (address: string) => address.split('/')[0] ?? '';
const macKey = 'com.docker.network.endpoint.macaddress';

/** Faults of the text of granted addresses, and requests that are refused for their form. */
export const addressAnswerFaults = {
  'ipam-driver.request-address.served#refuses-all': refuseAddress(({ isGateway }) => !isGateway),
  'ipam-driver.request-address.served#large-pool': refuseAddress(
    ({ pool, isV6 }) => !isV6 && pool !== undefined && pool.range.prefix <= 16,
  ),
  'ipam-driver.request-address.served#large-pool-choice': refuseAddress(
    ({ pool, isNamed, isV6 }) => !isNamed && !isV6 && pool !== undefined && pool.range.prefix <= 16,
  ),
  'ipam-driver.request-address.served#refuses-macs': {
    ipamDriver: (inner) => ({
      ...inner,
      getCapabilities: async () => ({ ...(await inner.getCapabilities()), RequiresMACAddress: true }),
      async requestAddress(request) {
        if (request.Options?.[macKey] !== undefined) throw new Error('the MAC address is not known');
        return inner.requestAddress(request);
      },
    }),
  },
  'ipam-driver.request-address.cidr#no-prefix': editAddress(
    ({ isNamed, isGateway, isV6 }) => !isNamed && !isGateway && !isV6,
    plain,
  ),
  'ipam-driver.request-address.cidr#no-prefix-explicit': editAddress(
    ({ isNamed, isGateway }) => isNamed && !isGateway,
    plain,
  ),
  'ipam-driver.request-address.cidr#no-prefix-v6': editAddress(({ isV6, isGateway }) => isV6 && !isGateway, plain),
  'ipam-driver.request-address.cidr#no-prefix-gateway': editAddress(({ isGateway }) => isGateway, plain),
  'ipam-driver.request-address.pool-prefix#host-prefix': editAddress(
    ({ isV6 }) => !isV6,
    (address) => `${plain(address)}/32`,
  ),
  'ipam-driver.request-address.pool-prefix#host-prefix-v6': editAddress(
    ({ isV6 }) => isV6,
    (address) => `${plain(address)}/128`,
  ),
  'ipam-driver.request-address.pool-prefix#gateway-host-prefix': editAddress(
    ({ isGateway, isNamed, isV6 }) => isGateway && !isNamed && !isV6,
    (address) => `${plain(address)}/32`,
  ),
  'ipam-driver.request-address.pool-prefix#always-24': editAddress(
    ({ isV6 }) => !isV6,
    (address) => `${plain(address)}/24`,
  ),
  'ipam-driver.request-address.pool-prefix#always-64': editAddress(
    ({ isV6 }) => isV6,
    (address) => `${plain(address)}/64`,
  ),
  'ipam-driver.request-address.pool-prefix#sub-pool-prefix': editAddress(
    ({ pool }) => pool?.subRange !== undefined,
    (address, { subRange }) => `${plain(address)}/${subRange?.prefix}`,
  ),
  'ipam-driver.request-address.not-empty#empty-second-time': editAddress(
    ({ isNamed, pool }) => !isNamed && pool?.held.length === 2,
    () => '',
  ),
  'ipam-driver.request-address.not-empty#empty-explicit': editAddress(
    ({ isNamed, isGateway }) => isNamed && !isGateway,
    () => '',
  ),
  'ipam-driver.request-address.not-empty#empty-v6': editAddress(
    ({ isV6, isNamed }) => isV6 && !isNamed,
    () => '',
  ),
  'ipam-driver.request-address.not-empty#absent-when-full': onAddress(() => async ({ isNamed, pool }, next) => {
    try {
      return await next();
    } catch (error) {
      if (isNamed || !pool) throw error;
      return {};
    }
  }),
  'ipam-driver.request-address.in-pool#outside': editAddress(
    ({ isNamed, isV6, pool }) => !isNamed && !isV6 && pool?.held.length === 2,
    (_, { range }) => `${nth(range, Number(range.end - range.start) + 6)}/${range.prefix}`,
  ),
  'ipam-driver.request-address.in-pool#outside-v6': editAddress(
    ({ isNamed, isV6 }) => !isNamed && isV6,
    (_, { range: { end, prefix } }) => `${nth({ version: 6, start: end, end, prefix }, 6)}/${prefix}`,
  ),
  'ipam-driver.request-address.in-pool#from-last-octet': editAddress(
    ({ isNamed, isV6 }) => !isNamed && !isV6,
    (address, { range }) => countedFrom(8n, address, range),
  ),
  'ipam-driver.request-address.in-pool#from-last-64-bits': editAddress(
    ({ isNamed, isV6 }) => !isNamed && isV6,
    (address, { range }) => countedFrom(64n, address, range),
  ),
  'ipam-driver.request-address.in-pool#third-of-two': thirdOfTwo(4),
  'ipam-driver.request-address.in-pool#third-of-two-v6': thirdOfTwo(6),
  'ipam-driver.request-address.in-pool#outside-when-full': grantRefused(
    ({ isNamed }) => !isNamed,
    ({ pool: { range } }) => nth({ ...range, start: range.end }, 1),
  ),
  'ipam-driver.request-address.in-pool#other-pool': fromAnotherPool((ids) => ids.at(-1)),
  'ipam-driver.request-address.in-pool#third-pool': fromAnotherPool((ids, asked) =>
    ids[2] === asked ? ids[0] : asked,
  ),
  'ipam-driver.request-address.gateway-type#refuses-without-address': refuseAddress(
    ({ isGateway, isNamed }) => isGateway && !isNamed,
  ),
  'ipam-driver.request-address.gateway-type#refuses-with-address': refuseAddress(
    ({ isGateway, isNamed }) => isGateway && isNamed,
  ),
  'ipam-driver.request-address.gateway-type#refuses-v6': refuseAddress(({ isGateway, isV6 }) => isGateway && isV6),
  'ipam-driver.request-address.gateway-type#refuses-extra-keys': refuseAddress(
    ({ isGateway, request }) => isGateway && Object.keys(request.Options ?? {}).length > 1,
  ),
  'ipam-driver.request-address.null-options#refuses': refuseAddress(
    ({ request, isNamed, isV6 }) => request.Options === null && !isNamed && !isV6,
  ),
  'ipam-driver.request-address.null-options#refuses-named': refuseAddress(
    ({ request, isNamed }) => request.Options === null && isNamed,
  ),
  'ipam-driver.request-address.null-options#refuses-v6': refuseAddress(
    ({ request, isV6 }) => request.Options === null && isV6,
  ),
  'ipam-driver.request-address.without-mac#wants-mac': refuseAddress(
    ({ request: { Options } }) => Options?.['com.docker.network.endpoint.name'] !== undefined && !Options[macKey],
  ),
  'ipam-driver.request-address.without-mac#wants-mac-later': onAddress((inner) => {
    let isWanted = false;
    return async ({ request, isGateway }) => {
      const hasMac = request.Options?.[macKey] !== undefined;
      if (isWanted && !hasMac && !isGateway) throw new Error('a MAC address is required');
      isWanted ||= hasMac;
      return inner.requestAddress(request);
    };
  }),
  'ipam-driver.request-address.ipv6-text#refuses-long': refuseAddress(
    ({ request: { Address = '' }, isV6 }) => isV6 && Address !== canonical(Address),
  ),
  'ipam-driver.request-address.ipv6-text#answers-long': editAddress(
    ({ isV6 }) => isV6,
    (address, { range }) => `${long(plain(address))}/${range.prefix}`,
  ),
  'ipam-driver.request-address.ipv6-text#answers-upper-case': editAddress(
    ({ isV6 }) => isV6,
    (address) => address.toUpperCase(),
  ),
} satisfies IpamFaults;

/** The address as far behind the last border of so many bits as it is behind the start of its pool. */
function countedFrom(bits: bigint, address: string, range: Range): string {
  const place = (parseAddress(plain(address))?.number ?? range.start) - range.start;
  return `${nth({ ...range, start: (range.start >> bits) << bits }, Number(place))}/${range.prefix}`;
}

/** Chooses from another pool than the one that was asked, of those that are held. */
function fromAnotherPool(pick: (held: readonly string[], asked: string) => string | undefined): Fault {
  return onAddress((inner, { pools }) => async ({ request, isNamed }, next) => {
    const other = pick([...pools.keys()], request.PoolID);
    const isOther = other !== undefined && other !== request.PoolID && pools.has(request.PoolID);
    return isOther && !isNamed ? inner.requestAddress({ ...request, PoolID: other }) : next();
  });
}

function long(ip: string): string {
  const address = parseAddress(ip);
  return address ? stringifyIp(address, { compress: false }) : ip;
}

/** Chooses the third address in pools of a family that have no more than two. */
function thirdOfTwo(version: 4 | 6): Fault {
  return onAddress(() => async ({ pool, isNamed, isGateway }, next) => {
    const isSmall = pool?.range.version === version && pool.range.end - pool.range.start <= 1n;
    return isSmall && !isNamed && !isGateway ? { Address: `${nth(pool.range, 2)}/${pool.range.prefix}` } : next();
  });
}

import { parseRange, type Range } from '../../ipam/range.js';
import { isNotAscii } from '../endpoints/create-endpoint-options.js';
import type { Fault } from '../fault.js';
import { editPool, ipamFault, isDynamic, isV6, refusePool, rewritePool } from './ipam-fault.js';
import type { IpamFaults } from './ipam-faults.js';
import { nth, withPrefix } from './seen.js';

const without = (cidr: string) => cidr.split('/')[0] ?? '';
const range = (cidr: string) => parseRange(cidr) as Range;
const gatewayKey = 'com.docker.network.gateway';

/** Faults of the answers to RequestPool: its text, its ids, its data. */
export const requestPoolFaults = {
  'ipam-driver.request-pool.cidr#explicit-no-prefix': editPool(
    (request) => !isDynamic(request),
    ({ Pool }) => ({ Pool: without(Pool) }),
  ),
  'ipam-driver.request-pool.cidr#dynamic-no-prefix': editPool(isDynamic, ({ Pool }) => ({ Pool: without(Pool) })),
  'ipam-driver.request-pool.cidr#empty-v6': editPool(isV6, () => ({ Pool: '' })),
  'ipam-driver.request-pool.cidr#leading-zeros': editPool(
    (request) => !isV6(request),
    ({ Pool }) => ({ Pool: Pool.replace(/\d+(?=[./])/g, (octet) => octet.padStart(3, '0')) }),
  ),
  'ipam-driver.request-pool.explicit#first-pool-again': ipamFault((inner) => {
    let first: string | undefined;
    return {
      requestPool: async (request) => {
        const answer = await inner.requestPool(request);
        first ??= answer.Pool ?? '';
        return isDynamic(request) ? answer : { ...answer, Pool: first };
      },
    };
  }),
  'ipam-driver.request-pool.explicit#longer-prefix-v6': editPool(
    (request) => !isDynamic(request) && isV6(request),
    ({ Pool }) => ({ Pool: withPrefix(range(Pool), range(Pool).prefix + 2) }),
  ),
  'ipam-driver.request-pool.explicit#sub-pool-as-pool': editPool(
    ({ SubPool = '' }) => SubPool !== '',
    (_, { SubPool = '' }) => ({ Pool: SubPool }),
  ),
  'ipam-driver.request-pool.id-not-empty#empty': editPool(
    (request) => !isDynamic(request),
    () => ({ PoolID: '' }),
  ),
  'ipam-driver.request-pool.id-not-empty#empty-v6': editPool(isV6, () => ({ PoolID: '' })),
  'ipam-driver.request-pool.id-not-empty#empty-dynamic': editPool(isDynamic, () => ({ PoolID: '' })),
  'ipam-driver.request-pool.same-id#new-id-each-time': aliased(() => true),
  'ipam-driver.request-pool.same-id#new-id-with-sub-pool': aliased((subPool) => subPool !== ''),
  'ipam-driver.request-pool.canonical#dynamic-host-bits': editPool(
    (request) => isDynamic(request) && !isV6(request),
    ({ Pool }) => ({ Pool: firstHost(Pool) }),
  ),
  'ipam-driver.request-pool.canonical#explicit-host-bits': editPool(
    (request) => !isDynamic(request),
    (_, { Pool = '' }) => ({ Pool }),
  ),
  'ipam-driver.request-pool.canonical#v6-host-bits': editPool(
    (request) => isDynamic(request) && isV6(request),
    ({ Pool }) => ({ Pool: firstHost(Pool) }),
  ),
  'ipam-driver.request-pool.null-options#refuses': refusePool(
    (request) => request.Options === null && !isDynamic(request) && !isV6(request),
  ),
  'ipam-driver.request-pool.null-options#refuses-dynamic': refusePool(
    (request) => request.Options === null && isDynamic(request),
  ),
  'ipam-driver.request-pool.null-options#refuses-v6': refusePool(
    (request) => request.Options === null && isV6(request),
  ),
  'ipam-driver.request-pool.unknown-option#nameless': refusePool(({ Options }) =>
    Object.keys(Options ?? {}).some((key) => key.startsWith('opencnm.')),
  ),
  'ipam-driver.request-pool.unknown-option#ascii-only': refusePool(({ Options }) => isNotAscii(Options)),
  'ipam-driver.request-pool.unknown-space#grants': intoLocal(() => true),
  'ipam-driver.request-pool.unknown-space#grants-v6': intoLocal((v6) => v6),
  'ipam-driver.request-pool.gateway-data#no-prefix': editPool(
    () => true,
    ({ Pool }) => ({ Data: { [gatewayKey]: nth(range(Pool), 1) } }),
  ),
  'ipam-driver.request-pool.gateway-data#outside': editPool(
    () => true,
    ({ Pool }) => {
      const { end, version, prefix } = range(Pool);
      return { Data: { [gatewayKey]: `${nth({ version, start: end, end, prefix }, 2)}/${prefix}` } };
    },
  ),
  'ipam-driver.request-pool.gateway-data#handed-out': editPool(
    () => true,
    ({ Pool }) => ({ Data: { [gatewayKey]: firstHost(Pool) } }),
  ),
  'ipam-driver.request-pool.dynamic-family#v4-for-v6': rewritePool(
    (request) => isDynamic(request) && isV6(request),
    () => ({ V6: false }),
  ),
  'ipam-driver.request-pool.dynamic-family#v6-for-v4': rewritePool(
    (request, { pools }) => isDynamic(request) && [...pools.values()].some(({ range: { version } }) => version === 6),
    () => ({ V6: true }),
  ),
} satisfies IpamFaults;

function firstHost(cidr: string): string {
  return `${nth(range(cidr), 1)}/${range(cidr).prefix}`;
}

/** Gives some pools a new id at each request; all of them lead to the one pool. */
function aliased(applies: (subPool: string) => boolean): Fault {
  return ipamFault((inner) => {
    let count = 0;
    const real = <T extends { readonly PoolID: string }>(request: T): T => ({
      ...request,
      PoolID: request.PoolID.replace(/#\d+$/, ''),
    });
    return {
      requestPool: async (request) => {
        const answer = await inner.requestPool(request);
        return applies(request.SubPool ?? '') ? { ...answer, PoolID: `${answer.PoolID}#${++count}` } : answer;
      },
      releasePool: (request) => inner.releasePool(real(request)),
      requestAddress: (request) => inner.requestAddress(real(request)),
      releaseAddress: (request) => inner.releaseAddress(real(request)),
    };
  });
}

function intoLocal(applies: (v6: boolean) => boolean): Fault {
  return ipamFault((inner) => ({
    requestPool: async (request) => {
      const { LocalDefaultAddressSpace: local = '', GlobalDefaultAddressSpace: global } =
        await inner.getDefaultAddressSpaces();
      const isKnown = request.AddressSpace === local || request.AddressSpace === global;
      return inner.requestPool(isKnown || !applies(isV6(request)) ? request : { ...request, AddressSpace: local });
    },
  }));
}

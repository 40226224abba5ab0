import { check, seen } from '../../check.js';
import { anotherPool, aPool, aReleasedPool, severalPools, theReleaseOf } from '../../fixtures/a-pool.js';
import { addressRequest, allAddresses, anAddress, aReleasedAddress } from '../../fixtures/an-address.js';
import { namedAgain } from '../../fixtures/named-addresses.js';
import { aPoolRequest } from '../../fixtures/requests.js';
import { theAddress } from '../../patterns/addresses.js';

export const again = check({
  id: 'release-pool.again',
  clause: 'ipam-driver.release-pool.frees',
  title: 'A pool that was released is granted anew',
  op: 'IpamDriver.RequestPool',
  given: { released: aReleasedPool() },
  when: ({ released }) => released.request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.release-pool.frees#refused-again',
});

export const around = check({
  id: 'release-pool.around',
  clause: 'ipam-driver.release-pool.frees',
  title: 'A pool around one that was granted and released twice is granted',
  op: 'IpamDriver.RequestPool',
  given: { wide: aReleasedPool({ named: true }), released: aReleasedPool({ inside: 'wide', times: 2 }) },
  when: ({ wide }) => wide.request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.release-pool.frees#still-overlaps',
});

export const aroundV6 = check({
  id: 'release-pool.around-v6',
  clause: 'ipam-driver.release-pool.frees',
  title: 'An IPv6 pool around one that was released is granted',
  op: 'IpamDriver.RequestPool',
  given: { wide: aReleasedPool({ v6: true, named: true }), released: aReleasedPool({ inside: 'wide' }) },
  when: ({ wide }) => wide.request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.release-pool.frees#still-overlaps-v6',
});

export const inner = check({
  id: 'release-pool.inner',
  clause: 'ipam-driver.release-pool.frees',
  title: 'A pool inside one that was released is granted by a driver that grants pools of its size',
  op: 'IpamDriver.RequestPool',
  given: {
    example: aPool({ prefix: 25 }),
    wide: aReleasedPool({ prefix: 24 }),
    request: aPoolRequest({ inside: 'wide' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.release-pool.frees#still-overlaps-inner',
});

export const innerV6 = check({
  id: 'release-pool.inner-v6',
  clause: 'ipam-driver.release-pool.frees',
  title: 'An IPv6 pool inside one that was released is granted by a driver that grants pools of its size',
  op: 'IpamDriver.RequestPool',
  given: {
    example: aPool({ v6: true, prefix: 65 }),
    wide: aReleasedPool({ v6: true, prefix: 64 }),
    request: aPoolRequest({ inside: 'wide' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.release-pool.frees#still-overlaps-inner-v6',
});

export const amongMany = check({
  id: 'release-pool.among-many',
  clause: 'ipam-driver.release-pool.isolated',
  title: 'Eleven pools grant addresses after the twelfth was released',
  op: 'IpamDriver.ReleasePool',
  given: {
    example: aPool(),
    named: anAddress({ from: 'example', n: 9, freely: true }),
    pools: severalPools(12),
  },
  when: ({ pools }) => ({ PoolID: pools[4]?.id ?? '' }),
  expect: { answers: {} },
  afterwards: ({ pools }, _, draw) =>
    pools
      .filter((_pool, index) => index !== 4)
      .map((pool) =>
        seen('IpamDriver.RequestAddress', addressRequest(pool, draw, { n: 9 }), {
          succeeds: { Address: theAddress(pool.net.ip(9)) },
        }),
      ),
  brokenBy: 'ipam-driver.release-pool.isolated#takes-newest',
});

export const emptyAgain = check({
  id: 'release-pool.empty-again',
  clause: 'ipam-driver.release-pool.frees',
  title: 'A pool that is granted anew has no held addresses',
  op: 'IpamDriver.RequestAddress',
  given: {
    first: aPool(),
    address: aReleasedAddress({ from: 'first', n: 9 }),
    released: theReleaseOf('first'),
    pool: aPool({ like: 'first' }),
  },
  when: ({ pool, address }, draw) => namedAgain(pool, address, draw),
  expect: ({ address }) => ({ succeeds: { Address: theAddress(address.ip) } }),
  brokenBy: 'ipam-driver.release-pool.frees#remembers-addresses',
});

export const wholeAgain = check({
  id: 'release-pool.whole-again',
  clause: 'ipam-driver.release-pool.frees',
  title: 'A pool that had a sub-pool of four addresses grants a seventh when it is held whole',
  op: 'IpamDriver.RequestAddress',
  given: {
    part: aReleasedPool({ prefix: 24, subPool: { prefix: 30, at: 128 } }),
    pool: aPool({ like: 'part' }),
    taken: allAddresses({ of: 'pool', atMost: 6 }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.release-pool.frees#keeps-sub-pool',
});

export const withAddresses = check({
  id: 'release-pool.with-addresses',
  clause: 'ipam-driver.release-pool.held-addresses',
  title: 'The release of a pool with a held address is answered',
  stage: 'last',
  op: 'IpamDriver.ReleasePool',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool }) => ({ PoolID: pool.id }),
  expect: { answers: {} },
  brokenBy: 'ipam-driver.release-pool.held-addresses#closes',
});

export const goesOn = check({
  id: 'release-pool.goes-on',
  clause: 'ipam-driver.release-pool.held-addresses',
  title: 'A driver goes on after a pool with a held address was released',
  stage: 'last',
  op: 'IpamDriver.ReleasePool',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool }) => ({ PoolID: pool.id }),
  expect: { answers: {} },
  afterwards: () => [seen('IpamDriver.GetDefaultAddressSpaces', undefined, { succeeds: {} })],
  brokenBy: 'ipam-driver.release-pool.held-addresses#breaks-later',
});

export const unknown = check({
  id: 'release-pool.unknown',
  clause: 'ipam-driver.release-pool.unknown',
  title: 'The release of an unknown pool is answered',
  stage: 'last',
  op: 'IpamDriver.ReleasePool',
  given: {},
  when: (_, draw) => ({ PoolID: draw.networkId() }),
  expect: { answers: {}, mayClose: true },
  brokenBy: 'ipam-driver.release-pool.unknown#hangs',
});

export const unknownBystander = check({
  id: 'release-pool.unknown-bystander',
  clause: 'ipam-driver.release-pool.unknown',
  title: 'The release of an unknown pool leaves a held one as it is',
  stage: 'last',
  op: 'IpamDriver.ReleasePool',
  given: { bystander: aPool(), served: aReleasedAddress({ from: 'bystander', n: 9 }) },
  when: (_, draw) => ({ PoolID: draw.networkId() }),
  expect: { answers: {}, mayClose: true },
  afterwards: ({ bystander, served }, _, draw) => [
    seen('IpamDriver.RequestAddress', namedAgain(bystander, served, draw), { succeeds: {} }),
  ],
  brokenBy: 'ipam-driver.release-pool.unknown#frees-another',
});

export const twiceBystander = check({
  id: 'release-pool.twice-bystander',
  clause: 'ipam-driver.release-pool.unknown',
  title: 'The second release of a pool leaves another one as it is',
  stage: 'last',
  op: 'IpamDriver.ReleasePool',
  given: {
    released: aReleasedPool(),
    bystander: anotherPool({ than: 'released', pool: 'dynamic' }),
    served: aReleasedAddress({ from: 'bystander', n: 9 }),
  },
  when: ({ released }) => ({ PoolID: released.id }),
  expect: { answers: {}, mayClose: true },
  afterwards: ({ bystander, served }, _, draw) => [
    seen('IpamDriver.RequestAddress', namedAgain(bystander, served, draw), { succeeds: {} }),
  ],
  brokenBy: 'ipam-driver.release-pool.unknown#second-frees-another',
});

import { burstCheck, check } from '../../check.js';
import { aPool, aReleasedPool } from '../../fixtures/a-pool.js';
import { addressRequest, addressRequests, anAddress, aReleasedAddress } from '../../fixtures/an-address.js';
import { namedAgain } from '../../fixtures/named-addresses.js';
import { longText } from '../../net.js';
import { allAddressesDiffer, anotherAddressThan, theAddress, withAddressText } from '../../patterns/addresses.js';
import { anything } from '../../patterns/matchers.js';

export const heldByName = check({
  id: 'request-address.held-by-name',
  clause: 'ipam-driver.request-address.in-use',
  title: 'An address that is held by name is refused',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#grants-named',
});

export const heldByChoice = check({
  id: 'request-address.held-by-choice',
  clause: 'ipam-driver.request-address.in-use',
  title: 'An address that the driver chose is refused to a request that names it',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool' }) },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#grants-chosen',
});

export const heldAsGateway = check({
  id: 'request-address.held-as-gateway',
  clause: 'ipam-driver.request-address.in-use',
  title: 'The address of the gateway is refused to a request that names it',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 1, gateway: true }) },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#grants-gateway',
});

export const heldOutsideSubPool = check({
  id: 'request-address.held-outside-sub-pool',
  clause: 'ipam-driver.request-address.in-use',
  title: 'An address that is held is refused although the sub-pool does not hold it',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ subPool: { prefix: 25, at: 128 } }), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#grants-outside-sub-pool',
});

export const gatewayOutsideSubPool = check({
  id: 'request-address.held-gateway-outside-sub-pool',
  clause: 'ipam-driver.request-address.in-use',
  title: 'The address of the gateway is refused although the sub-pool does not hold it',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ subPool: { prefix: 25, at: 128 } }),
    held: anAddress({ from: 'pool', n: 1, gateway: true }),
  },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#grants-gateway-outside-sub-pool',
});

export const heldV6 = check({
  id: 'request-address.held-v6',
  clause: 'ipam-driver.request-address.in-use',
  title: 'An IPv6 address that is held is refused',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#grants-v6',
});

export const heldAfterRelease = check({
  id: 'request-address.held-after-other-release',
  clause: 'ipam-driver.request-address.in-use',
  title: 'An address that is held is refused after one of another pool was released',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    held: anAddress({ from: 'pool', n: 9 }),
    other: aPool(),
    released: aReleasedAddress({ from: 'other', n: 9 }),
  },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#freed-elsewhere',
});

export const heldBesideShorter = check({
  id: 'request-address.held-beside-shorter',
  clause: 'ipam-driver.request-address.in-use',
  title: 'A held address is refused after one was released with whose text its own begins',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    held: anAddress({ from: 'pool', n: 20 }),
    released: aReleasedAddress({ from: 'pool', n: 2 }),
  },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.in-use#freed-by-text',
});

export const heldInOtherText = check({
  id: 'request-address.held-in-other-text',
  clause: 'ipam-driver.request-address.ipv6-text',
  title: 'An IPv6 address that is held is refused in its long form',
  needs: ['without-replay'],
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, held }, draw) => ({ ...addressRequest(pool, draw), Address: longText(held.ip) }),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.ipv6-text#grants-held',
});

export const namedInParallel = burstCheck({
  id: 'request-address.named-in-parallel',
  clause: 'ipam-driver.request-address.in-use',
  title: 'An address that is named by several requests at the same time is granted once',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequests(pool, draw, 6, { n: 9 }),
  expect: { answers: {} },
  together: [allAddressesDiffer],
  brokenBy: 'ipam-driver.request-address.in-use#grants-in-parallel',
});

export const outOfRange = check({
  id: 'request-address.out-of-range',
  clause: 'ipam-driver.request-address.out-of-range',
  title: 'An address far outside the pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ bounded: true }) },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: pool.net.ip(pool.net.size * 4n + 7n) }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.out-of-range#grants',
});

export const outOfRangeV6 = check({
  id: 'request-address.out-of-range-v6',
  clause: 'ipam-driver.request-address.out-of-range',
  title: 'An IPv6 address outside the pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, bounded: true }) },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: pool.net.ip(pool.net.size * 3n + 9n) }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.out-of-range#grants-v6',
});

export const neighbour = check({
  id: 'request-address.neighbour',
  clause: 'ipam-driver.request-address.out-of-range',
  title: 'The address right behind the pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29 }) },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: pool.net.ip(pool.net.size) }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.out-of-range#grants-neighbour',
});

export const neighbourV6 = check({
  id: 'request-address.neighbour-v6',
  clause: 'ipam-driver.request-address.out-of-range',
  title: 'The address right behind an IPv6 pool of a few addresses is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, prefix: 126 }) },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: pool.net.ip(pool.net.size) }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.out-of-range#compares-64-bits',
});

export const likeInText = check({
  id: 'request-address.like-in-text',
  clause: 'ipam-driver.request-address.out-of-range',
  title: 'An address outside the pool whose text begins as those of the pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ pool: '192.0.2.0/24', bounded: true }) },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: '192.0.20.7' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.out-of-range#compares-text',
});

export const otherFamily = check({
  id: 'request-address.other-family',
  clause: 'ipam-driver.request-address.out-of-range',
  title: 'An IPv6 address is refused in an IPv4 pool',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: draw.subnet6().ip(9) }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.out-of-range#grants-other-family',
});

export const unknownPool = check({
  id: 'request-address.unknown-pool',
  clause: 'ipam-driver.request-address.unknown-pool',
  title: 'A request that names an unknown pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), PoolID: draw.networkId() }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.unknown-pool#grants',
});

export const unknownPoolLikeSubnet = check({
  id: 'request-address.unknown-pool-like-subnet',
  clause: 'ipam-driver.request-address.unknown-pool',
  title: 'A request that names an unknown pool by a subnet is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), PoolID: `${pool.space}/${draw.subnet().pool}` }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.unknown-pool#invents',
});

export const unknownPoolLikeKnown = check({
  id: 'request-address.unknown-pool-like-known',
  clause: 'ipam-driver.request-address.unknown-pool',
  title: 'A request that names a pool by its id and more is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), PoolID: `${pool.id}-${draw.networkId()}` }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.unknown-pool#by-beginning',
});

export const releasedPool = check({
  id: 'request-address.released-pool',
  clause: 'ipam-driver.request-address.released-pool',
  title: 'A request that names a released pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aReleasedPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-address.released-pool#grants',
});

export const longForm = check({
  id: 'request-address.long-form',
  clause: 'ipam-driver.request-address.ipv6-text',
  title: 'An IPv6 address in its long form is granted',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), named: aReleasedAddress({ from: 'pool', n: 171 }) },
  when: ({ pool, named }, draw) => ({ ...addressRequest(pool, draw), Address: longText(named.ip) }),
  expect: ({ named }) => ({ succeeds: { Address: theAddress(named.ip) } }),
  brokenBy: 'ipam-driver.request-address.ipv6-text#refuses-long',
});

export const shortAnswer = check({
  id: 'request-address.short-answer',
  clause: 'ipam-driver.request-address.ipv6-text',
  title: 'An IPv6 address is answered in lower case and compressed',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), named: aReleasedAddress({ from: 'pool', n: 171 }) },
  when: ({ pool, named }, draw) => namedAgain(pool, named, draw),
  expect: ({ named }) => ({ succeeds: { Address: withAddressText(named.ip) } }),
  brokenBy: 'ipam-driver.request-address.ipv6-text#answers-long',
});

import { burstCheck, check } from '../../check.js';
import { aPool } from '../../fixtures/a-pool.js';
import {
  addressRequest,
  addressRequests,
  allAddresses,
  anAddress,
  aReleasedAddress,
  oneReleased,
  theReleaseOfAddress,
} from '../../fixtures/an-address.js';
import { namedAgain } from '../../fixtures/named-addresses.js';
import { allAddressesDiffer, anotherAddressThan, noneOf, theAddress } from '../../patterns/addresses.js';

export const inParallel = burstCheck({
  id: 'request-address.unique-in-parallel',
  clause: 'ipam-driver.request-address.unique',
  title: 'Fifty addresses chosen at the same time differ',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequests(pool, draw, 50),
  expect: { answers: {} },
  together: [allAddressesDiffer],
  brokenBy: 'ipam-driver.request-address.unique#parallel-duplicate',
});

export const afterRelease = check({
  id: 'request-address.unique-after-release',
  clause: 'ipam-driver.request-address.unique',
  title: 'An address chosen after an older one was released is none of those that are held',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    first: anAddress({ from: 'pool' }),
    second: anAddress({ from: 'pool' }),
    third: anAddress({ from: 'pool' }),
    released: theReleaseOfAddress('first'),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ second, third }) => ({ answers: { Address: anotherAddressThan(second.ip, third.ip) } }),
  brokenBy: 'ipam-driver.request-address.unique#duplicate-after-release',
});

export const ofEndpoint = check({
  id: 'request-address.unique-of-endpoint',
  clause: 'ipam-driver.request-address.unique',
  title: 'An endpoint that comes back is given none of the addresses that others took meanwhile',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    before: aReleasedAddress({ from: 'pool', endpoint: 'web' }),
    first: anAddress({ from: 'pool', endpoint: 'db' }),
    second: anAddress({ from: 'pool', endpoint: 'cache' }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw, { endpoint: 'web' }),
  expect: ({ first, second }) => ({ answers: { Address: anotherAddressThan(first.ip, second.ip) } }),
  brokenBy: 'ipam-driver.request-address.unique#sticks-to-name',
});

export const v6 = check({
  id: 'request-address.unique-v6',
  clause: 'ipam-driver.request-address.unique',
  title: 'A second chosen IPv6 address differs from the first',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), first: anAddress({ from: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ first }) => ({ answers: { Address: anotherAddressThan(first.ip) } }),
  brokenBy: 'ipam-driver.request-address.unique#duplicate-v6',
});

export const pastOctet = check({
  id: 'request-address.unique-past-octet',
  clause: 'ipam-driver.request-address.unique',
  title: 'The next address after 300 of a pool, or all that there can be, is none of those that are held',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 23 }), held: allAddresses({ of: 'pool', atMost: 300 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ held }) => ({ answers: { Address: noneOf(held) } }),
  brokenBy: 'ipam-driver.request-address.unique#duplicate-past-octet',
});

export const named = burstCheck({
  id: 'request-address.unique-named',
  clause: 'ipam-driver.request-address.unique',
  title: 'A driver that chooses every address of a pool leaves out the one held by name for an endpoint',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29 }), held: anAddress({ from: 'pool', n: 3, endpoint: 'web' }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 8),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  together: [allAddressesDiffer],
  brokenBy: 'ipam-driver.request-address.unique#hands-out-named',
});

export const namedV6 = check({
  id: 'request-address.unique-named-v6',
  clause: 'ipam-driver.request-address.unique',
  title: 'The first IPv6 address that a driver chooses is none of those that were named',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ v6: true }),
    first: anAddress({ from: 'pool', n: 1 }),
    second: anAddress({ from: 'pool', n: 2 }),
    third: anAddress({ from: 'pool', n: 3 }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ first, second, third }) => ({ answers: { Address: anotherAddressThan(first.ip, second.ip, third.ip) } }),
  brokenBy: 'ipam-driver.request-address.unique#hands-out-named-v6',
});

export const namedWithoutOptions = burstCheck({
  id: 'request-address.unique-named-without-options',
  clause: 'ipam-driver.request-address.unique',
  title: 'A driver that chooses every address of a pool leaves out the auxiliary one',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29 }), held: anAddress({ from: 'pool', n: 3 }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 8),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.unique#named-without-options',
});

export const gateway = burstCheck({
  id: 'request-address.unique-gateway',
  clause: 'ipam-driver.request-address.unique',
  title: 'A driver that chooses every address of a pool leaves out the gateway',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29 }), gateway: anAddress({ from: 'pool', gateway: true }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 8),
  expect: ({ gateway }) => ({ answers: { Address: anotherAddressThan(gateway.ip) } }),
  brokenBy: 'ipam-driver.request-address.unique#hands-out-gateway',
});

export const notReserved = burstCheck({
  id: 'request-address.not-reserved',
  clause: 'ipam-driver.request-address.not-reserved',
  title: 'A driver that chooses every address of a pool leaves out its network address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 30, bounded: true }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 4),
  expect: ({ pool }) => ({ answers: { Address: anotherAddressThan(pool.net.ip(0)) } }),
  brokenBy: 'ipam-driver.request-address.not-reserved#network-address',
});

export const notBroadcast = burstCheck({
  id: 'request-address.not-broadcast',
  clause: 'ipam-driver.request-address.not-reserved',
  title: 'A driver that chooses every address of a pool leaves out its broadcast address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 30, bounded: true }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 4),
  expect: ({ pool }) => ({ answers: { Address: anotherAddressThan(pool.net.ip(3)) } }),
  brokenBy: 'ipam-driver.request-address.not-reserved#broadcast-address',
});

export const notBroadcastOfSubPool = burstCheck({
  id: 'request-address.not-broadcast-of-sub-pool',
  clause: 'ipam-driver.request-address.not-reserved',
  title: 'A driver that chooses every address of a sub-pool leaves out the broadcast address of the pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29, subPool: { prefix: 30, at: 4 } }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 4),
  expect: ({ pool }) => ({ answers: { Address: anotherAddressThan(pool.net.ip(7)) } }),
  brokenBy: 'ipam-driver.request-address.not-reserved#sub-pool-broadcast',
});

export const notNetworkOfSubPool = burstCheck({
  id: 'request-address.not-network-of-sub-pool',
  clause: 'ipam-driver.request-address.not-reserved',
  title: 'A driver that chooses every address of a sub-pool leaves out the network address of the pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29, subPool: { prefix: 30, at: 0 } }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 4),
  expect: ({ pool }) => ({ answers: { Address: anotherAddressThan(pool.net.ip(0)) } }),
  brokenBy: 'ipam-driver.request-address.not-reserved#sub-pool-network',
});

export const notAnycast = burstCheck({
  id: 'request-address.not-anycast',
  clause: 'ipam-driver.request-address.not-anycast',
  title: 'A driver that chooses every address of an IPv6 pool leaves out the first one',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, prefix: 126 }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 4),
  expect: ({ pool }) => ({ answers: { Address: anotherAddressThan(pool.net.ip(0)) } }),
  brokenBy: 'ipam-driver.request-address.not-anycast#grants-first',
});

export const overfull = burstCheck({
  id: 'request-address.overfull',
  clause: 'ipam-driver.request-address.exhaustion',
  title: 'More requests than a pool has addresses are all answered',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 30 }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 5),
  expect: { answers: {} },
  brokenBy: 'ipam-driver.request-address.exhaustion#closes-when-full',
});

export const full = check({
  id: 'request-address.full',
  clause: 'ipam-driver.request-address.exhaustion',
  title: 'A full pool grants no address that is held',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 30 }), all: allAddresses({ of: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ all }) => ({ answers: { Address: anotherAddressThan(...all.map(({ ip }) => ip)) } }),
  brokenBy: 'ipam-driver.request-address.exhaustion#duplicate-when-full',
});

export const fullV6 = check({
  id: 'request-address.full-v6',
  clause: 'ipam-driver.request-address.exhaustion',
  title: 'A full IPv6 pool grants no address that is held',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, prefix: 126 }), all: allAddresses({ of: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ all }) => ({ answers: { Address: anotherAddressThan(...all.map(({ ip }) => ip)) } }),
  brokenBy: 'ipam-driver.request-address.exhaustion#duplicate-when-full-v6',
});

export const fullAndReleased = check({
  id: 'request-address.full-and-released',
  clause: 'ipam-driver.request-address.exhaustion',
  title: 'A full pool grants again after a release',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ prefix: 30 }),
    all: allAddresses({ of: 'pool' }),
    released: oneReleased({ of: 'all' }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.exhaustion#stuck-when-full',
});

export const fullAndReleasedByName = check({
  id: 'request-address.full-and-released-by-name',
  clause: 'ipam-driver.request-address.exhaustion',
  title: 'A pool that was full grants a released address by name',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ prefix: 30 }),
    named: aReleasedAddress({ from: 'pool', n: 1 }),
    all: allAddresses({ of: 'pool' }),
    released: oneReleased({ of: 'all' }),
  },
  when: ({ pool, released }, draw) => namedAgain(pool, released, draw),
  expect: ({ released }) => ({ succeeds: { Address: theAddress(released.ip) } }),
  brokenBy: 'ipam-driver.request-address.exhaustion#stuck-named',
});

export const fullSubPoolAndReleased = check({
  id: 'request-address.full-sub-pool-and-released',
  clause: 'ipam-driver.request-address.exhaustion',
  title: 'A full sub-pool grants again after a release',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ subPool: { prefix: 30, at: 128 } }),
    all: allAddresses({ of: 'pool' }),
    released: oneReleased({ of: 'all' }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.exhaustion#stuck-sub-pool',
});

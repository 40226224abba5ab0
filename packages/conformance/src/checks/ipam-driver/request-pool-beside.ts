import { burstCheck, check } from '../../check.js';
import { anotherPool, aPool, aRefusedPool, aReleasedPool, theReleaseOf } from '../../fixtures/a-pool.js';
import { aReleasedAddress } from '../../fixtures/an-address.js';
import { namedAgain } from '../../fixtures/named-addresses.js';
import { aPoolRequest } from '../../fixtures/requests.js';
import { apartFrom } from '../../patterns/addresses.js';

const farAway = '198.51.100.0/26';

export const neighbour = check({
  id: 'request-pool.neighbour',
  clause: 'ipam-driver.request-pool.beside',
  title: 'A pool right behind a held one is granted by a driver that grants one far from it',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: {
    held: aPool({ prefix: 26 }),
    far: aReleasedPool({ pool: farAway }),
    request: aPoolRequest({ behind: 'held' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.beside#refuses-neighbour',
});

export const nearby = check({
  id: 'request-pool.nearby',
  clause: 'ipam-driver.request-pool.beside',
  title: 'A pool near a held one is granted by a driver that grants one far from it',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: {
    held: aPool({ prefix: 26 }),
    far: aReleasedPool({ pool: farAway }),
    request: aPoolRequest({ prefix: 26 }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.beside#compares-text',
});

export const overlapUpper = check({
  id: 'request-pool.overlap-upper',
  clause: 'ipam-driver.request-pool.no-overlap',
  title: 'The upper half of a held pool is refused',
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool() },
  when: ({ pool: { request, net } }) => ({ ...request, Pool: net.part(net.prefix + 1, net.size / 2n).cidr }),
  expect: ({ pool }) => ({ answers: { Pool: apartFrom(pool.pool) } }),
  brokenBy: 'ipam-driver.request-pool.no-overlap#compares-starts',
});

export const distinctFromRow = check({
  id: 'request-pool.distinct-from-row',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'A pool that the driver would choose next is not chosen while it is held by name',
  op: 'IpamDriver.RequestPool',
  given: {
    first: aPool({ pool: 'dynamic' }),
    second: anotherPool({ than: 'first', pool: 'dynamic' }),
    held: aPool({ row: ['first', 'second'] }),
  },
  when: ({ first }) => first.request,
  expect: ({ held }) => ({ answers: { Pool: apartFrom(held.pool) } }),
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#ignores-explicit-ahead',
});

export const distinctFromPart = check({
  id: 'request-pool.distinct-from-part',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'A pool that the driver would choose next is not chosen while half of it is held by name',
  op: 'IpamDriver.RequestPool',
  given: {
    first: aPool({ pool: 'dynamic' }),
    second: anotherPool({ than: 'first', pool: 'dynamic' }),
    held: aPool({ row: ['first', 'second'], longer: 1 }),
  },
  when: ({ first }) => first.request,
  expect: ({ held }) => ({ answers: { Pool: apartFrom(held.pool) } }),
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#around-explicit',
});

export const distinctFromAround = burstCheck({
  id: 'request-pool.distinct-from-around',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'Pools that the driver would choose next are not chosen while one around them is held by name',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: {
    first: aPool({ pool: 'dynamic' }),
    second: anotherPool({ than: 'first', pool: 'dynamic' }),
    held: aPool({ row: ['first', 'second'], longer: -1 }),
  },
  when: ({ first }) => [first.request, first.request, first.request],
  expect: ({ held }) => ({ answers: { Pool: apartFrom(held.pool) } }),
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#inside-explicit',
});

export const innerAfterOverlap = check({
  id: 'request-pool.inner-after-overlap',
  clause: 'ipam-driver.request-pool.fails-clean',
  title: 'A pool that was refused for its overlap is granted once the other one was released',
  op: 'IpamDriver.RequestPool',
  given: {
    example: aPool({ prefix: 25 }),
    held: aPool({ prefix: 24 }),
    refused: aRefusedPool({ inside: 'held' }),
    gone: theReleaseOf('held'),
  },
  when: ({ refused }) => refused,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.fails-clean#counts-overlapping',
});

export const againAfterOverlap = check({
  id: 'request-pool.again-after-overlap',
  clause: 'ipam-driver.request-pool.fails-clean',
  title: 'A pool is granted again after a pool inside it was refused',
  op: 'IpamDriver.RequestPool',
  given: { held: aPool({ named: true }), refused: aRefusedPool({ inside: 'held' }), gone: theReleaseOf('held') },
  when: ({ held }) => held.request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.fails-clean#keeps-overlapping',
});

export const againAfterSubPool = check({
  id: 'request-pool.again-after-sub-pool',
  clause: 'ipam-driver.request-pool.fails-clean',
  title: 'A pool is granted after a pool inside it was refused for its sub-pool',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: {
    wide: aReleasedPool({ named: true }),
    other: aReleasedPool({ named: true }),
    refused: aRefusedPool({ inside: 'wide', outside: 'other' }),
  },
  when: ({ wide }) => wide.request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.fails-clean#keeps-sub-pool',
});

export const secondSpaceReleasePool = check({
  id: 'request-pool.second-space-release-pool',
  clause: 'ipam-driver.request-pool.spaces-independent',
  title: 'A pool outlives the release of the same subnet in the global space',
  needs: ['two-spaces'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ named: true }),
    served: aReleasedAddress({ from: 'pool', n: 9 }),
    elsewhere: aPool({ space: 'global', like: 'pool' }),
    gone: theReleaseOf('elsewhere'),
  },
  when: ({ pool, served }, draw) => namedAgain(pool, served, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.spaces-independent#releases-both-pools',
});

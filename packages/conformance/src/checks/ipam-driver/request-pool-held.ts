import { burstCheck, check, seen } from '../../check.js';
import { anotherPool, aPool, aReleasedPool, aSecondGrantReleased, theReleaseOf } from '../../fixtures/a-pool.js';
import { addressRequest, addressRequests, anAddress, aStrayRelease } from '../../fixtures/an-address.js';
import { aPoolGrantedAtOnce, theOtherGrantsReleased } from '../../fixtures/grants-at-once.js';
import { keptAddress, namedAgain } from '../../fixtures/named-addresses.js';
import { aPoolRequest, aroundIt, halfOfIt } from '../../fixtures/requests.js';
import {
  aCidr,
  allPoolsDiffer,
  anotherAddressThan,
  apartFrom,
  gatewayInPool,
  theAddress,
} from '../../patterns/addresses.js';
import { absent, oneOf } from '../../patterns/matchers.js';

export const distinct = check({
  id: 'request-pool.distinct',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'A second pool that the driver chooses does not overlap the first',
  op: 'IpamDriver.RequestPool',
  given: { first: aPool({ pool: 'dynamic' }) },
  when: ({ first }) => first.request,
  expect: ({ first }) => ({ answers: { Pool: apartFrom(first.pool) } }),
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#repeats',
});

export const distinctV6 = check({
  id: 'request-pool.distinct-v6',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'A second IPv6 pool that the driver chooses does not overlap the first',
  op: 'IpamDriver.RequestPool',
  given: { first: aPool({ pool: 'dynamic', v6: true }) },
  when: ({ first }) => first.request,
  expect: ({ first }) => ({ answers: { Pool: apartFrom(first.pool) } }),
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#repeats-v6',
});

export const distinctInParallel = burstCheck({
  id: 'request-pool.distinct-in-parallel',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'Pools that the driver chooses at the same time do not overlap',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ pool: 'dynamic' }) },
  when: ({ request }) => [request, request, request, request],
  expect: { answers: {} },
  together: [allPoolsDiffer],
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#repeats-in-parallel',
});

export const distinctAfterRelease = check({
  id: 'request-pool.distinct-after-release',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'A pool chosen after an older one was released does not overlap the one that is held',
  op: 'IpamDriver.RequestPool',
  given: {
    older: aPool({ pool: 'dynamic' }),
    held: anotherPool({ than: 'older', pool: 'dynamic' }),
    gone: theReleaseOf('older'),
  },
  when: ({ held }) => held.request,
  expect: ({ held }) => ({ answers: { Pool: apartFrom(held.pool) } }),
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#repeats-after-release',
});

export const distinctFromNamed = check({
  id: 'request-pool.distinct-from-named',
  clause: 'ipam-driver.request-pool.dynamic-distinct',
  title: 'A pool that the driver chose before is not chosen while it is held by name',
  op: 'IpamDriver.RequestPool',
  given: { chosen: aReleasedPool({ pool: 'dynamic' }), held: aPool({ like: 'chosen' }) },
  when: ({ chosen }) => chosen.request,
  expect: ({ held }) => ({ answers: { Pool: apartFrom(held.pool) } }),
  brokenBy: 'ipam-driver.request-pool.dynamic-distinct#ignores-explicit',
});

export const familyV6 = check({
  id: 'request-pool.family-v6',
  clause: 'ipam-driver.request-pool.dynamic-family',
  title: 'A pool that is chosen with V6 true is an IPv6 subnet',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ pool: 'dynamic', v6: true }) },
  when: ({ request }) => request,
  expect: { answers: { Pool: oneOf(absent, aCidr(6)) } },
  brokenBy: 'ipam-driver.request-pool.dynamic-family#v4-for-v6',
});

export const familyV4 = check({
  id: 'request-pool.family-v4',
  clause: 'ipam-driver.request-pool.dynamic-family',
  title: 'A pool that is chosen with V6 false is an IPv4 subnet while an IPv6 pool is held',
  op: 'IpamDriver.RequestPool',
  given: { six: aPool({ v6: true }), request: aPoolRequest({ pool: 'dynamic' }) },
  when: ({ request }) => request,
  expect: { answers: { Pool: oneOf(absent, aCidr(4)) } },
  brokenBy: 'ipam-driver.request-pool.dynamic-family#v6-for-v4',
});

export const outlivesRelease = check({
  id: 'request-pool.outlives-release',
  clause: 'ipam-driver.request-pool.counts-references',
  title: 'A pool that was granted twice and released once grants addresses',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), served: anAddress({ from: 'pool' }), again: aSecondGrantReleased({ of: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.counts-references#one-release-frees',
});

export const outlivesReleaseOfAtOnce = check({
  id: 'request-pool.outlives-release-of-at-once',
  clause: 'ipam-driver.request-pool.counts-references',
  title: 'A pool that was granted three times at once and released twice grants addresses',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPoolGrantedAtOnce({ times: 3 }),
    served: anAddress({ from: 'pool' }),
    released: theOtherGrantsReleased({ of: 'pool' }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.counts-references#counts-once-in-parallel',
});

export const outlivesReleaseV6 = check({
  id: 'request-pool.outlives-release-v6',
  clause: 'ipam-driver.request-pool.counts-references',
  title: 'An IPv6 pool that was granted twice and released once grants addresses',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ v6: true }),
    served: anAddress({ from: 'pool' }),
    again: aSecondGrantReleased({ of: 'pool' }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.counts-references#one-release-frees-v6',
});

export const addressesOutliveRelease = check({
  id: 'request-pool.addresses-outlive-release',
  clause: 'ipam-driver.request-pool.counts-references',
  title: 'An address is held when one of two grants of its pool was released',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    held: anAddress({ from: 'pool', n: 9 }),
    firm: keptAddress({ of: 'held', from: 'pool' }),
    again: aSecondGrantReleased({ of: 'pool' }),
  },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-pool.counts-references#one-release-forgets-addresses',
});

export const overlapInner = check({
  id: 'request-pool.overlap-inner',
  clause: 'ipam-driver.request-pool.no-overlap',
  title: 'A pool inside a held one of its space is refused',
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool(), inner: aPoolRequest({ inside: 'pool' }) },
  when: ({ inner }) => inner,
  expect: ({ pool }) => ({ answers: { Pool: apartFrom(pool.pool) } }),
  brokenBy: 'ipam-driver.request-pool.no-overlap#grants-inner',
});

export const overlapOuter = check({
  id: 'request-pool.overlap-outer',
  clause: 'ipam-driver.request-pool.no-overlap',
  title: 'A pool around a held one of its space that begins before it is refused',
  op: 'IpamDriver.RequestPool',
  // The subnet that is left out is the lower half of the outer one.
  given: { lower: aPoolRequest(), pool: aPool(), outer: aPoolRequest({ around: 'pool' }) },
  when: ({ outer }) => outer,
  expect: ({ pool }) => ({ answers: { Pool: apartFrom(pool.pool) } }),
  brokenBy: 'ipam-driver.request-pool.no-overlap#looks-at-start',
});

export const overlapInParallel = burstCheck({
  id: 'request-pool.overlap-in-parallel',
  clause: 'ipam-driver.request-pool.no-overlap',
  title: 'Of pools that overlap and are asked for at the same time one is granted',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ prefix: 24 }) },
  when: ({ request }) => [request, aroundIt(request), halfOfIt(request)],
  expect: { answers: {} },
  together: [allPoolsDiffer],
  brokenBy: 'ipam-driver.request-pool.no-overlap#grants-in-parallel',
});

export const overlapV6 = check({
  id: 'request-pool.overlap-v6',
  clause: 'ipam-driver.request-pool.no-overlap',
  title: 'An IPv6 pool inside a held one of its space is refused',
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool({ v6: true }), inner: aPoolRequest({ inside: 'pool' }) },
  when: ({ inner }) => inner,
  expect: ({ pool }) => ({ answers: { Pool: apartFrom(pool.pool) } }),
  brokenBy: 'ipam-driver.request-pool.no-overlap#grants-v6',
});

export const overlapDynamic = check({
  id: 'request-pool.overlap-dynamic',
  clause: 'ipam-driver.request-pool.no-overlap',
  title: 'A pool inside one that the driver chose is refused',
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool({ pool: 'dynamic' }), inner: aPoolRequest({ inside: 'pool' }) },
  when: ({ inner }) => inner,
  expect: ({ pool }) => ({ answers: { Pool: apartFrom(pool.pool) } }),
  brokenBy: 'ipam-driver.request-pool.no-overlap#grants-over-dynamic',
});

export const secondSpace = check({
  id: 'request-pool.second-space',
  clause: 'ipam-driver.request-pool.spaces-independent',
  title: 'A pool that is held in the local space is granted in the global one',
  needs: ['two-spaces'],
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool({ named: true }), elsewhere: aPoolRequest({ space: 'global', like: 'pool' }) },
  when: ({ elsewhere }) => elsewhere,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.spaces-independent#refuses-second-space',
});

export const secondSpaceAddresses = check({
  id: 'request-pool.second-space-addresses',
  clause: 'ipam-driver.request-pool.spaces-independent',
  title: 'An address that is held in the local space is granted in the global one',
  needs: ['two-spaces'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ named: true }),
    held: anAddress({ from: 'pool', n: 9 }),
    elsewhere: aPool({ space: 'global', like: 'pool' }),
    named: anAddress({ from: 'elsewhere', n: 11, freely: true }),
  },
  when: ({ elsewhere, held }, draw) => namedAgain(elsewhere, held, draw),
  expect: ({ held }) => ({ succeeds: { Address: theAddress(held.ip) } }),
  brokenBy: 'ipam-driver.request-pool.spaces-independent#shares-addresses',
});

export const secondSpaceRelease = check({
  id: 'request-pool.second-space-release',
  clause: 'ipam-driver.request-pool.spaces-independent',
  title: 'A release in the global space leaves the address that is held in the local one',
  needs: ['two-spaces', 'without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ named: true }),
    held: anAddress({ from: 'pool', n: 9 }),
    firm: keptAddress({ of: 'held', from: 'pool' }),
    elsewhere: aPool({ space: 'global', like: 'pool' }),
    freed: aStrayRelease({ of: 'held', from: 'elsewhere' }),
  },
  when: ({ pool, held }, draw) => namedAgain(pool, held, draw),
  expect: ({ held }) => ({ answers: { Address: anotherAddressThan(held.ip) } }),
  brokenBy: 'ipam-driver.request-pool.spaces-independent#releases-both',
});

export const gatewayData = check({
  id: 'request-pool.gateway-data',
  clause: 'ipam-driver.request-pool.gateway-data',
  title: 'A gateway in Data is an address of the pool with prefix length',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest() },
  when: ({ request }) => request,
  expect: { answers: gatewayInPool },
  brokenBy: 'ipam-driver.request-pool.gateway-data#outside',
});

export const gatewayDataDynamic = check({
  id: 'request-pool.gateway-data-dynamic',
  clause: 'ipam-driver.request-pool.gateway-data',
  title: 'A gateway in Data of a chosen pool is an address of it with prefix length',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ pool: 'dynamic' }) },
  when: ({ request }) => request,
  expect: { answers: gatewayInPool },
  brokenBy: 'ipam-driver.request-pool.gateway-data#no-prefix',
});

export const gatewayDataKept = burstCheck({
  id: 'request-pool.gateway-data-kept',
  clause: 'ipam-driver.request-pool.gateway-data',
  title: 'A gateway in Data is not handed out',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequests(pool, draw, 4),
  expect: ({ pool }) => ({ answers: { Address: anotherAddressThan(pool.gateway) } }),
  afterwards: ({ pool }, _, draw) => [seen('IpamDriver.RequestAddress', addressRequest(pool, draw), { answers: {} })],
  brokenBy: 'ipam-driver.request-pool.gateway-data#handed-out',
});

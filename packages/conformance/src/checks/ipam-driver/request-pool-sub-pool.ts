import { burstCheck, check, seen } from '../../check.js';
import { aPool, aReleasedPool, perhapsWith } from '../../fixtures/a-pool.js';
import { addressRequest, addressRequests, allAddresses, anAddress } from '../../fixtures/an-address.js';
import { aPoolRequest, halfOfIt } from '../../fixtures/requests.js';
import { theAddress } from '../../patterns/addresses.js';
import { absent, anAddressIn, anything } from '../../patterns/matchers.js';

const upperHalf = { prefix: 25, at: 128 };
const upperHalf6 = { prefix: 121, at: 128 };
const fourAddresses = { prefix: 30, at: 128 };

export const alone = check({
  id: 'request-pool.sub-pool-alone',
  clause: 'ipam-driver.request-pool.sub-pool-alone',
  title: 'A sub-pool without a pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ subPool: upperHalf }) },
  when: ({ request }) => ({ ...request, Pool: '' }),
  expect: { answers: { Pool: absent }, mayClose: true },
  brokenBy: 'ipam-driver.request-pool.sub-pool-alone#grants',
});

export const aloneV6 = check({
  id: 'request-pool.sub-pool-alone-v6',
  clause: 'ipam-driver.request-pool.sub-pool-alone',
  title: 'An IPv6 sub-pool without a pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ v6: true, subPool: upperHalf6 }) },
  when: ({ request }) => ({ ...request, Pool: '' }),
  expect: { answers: { Pool: absent }, mayClose: true },
  brokenBy: 'ipam-driver.request-pool.sub-pool-alone#grants-v6',
});

export const outside = check({
  id: 'request-pool.sub-pool-outside',
  clause: 'ipam-driver.request-pool.sub-pool-inside',
  title: 'A sub-pool beside its pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest(), beside: aPoolRequest({ pool: '198.51.100.0/24' }) },
  when: ({ request, beside }) => ({ ...request, SubPool: beside.Pool ?? '' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-pool.sub-pool-inside#grants-outside',
});

export const wider = check({
  id: 'request-pool.sub-pool-wider',
  clause: 'ipam-driver.request-pool.sub-pool-inside',
  title: 'A sub-pool around its pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ prefix: 24 }) },
  when: ({ request }) => ({ ...halfOfIt(request), SubPool: request.Pool ?? '' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-pool.sub-pool-inside#compares-starts',
});

export const outsideV6 = check({
  id: 'request-pool.sub-pool-outside-v6',
  clause: 'ipam-driver.request-pool.sub-pool-inside',
  title: 'An IPv6 sub-pool beside its pool is refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ v6: true }), beside: aPoolRequest({ v6: true }) },
  when: ({ request, beside }) => ({ ...request, SubPool: beside.Pool ?? '' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-pool.sub-pool-inside#grants-outside-v6',
});

export const range = check({
  id: 'request-address.sub-pool-range',
  clause: 'ipam-driver.request-address.sub-pool-range',
  title: 'The first chosen address lies in the sub-pool, though the pool was held whole before',
  op: 'IpamDriver.RequestAddress',
  given: { whole: aReleasedPool(), pool: aPool({ like: 'whole', subPool: upperHalf }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.subPool) } }),
  brokenBy: 'ipam-driver.request-address.sub-pool-range#of-earlier-pool',
});

export const rangeV6 = check({
  id: 'request-address.sub-pool-range-v6',
  clause: 'ipam-driver.request-address.sub-pool-range',
  title: 'An IPv6 address that the driver chooses lies in the sub-pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, subPool: upperHalf6 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.subPool) } }),
  brokenBy: 'ipam-driver.request-address.sub-pool-range#ignores-v6',
});

export const rangeInParallel = burstCheck({
  id: 'request-address.sub-pool-range-in-parallel',
  clause: 'ipam-driver.request-address.sub-pool-range',
  title: 'Every address that the driver chooses at the same time lies in the sub-pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ subPool: upperHalf }), first: anAddress({ from: 'pool' }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 10),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.subPool) } }),
  brokenBy: 'ipam-driver.request-address.sub-pool-range#first-only',
});

export const rangeOfEach = check({
  id: 'request-address.sub-pool-range-of-each',
  clause: 'ipam-driver.request-address.sub-pool-range',
  title: 'A chosen address lies in the sub-pool that was asked, also where the pool is granted with two',
  op: 'IpamDriver.RequestAddress',
  given: {
    first: aPool({ subPool: upperHalf }),
    second: perhapsWith({ subPool: { prefix: 26, at: 64 }, of: 'first' }),
  },
  when: ({ second }, draw) => addressRequest(second, draw),
  expect: ({ second }) => ({ answers: { Address: anAddressIn(second.subPool) } }),
  afterwards: ({ first }, _, draw) => [
    seen('IpamDriver.RequestAddress', addressRequest(first, draw), {
      answers: { Address: anAddressIn(first.subPool) },
    }),
  ],
  brokenBy: 'ipam-driver.request-address.sub-pool-range#of-first',
});

export const rangeWhenFull = check({
  id: 'request-address.sub-pool-range-when-full',
  clause: 'ipam-driver.request-address.sub-pool-range',
  title: 'A full sub-pool does not make the driver choose from the rest of the pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ subPool: fourAddresses }), all: allAddresses({ of: 'pool', atMost: 4 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.subPool) } }),
  brokenBy: 'ipam-driver.request-address.sub-pool-range#leaves-when-full',
});

export const namedOutside = check({
  id: 'request-address.named-outside-sub-pool',
  clause: 'ipam-driver.request-address.explicit-outside-sub-pool',
  title: 'An address of the pool is granted by name although the sub-pool does not hold it',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ subPool: upperHalf }), named: anAddress({ from: 'pool', n: 131, freely: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 9 }),
  expect: ({ pool }) => ({ succeeds: { Address: theAddress(pool.net.ip(9)) } }),
  brokenBy: 'ipam-driver.request-address.explicit-outside-sub-pool#refuses',
});

export const gatewayOutside = check({
  id: 'request-address.gateway-outside-sub-pool',
  clause: 'ipam-driver.request-address.explicit-outside-sub-pool',
  title: 'A gateway is granted by name although the sub-pool does not hold it',
  op: 'IpamDriver.RequestAddress',
  given: {
    example: aPool({ subPool: upperHalf }),
    named: anAddress({ from: 'example', n: 131, gateway: true, freely: true }),
    pool: aPool({ subPool: upperHalf }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 1, gateway: true }),
  expect: ({ pool }) => ({ succeeds: { Address: theAddress(pool.net.ip(1)) } }),
  brokenBy: 'ipam-driver.request-address.explicit-outside-sub-pool#refuses-gateway',
});

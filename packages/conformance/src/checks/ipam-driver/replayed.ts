import { check } from '../../check.js';
import { aPool } from '../../fixtures/a-pool.js';
import { addressRequest, anAddress } from '../../fixtures/an-address.js';
import { theAddress, theSubnet } from '../../patterns/addresses.js';

export const address = check({
  id: 'request-address.replayed',
  clause: 'ipam-driver.request-address.replay',
  title: 'An address that is held is granted to an engine that started again',
  needs: ['replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, held }) => ({ PoolID: pool.id, Address: held.ip, Options: {} }),
  expect: ({ held }) => ({ succeeds: { Address: theAddress(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.replay#refuses-address',
});

export const withoutOptions = check({
  id: 'request-address.replayed-without-options',
  clause: 'ipam-driver.request-address.replay',
  title: 'An address that was chosen with options is granted without any when an engine started again',
  needs: ['replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', mac: true, endpoint: 'web' }) },
  when: ({ pool, held }) => ({ PoolID: pool.id, Address: held.ip, Options: null }),
  expect: ({ held }) => ({ succeeds: { Address: theAddress(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.replay#wants-options',
});

export const gateway = check({
  id: 'request-address.replayed-gateway',
  clause: 'ipam-driver.request-address.replay',
  title: 'A gateway that is held is granted to an engine that started again',
  needs: ['replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 1, gateway: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 1, gateway: true }),
  expect: ({ held }) => ({ succeeds: { Address: theAddress(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.replay#refuses-gateway',
});

export const v6 = check({
  id: 'request-address.replayed-v6',
  clause: 'ipam-driver.request-address.replay',
  title: 'An IPv6 address that is held is granted to an engine that started again',
  needs: ['replay'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, held }) => ({ PoolID: pool.id, Address: held.ip, Options: null }),
  expect: ({ held }) => ({ succeeds: { Address: theAddress(held.ip) } }),
  brokenBy: 'ipam-driver.request-address.replay#refuses-v6',
});

export const pool = check({
  id: 'request-pool.replayed',
  clause: 'ipam-driver.request-address.replay',
  title: 'A pool that is held by name is granted to an engine that started again',
  needs: ['replay'],
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool({ named: true }) },
  when: ({ pool: { request } }) => request,
  expect: ({ pool: { request } }) => ({ succeeds: { Pool: theSubnet(request.Pool) } }),
  brokenBy: 'ipam-driver.request-address.replay#refuses-pool',
});

export const chosenPool = check({
  id: 'request-pool.replayed-chosen',
  clause: 'ipam-driver.request-address.replay',
  title: 'A pool that the driver chose is granted by name to an engine that started again',
  needs: ['replay'],
  op: 'IpamDriver.RequestPool',
  given: { chosen: aPool({ pool: 'dynamic' }) },
  when: ({ chosen }) => ({ ...chosen.request, Pool: chosen.pool }),
  expect: ({ chosen }) => ({ succeeds: { Pool: theSubnet(chosen.pool) } }),
  brokenBy: 'ipam-driver.request-address.replay#refuses-chosen-pool',
});

import { check } from '../../check.js';
import { aPool, aPoolWithoutGateway } from '../../fixtures/a-pool.js';
import { addressRequest, anAddress, aReleasedAddress } from '../../fixtures/an-address.js';

const gatewayOptions = { RequestAddressType: 'com.docker.network.gateway' };

export const gatewayChosen = check({
  id: 'request-address.gateway-chosen',
  clause: 'ipam-driver.request-address.gateway-type',
  title: 'A driver chooses a gateway when asked for one',
  stage: 'first',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPoolWithoutGateway() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { gateway: true }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.gateway-type#refuses-without-address',
});

export const gatewayNamed = check({
  id: 'request-address.gateway-named',
  clause: 'ipam-driver.request-address.gateway-type',
  title: 'A driver grants a gateway that is named',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPoolWithoutGateway() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 1, gateway: true }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.gateway-type#refuses-with-address',
});

export const gatewayV6 = check({
  id: 'request-address.gateway-v6',
  clause: 'ipam-driver.request-address.gateway-type',
  title: 'A driver chooses a gateway of an IPv6 pool when asked for one',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPoolWithoutGateway({ v6: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw, { gateway: true }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.gateway-type#refuses-v6',
});

export const gatewayOfSwarm = check({
  id: 'request-address.gateway-of-swarm',
  clause: 'ipam-driver.request-address.gateway-type',
  title: 'A driver chooses a gateway when a Swarm manager asks with a key of its own',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPoolWithoutGateway() },
  when: ({ pool }) => ({
    PoolID: pool.id,
    Address: '',
    Options: { ...gatewayOptions, 'com.docker.network.ipam.serial': 'true' },
  }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.gateway-type#refuses-extra-keys',
});

export const nullOptions = check({
  id: 'request-address.null-options',
  clause: 'ipam-driver.request-address.null-options',
  title: 'A driver that chooses an address for a named endpoint chooses one with null Options',
  needs: ['without-mac'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), served: anAddress({ from: 'pool', endpoint: 'web' }) },
  when: ({ pool }) => ({ PoolID: pool.id, Address: '', Options: null }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.null-options#refuses',
});

export const nullOptionsNamed = check({
  id: 'request-address.null-options-named',
  clause: 'ipam-driver.request-address.null-options',
  title: 'A driver that grants an address by name for an endpoint grants one with null Options',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), served: aReleasedAddress({ from: 'pool', n: 9, endpoint: 'web' }) },
  when: ({ served }) => ({ PoolID: served.poolId, Address: served.ip, Options: null }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.null-options#refuses-named',
});

export const nullOptionsV6 = check({
  id: 'request-address.null-options-v6',
  clause: 'ipam-driver.request-address.null-options',
  title: 'A driver that chooses an IPv6 address for an endpoint chooses one with null Options',
  needs: ['without-mac'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), served: anAddress({ from: 'pool', endpoint: 'web' }) },
  when: ({ pool }) => ({ PoolID: pool.id, Address: '', Options: null }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.null-options#refuses-v6',
});

export const withoutMac = check({
  id: 'request-address.without-mac',
  clause: 'ipam-driver.request-address.without-mac',
  title: 'A driver that requires no MAC address chooses an address for an endpoint without one',
  needs: ['without-mac'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), served: anAddress({ from: 'pool', endpoint: 'web', mac: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw, { endpoint: 'db' }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.without-mac#wants-mac',
});

export const withoutMacLater = check({
  id: 'request-address.without-mac-later',
  clause: 'ipam-driver.request-address.without-mac',
  title: 'A driver that requires no MAC address chooses an address without one after one with it',
  needs: ['without-mac'],
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), served: anAddress({ from: 'pool', mac: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.without-mac#wants-mac-later',
});

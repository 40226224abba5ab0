import { check, seen } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aDeletedEndpoint, anEndpoint, anEndpointRequest, idsOf } from '../../fixtures/an-endpoint.js';
import { aNetworkWithoutPools } from '../../fixtures/released-pools.js';
import { aDeletedNetwork, theReturnOf } from '../../fixtures/requests.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { anything } from '../../patterns/matchers.js';

export const succeeds = check({
  id: 'delete-network.succeeds',
  clause: 'network-driver.delete-network.succeeds',
  title: 'A network is removed',
  op: 'NetworkDriver.DeleteNetwork',
  given: { network: aNetwork() },
  when: ({ network }) => ({ NetworkID: network.id }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-network.succeeds#refused',
});

export const afterEndpoints = check({
  id: 'delete-network.after-endpoints',
  clause: 'network-driver.delete-network.succeeds',
  title: 'A network is removed once its endpoints are gone',
  op: 'NetworkDriver.DeleteNetwork',
  given: {
    network: aNetwork(),
    endpoint: aDeletedEndpoint({ on: 'network' }),
    released: aNetworkWithoutPools({ of: 'network', after: 'endpoint' }),
  },
  when: ({ network }) => ({ NetworkID: network.id }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-network.succeeds#keeps-after-endpoints',
});

export const freesSubnet = check({
  id: 'delete-network.frees-subnet',
  clause: 'network-driver.delete-network.succeeds',
  title: 'A network is made with the subnet of one that was removed',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aDeletedNetwork() },
  when: ({ request }, draw) => ({ ...request, NetworkID: draw.networkId() }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-network.succeeds#keeps-subnet',
});

export const freesSubnet6 = check({
  id: 'delete-network.frees-subnet6',
  clause: 'network-driver.delete-network.succeeds',
  title: 'A network is made with the subnets of both families of one that was removed',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: whereAccepted(aDeletedNetwork({ v6: true })) },
  when: ({ request }, draw) => ({ ...request, NetworkID: draw.networkId() }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-network.succeeds#keeps-subnet6',
});

export const unknown = check({
  id: 'delete-network.unknown',
  clause: 'network-driver.delete-network.repeatable',
  title: 'Removing an unknown network is answered',
  stage: 'last',
  op: 'NetworkDriver.DeleteNetwork',
  given: {},
  when: (_, draw) => ({ NetworkID: draw.networkId() }),
  expect: { wire: { status: anything }, mayClose: true },
  brokenBy: 'network-driver.delete-network.repeatable#hangs-on-unknown',
});

export const twice = check({
  id: 'delete-network.twice',
  clause: 'network-driver.delete-network.repeatable',
  title: 'Removing a network a second time is answered',
  stage: 'last',
  op: 'NetworkDriver.DeleteNetwork',
  given: { request: aDeletedNetwork() },
  when: ({ request }) => ({ NetworkID: request.NetworkID }),
  expect: { wire: { status: anything }, mayClose: true },
  brokenBy: 'network-driver.delete-network.repeatable#hangs-second-time',
});

export const freesId = check({
  id: 'delete-network.frees-id',
  clause: 'network-driver.delete-network.frees-id',
  title: 'A network is made again with the id of one that was removed',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aDeletedNetwork() },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-network.frees-id#keeps-tombstone',
});

export const returnedNetworkWorks = check({
  id: 'delete-network.returned-network-works',
  clause: 'network-driver.delete-network.frees-id',
  title: 'A network that came back takes endpoints',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    back: whereAccepted(theReturnOf('network')),
    request: anEndpointRequest({ on: 'back' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-network.frees-id#recreated-without-endpoints',
});

export const withEndpoints = check({
  id: 'delete-network.with-endpoints',
  clause: 'network-driver.delete-network.with-endpoints',
  title: 'A network that is removed before its endpoint leaves an answer for both',
  stage: 'last',
  op: 'NetworkDriver.DeleteNetwork',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ network }) => ({ NetworkID: network.id }),
  expect: { wire: { status: anything } },
  afterwards: ({ endpoint }) => [seen('NetworkDriver.DeleteEndpoint', idsOf(endpoint), { wire: { status: anything } })],
  brokenBy: 'network-driver.delete-network.with-endpoints#endpoint-hangs',
});

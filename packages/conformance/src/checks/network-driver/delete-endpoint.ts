import { check, seen } from '../../check.js';
import { sameAddress } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aDeletedEndpoint, aJoinedEndpoint, anEndpoint, idsOf, joinRequest } from '../../fixtures/an-endpoint.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { anything } from '../../patterns/matchers.js';

export const succeeds = check({
  id: 'delete-endpoint.succeeds',
  clause: 'network-driver.delete-endpoint.succeeds',
  title: 'An endpoint that never joined is removed',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-endpoint.succeeds#wants-join',
});

export const supplied = check({
  id: 'delete-endpoint.supplied',
  clause: 'network-driver.delete-endpoint.succeeds',
  title: 'An endpoint whose address the driver chose is removed',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { network: aNetwork(), endpoint: whereAccepted(anEndpoint({ on: 'network', address: false })) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-endpoint.succeeds#refuses-supplied',
});

export const dual = check({
  id: 'delete-endpoint.dual',
  clause: 'network-driver.delete-endpoint.succeeds',
  title: 'An endpoint with addresses of both families is removed',
  op: 'NetworkDriver.DeleteEndpoint',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-endpoint.succeeds#refuses-ipv6',
});

export const withoutLeave = check({
  id: 'delete-endpoint.without-leave',
  clause: 'network-driver.delete-endpoint.without-leave',
  title: 'An endpoint is removed without a Leave',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-endpoint.without-leave#refuses-joined',
});

export const withoutLeaveFrees = check({
  id: 'delete-endpoint.without-leave-frees',
  clause: 'network-driver.delete-endpoint.without-leave',
  title: 'The address of an endpoint that was removed without a Leave comes back with another one',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.CreateEndpoint', sameAddress(endpoint, draw), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.delete-endpoint.without-leave#keeps-address',
});

export const twice = check({
  id: 'delete-endpoint.twice',
  clause: 'network-driver.delete-endpoint.repeatable',
  title: 'Removing an endpoint a second time is answered',
  stage: 'last',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { network: aNetwork(), endpoint: aDeletedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything }, mayClose: true },
  brokenBy: 'network-driver.delete-endpoint.repeatable#hangs-second-time',
});

export const twiceHarmsNoOther = check({
  id: 'delete-endpoint.twice-harms-no-other',
  clause: 'network-driver.delete-endpoint.repeatable',
  title: 'Removing an endpoint a second time leaves the other one of its network',
  stage: 'last',
  op: 'NetworkDriver.DeleteEndpoint',
  given: {
    network: aNetwork(),
    endpoint: aDeletedEndpoint({ on: 'network' }),
    other: anEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ other }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(other, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.delete-endpoint.repeatable#takes-another',
});

export const freesAddress = check({
  id: 'delete-endpoint.frees-address',
  clause: 'network-driver.delete-endpoint.frees',
  title: 'A new endpoint is made with the address of one that was removed',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), endpoint: aDeletedEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => sameAddress(endpoint, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-endpoint.frees#keeps-address',
});

export const freesAddress6 = check({
  id: 'delete-endpoint.frees-address6',
  clause: 'network-driver.delete-endpoint.frees',
  title: 'A new endpoint is made with both addresses of one that was removed',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(aDeletedEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => sameAddress(endpoint, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-endpoint.frees#keeps-address6',
});

export const freesMac = check({
  id: 'delete-endpoint.frees-mac',
  clause: 'network-driver.delete-endpoint.frees',
  title: 'A new endpoint is made with the MAC address of one that was removed',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), endpoint: whereAccepted(aDeletedEndpoint({ on: 'network', mac: true })) },
  when: ({ endpoint }, draw) => sameAddress(endpoint, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-endpoint.frees#keeps-mac',
});

import { check, seen } from '../../check.js';
import {
  aRequestLike,
  aRolledBackStart,
  aStoppedContainer,
  manyStoppedContainers,
  sameAddress,
} from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aJoinedEndpoint, anEndpointRequest, idsOf, joinOf } from '../../fixtures/an-endpoint.js';
import { callsOfALife } from '../../fixtures/calls-of-a-life.js';
import { aHostPort, aStoppedPublisher } from '../../fixtures/host-ports.js';
import { aNetworkWithoutPools } from '../../fixtures/released-pools.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { noFactsBut } from '../../patterns/endpoint-patterns.js';

export const canonical = check({
  id: 'flow.canonical',
  clause: 'network-driver.flow.canonical',
  title: 'A container on a network lives from start to stop',
  stage: 'first',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  afterwards: ({ network, request }, _, draw) => callsOfALife(network, request, draw.sandboxKey()),
  brokenBy: 'network-driver.flow.canonical#programmed-stays',
});

export const deleteOrder = check({
  id: 'flow.delete-order',
  clause: 'network-driver.flow.delete-order',
  title: 'A network is removed after its pools were released',
  needs: ['ipam-driver'],
  op: 'NetworkDriver.DeleteNetwork',
  given: {
    network: aNetwork(),
    stopped: aStoppedContainer({ on: 'network' }),
    released: aNetworkWithoutPools({ of: 'network', after: 'stopped' }),
  },
  when: ({ network }) => ({ NetworkID: network.id }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.delete-order#asks-pool',
});

export const rollbackAfterCreate = check({
  id: 'flow.rollback-after-create',
  clause: 'network-driver.flow.rollback',
  title: 'A container starts with the address of a start that failed before Join',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), failed: aRolledBackStart({ on: 'network', after: 'create' }) },
  when: ({ failed }, draw) => sameAddress(failed, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.rollback#after-create',
});

export const rollbackAfterJoin = check({
  id: 'flow.rollback-after-join',
  clause: 'network-driver.flow.rollback',
  title: 'A container joins with the address of a start that failed after Join',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    failed: aRolledBackStart({ on: 'network', after: 'join' }),
    request: aRequestLike({ of: 'failed' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  afterwards: ({ request }, _, draw) => [
    seen('NetworkDriver.Join', joinOf(request, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.flow.rollback#after-join',
});

export const rollbackAfterTwoLeaves = check({
  id: 'flow.rollback-after-two-leaves',
  clause: 'network-driver.flow.rollback',
  title: 'A container starts with the address of a start that failed and left twice',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), failed: aRolledBackStart({ on: 'network', after: 'two-leaves' }) },
  when: ({ failed }, draw) => sameAddress(failed, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.rollback#after-two-leaves',
});

export const restart = check({
  id: 'flow.restart',
  clause: 'network-driver.flow.restart',
  title: 'A container that was stopped gets its address again',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), stopped: aStoppedContainer({ on: 'network' }) },
  when: ({ stopped }, draw) => sameAddress(stopped, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.restart#address-of-first',
});

export const restartWithMac = check({
  id: 'flow.restart-with-mac',
  clause: 'network-driver.flow.restart',
  title: 'A container that was stopped gets its MAC address again',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), stopped: whereAccepted(aStoppedContainer({ on: 'network', mac: true })) },
  when: ({ stopped }, draw) => sameAddress(stopped, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.restart#mac-of-first',
});

export const restartWithPort = check({
  id: 'flow.restart-with-port',
  clause: 'network-driver.flow.restart',
  title: 'A container with a published port that was stopped gets its address and port again',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    stopped: whereAccepted(aStoppedPublisher({ on: 'network', port: 'port' })),
  },
  when: ({ stopped }, draw) => sameAddress(stopped, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.restart#port-of-first',
});

export const restartAndJoin = check({
  id: 'flow.restart-and-join',
  clause: 'network-driver.flow.restart',
  title: 'A container that was stopped joins with its address again',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    stopped: aStoppedContainer({ on: 'network' }),
    request: aRequestLike({ of: 'stopped' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  afterwards: ({ request }, _, draw) => [
    seen('NetworkDriver.Join', joinOf(request, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.flow.restart#joins-once',
});

export const crashLeak = check({
  id: 'flow.crash-leak',
  clause: 'network-driver.flow.crash-leak',
  title: 'A new endpoint gets the address of one that an engine lost',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), lost: aJoinedEndpoint({ on: 'network' }) },
  when: ({ lost }, draw) => sameAddress(lost, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.crash-leak#address-taken',
});

export const crashLeakWithMac = check({
  id: 'flow.crash-leak-with-mac',
  clause: 'network-driver.flow.crash-leak',
  title: 'A new endpoint gets the MAC address of one that an engine lost',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), lost: whereAccepted(aJoinedEndpoint({ on: 'network', mac: true })) },
  when: ({ lost }, draw) => sameAddress(lost, draw),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.flow.crash-leak#mac-taken',
});

export const crashLeakAndJoin = check({
  id: 'flow.crash-leak-and-join',
  clause: 'network-driver.flow.crash-leak',
  title: 'A new endpoint joins with the address of one that an engine lost',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), lost: aJoinedEndpoint({ on: 'network' }), request: aRequestLike({ of: 'lost' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  afterwards: ({ request }, _, draw) => [
    seen('NetworkDriver.Join', joinOf(request, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.flow.crash-leak#join-taken',
});

export const soak = check({
  id: 'flow.soak',
  clause: 'network-driver.flow.soak',
  title: 'A container starts after 200 others that came and went',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    first: manyStoppedContainers({ on: 'network', count: 200 }),
    request: aRequestLike({ of: 'first' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  afterwards: ({ first, request }, _, draw) => [
    seen('NetworkDriver.Join', joinOf(request, draw.sandboxKey()), { succeeds: {} }),
    seen('NetworkDriver.EndpointOperInfo', idsOf(first), { answers: { Value: noFactsBut(idsOf(first)) } }),
  ],
  brokenBy: 'network-driver.flow.soak#runs-out',
});

import { check } from '../../check.js';
import { aLeftEndpoint } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aQuestionAboutGateways } from '../../fixtures/a-question-about-gateways.js';
import { aJoinedEndpoint, anEndpoint, joinRequest } from '../../fixtures/an-endpoint.js';
import { aDeletedNetwork, theNextOnTheSubnetOf } from '../../fixtures/requests.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import {
  aWayOutOrNone,
  createdGateways,
  noDefaultRoute,
  noHalfRoute,
  reachableGateways,
} from '../../patterns/join-patterns.js';
import { absent, anIp, anything, oneOf, present } from '../../patterns/matchers.js';

export const gatewayIp = check({
  id: 'join.gateway-ip',
  clause: 'network-driver.join.gateway-ip',
  title: 'The gateway that Join names is a plain IPv4 address',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { Gateway: oneOf(absent, anIp(4)) } },
  brokenBy: 'network-driver.join.gateway-ip#with-prefix',
});

export const gatewayIp6 = check({
  id: 'join.gateway-ip6',
  clause: 'network-driver.join.gateway-ip',
  title: 'The gateways that Join names are plain addresses of their families',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { Gateway: oneOf(absent, anIp(4)), GatewayIPv6: oneOf(absent, anIp(6)) } },
  brokenBy: 'network-driver.join.gateway-ip#ipv6-with-prefix',
});

export const gatewayIpAgain = check({
  id: 'join.gateway-ip-again',
  clause: 'network-driver.join.gateway-ip',
  title: 'The gateway is a plain IPv4 address when an endpoint joins again',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { answers: { Gateway: oneOf(absent, anIp(4)) } },
  brokenBy: 'network-driver.join.gateway-ip#with-prefix-second-time',
});

export const gatewayInSubnet = check({
  id: 'join.gateway-in-subnet',
  clause: 'network-driver.join.gateway-in-subnet',
  title: 'The endpoint can reach the gateway that Join names',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: reachableGateways(network) }),
  brokenBy: 'network-driver.join.gateway-in-subnet#next-subnet',
});

export const gatewayInSubnet6 = check({
  id: 'join.gateway-in-subnet6',
  clause: 'network-driver.join.gateway-in-subnet',
  title: 'The endpoint can reach the gateways of both families that Join names',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: reachableGateways(network) }),
  brokenBy: 'network-driver.join.gateway-in-subnet#next-subnet6',
});

export const gatewayAsCreated = check({
  id: 'join.gateway-as-created',
  clause: 'network-driver.join.gateway-as-created',
  title: 'Join names the gateway that the network was made with',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: createdGateways(network) }),
  brokenBy: 'network-driver.join.gateway-as-created#last-address',
});

export const gatewayAsCreated6 = check({
  id: 'join.gateway-as-created6',
  clause: 'network-driver.join.gateway-as-created',
  title: 'Join names the gateways of both families that the network was made with',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: createdGateways(network) }),
  brokenBy: 'network-driver.join.gateway-as-created#ipv6-other',
});

export const gatewayOfOwnNetwork = check({
  id: 'join.gateway-of-own-network',
  clause: 'network-driver.join.gateway-as-created',
  title: 'An endpoint of a second network is not given the gateway of the first',
  op: 'NetworkDriver.Join',
  given: { first: aNetwork(), network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ first, network }) => ({ succeeds: createdGateways(network, [first]) }),
  brokenBy: 'network-driver.join.gateway-as-created#first-network',
});

export const gatewayOfOlderNetwork = check({
  id: 'join.gateway-of-older-network',
  clause: 'network-driver.join.gateway-as-created',
  title: 'An endpoint of the first network is not given the gateway of the second',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), second: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ second, network }) => ({ succeeds: createdGateways(network, [second]) }),
  brokenBy: 'network-driver.join.gateway-as-created#newest-network',
});

export const gatewayOfOwnTime = check({
  id: 'join.gateway-of-own-time',
  clause: 'network-driver.join.gateway-as-created',
  title: 'Join names the gateway of the network, neither that of one that is gone nor an auxiliary address',
  op: 'NetworkDriver.Join',
  given: {
    gone: aNetwork(),
    network: whereAccepted(theNextOnTheSubnetOf('gone')),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ gone, network }) => ({ succeeds: createdGateways(network, [gone]) }),
  brokenBy: 'network-driver.join.gateway-as-created#of-subnet-before',
});

export const gatewayOfSecondSubnet = check({
  id: 'join.gateway-of-second-subnet',
  clause: 'network-driver.join.gateway-in-subnet',
  title: 'An endpoint of the second subnet can reach the gateway that Join names',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ several: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network', subnet: 'second' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: reachableGateways(network.second ?? network) }),
  brokenBy: 'network-driver.join.gateway-in-subnet#first-subnet',
});

export const gatewayOfSecondSubnet6 = check({
  id: 'join.gateway-of-second-subnet6',
  clause: 'network-driver.join.gateway-in-subnet',
  title: 'An endpoint of the second IPv6 subnet can reach the IPv6 gateway that Join names',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true, several6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network', subnet: 'second' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network: { second6 } }) => ({
    succeeds: reachableGateways(second6?.pool ? { pool6: second6.pool } : {}),
  }),
  brokenBy: 'network-driver.join.gateway-in-subnet#first-subnet6',
});

export const gatewayOfSecondSubnetDual = check({
  id: 'join.gateway-of-second-subnet-dual',
  clause: 'network-driver.join.gateway-in-subnet',
  title: 'An endpoint of the second IPv4 subnet beside one of IPv6 can reach the gateway that Join names',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ several: true, v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network', subnet: 'second' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network: { second } }) => ({ succeeds: reachableGateways(second?.pool ? { pool: second.pool } : {}) }),
  brokenBy: 'network-driver.join.gateway-in-subnet#first-subnet-beside-v6',
});

export const besideQuestion = check({
  id: 'join.beside-question',
  clause: 'network-driver.create-network.isolated',
  title: 'Endpoints are given a gateway after GwAllocCheck asked about an internal network as before it',
  needs: ['gw-alloc-check'],
  op: 'NetworkDriver.Join',
  given: {
    first: aNetwork(),
    before: aJoinedEndpoint({ on: 'first' }),
    asked: aQuestionAboutGateways({ internal: true }),
    network: aNetwork(),
    endpoint: anEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ before }) => ({ succeeds: { Gateway: before.joined.Gateway ? present : anything } }),
  brokenBy: 'network-driver.create-network.isolated#internal-after-question',
});

export const besideInternal = check({
  id: 'join.beside-internal',
  clause: 'network-driver.create-network.isolated',
  title: 'Endpoints are given a gateway after an internal network came and went as before it',
  op: 'NetworkDriver.Join',
  given: {
    first: aNetwork(),
    before: aJoinedEndpoint({ on: 'first' }),
    internal: whereAccepted(aDeletedNetwork({ internal: true })),
    network: aNetwork(),
    endpoint: anEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ before }) => ({ succeeds: { Gateway: before.joined.Gateway ? present : anything } }),
  brokenBy: 'network-driver.create-network.isolated#internal-after-delete',
});

export const internalFalse = check({
  id: 'join.internal-false',
  clause: 'network-driver.create-network.internal-false',
  title: 'Join names a gateway where the option internal is false as where it is left out',
  op: 'NetworkDriver.Join',
  given: {
    plain: aNetwork(),
    before: aJoinedEndpoint({ on: 'plain' }),
    network: aNetwork({ internal: false }),
    endpoint: anEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ before }) => ({ succeeds: { Gateway: before.joined.Gateway ? present : anything } }),
  brokenBy: 'network-driver.create-network.internal-false#by-presence',
});

export const internal = check({
  id: 'join.internal',
  clause: 'network-driver.join.internal-without-gateway',
  title: 'Join on an internal network names no way out',
  op: 'NetworkDriver.Join',
  given: { network: whereAccepted(aNetwork({ internal: true })), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { Gateway: absent, StaticRoutes: noDefaultRoute } },
  brokenBy: 'network-driver.join.internal-without-gateway#gateway',
});

export const internalHalves = check({
  id: 'join.internal-halves',
  clause: 'network-driver.join.internal-without-gateway',
  title: 'Join on an internal network names no way out in two halves',
  op: 'NetworkDriver.Join',
  given: { network: whereAccepted(aNetwork({ internal: true })), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: noHalfRoute } },
  brokenBy: 'network-driver.join.internal-without-gateway#half-routes',
});

export const internalDual = check({
  id: 'join.internal-dual',
  clause: 'network-driver.join.internal-without-gateway',
  title: 'Join on an internal network of both families names no way out',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ internal: true, v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { Gateway: absent, GatewayIPv6: absent, StaticRoutes: noDefaultRoute } },
  brokenBy: 'network-driver.join.internal-without-gateway#gateway6',
});

export const gatewayService = check({
  id: 'join.gateway-service',
  clause: 'network-driver.join.gateway-service',
  title: 'Join names a way out or keeps the engine from adding one',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: aWayOutOrNone },
  brokenBy: 'network-driver.join.gateway-service#silent',
});

export const gatewayServiceWithoutGateway = check({
  id: 'join.gateway-service-without-gateway',
  clause: 'network-driver.join.gateway-service',
  title: 'Join on a network without a gateway keeps the engine from adding one',
  op: 'NetworkDriver.Join',
  given: { network: whereAccepted(aNetwork({ gateway: false })), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: aWayOutOrNone },
  brokenBy: 'network-driver.join.gateway-service#silent-without-gateway',
});

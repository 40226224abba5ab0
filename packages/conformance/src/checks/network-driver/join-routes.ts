import { check } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aJoinedEndpoint, anEndpoint, joinRequest } from '../../fixtures/an-endpoint.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import {
  maskedRoutes,
  reachableHops,
  routesOnce,
  routesSomewhere,
  routesWithHop,
  typedRoutes,
} from '../../patterns/join-patterns.js';

export const routeDestination = check({
  id: 'join.route-destination',
  clause: 'network-driver.join.route-destination',
  title: 'Each static route has a destination with prefix length',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: routesSomewhere } },
  brokenBy: 'network-driver.join.route-destination#empty',
});

export const routeDestinationWithoutGateway = check({
  id: 'join.route-destination-without-gateway',
  clause: 'network-driver.join.route-destination',
  title: 'Each static route on a network without a gateway has a destination with prefix length',
  op: 'NetworkDriver.Join',
  given: { network: whereAccepted(aNetwork({ gateway: false })), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { answers: { StaticRoutes: routesSomewhere } },
  brokenBy: 'network-driver.join.route-destination#empty-without-gateway',
});

export const routeNextHop = check({
  id: 'join.route-next-hop',
  clause: 'network-driver.join.route-next-hop',
  title: 'Each static route of type 0 has a next hop',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: routesWithHop } },
  brokenBy: 'network-driver.join.route-next-hop#missing',
});

export const routeNextHopFamily = check({
  id: 'join.route-next-hop-family',
  clause: 'network-driver.join.route-next-hop',
  title: 'The next hop of each static route is of the family of its destination, also with both families',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: routesWithHop } },
  brokenBy: 'network-driver.join.route-next-hop#other-family',
});

export const routeBetweenSubnets = check({
  id: 'join.route-between-subnets',
  clause: 'network-driver.join.route-next-hop',
  title: 'Each static route of type 0 has a next hop where a network has two subnets',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ several: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: routesWithHop } },
  brokenBy: 'network-driver.join.route-next-hop#between-subnets',
});

export const routeDestinationBetweenSubnets = check({
  id: 'join.route-destination-between-subnets',
  clause: 'network-driver.join.route-destination',
  title: 'Each static route has a destination with prefix length where a network has two subnets',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ several: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: routesSomewhere } },
  brokenBy: 'network-driver.join.route-destination#empty-between-subnets',
});

export const routeReachable = check({
  id: 'join.route-reachable',
  clause: 'network-driver.join.route-reachable',
  title: 'The endpoint can reach the next hops of its static routes',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: reachableHops(network) }),
  brokenBy: 'network-driver.join.route-reachable#next-subnet',
});

export const routeReachable6 = check({
  id: 'join.route-reachable6',
  clause: 'network-driver.join.route-reachable',
  title: 'An endpoint with both families can reach the next hops of its static routes',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: reachableHops(network) }),
  brokenBy: 'network-driver.join.route-reachable#next-subnet6',
});

export const routeOfOwnNetwork = check({
  id: 'join.route-of-own-network',
  clause: 'network-driver.join.route-reachable',
  title: 'An endpoint has no static routes through another network, of two subnets, that has an endpoint',
  op: 'NetworkDriver.Join',
  given: {
    other: whereAccepted(aNetwork({ several: true })),
    first: whereAccepted(aJoinedEndpoint({ on: 'other' })),
    network: aNetwork(),
    endpoint: anEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ network }) => ({ succeeds: reachableHops(network) }),
  brokenBy: 'network-driver.join.route-reachable#of-other-network',
});

export const routeType = check({
  id: 'join.route-type',
  clause: 'network-driver.join.route-type',
  title: 'Each static route is of type 0, or of type 1 without a next hop',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: typedRoutes } },
  brokenBy: 'network-driver.join.route-type#on-link-through',
});

export const routeOnce = check({
  id: 'join.route-once',
  clause: 'network-driver.join.route-once',
  title: 'No two ways that the second endpoint of a network is given lead to one place',
  op: 'NetworkDriver.Join',
  given: {
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    endpoint: anEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ endpoint }) => ({
    succeeds: routesOnce(endpoint.request.Interface?.Address || endpoint.response.Interface?.Address),
  }),
  brokenBy: 'network-driver.join.route-once#gathered',
});

export const routeOnceOfTwoSubnets = check({
  id: 'join.route-once-of-two-subnets',
  clause: 'network-driver.join.route-once',
  title: 'No two ways that an endpoint of a network with two subnets is given lead to one place',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ several: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ endpoint }) => ({
    succeeds: routesOnce(endpoint.request.Interface?.Address || endpoint.response.Interface?.Address),
  }),
  brokenBy: 'network-driver.join.route-once#of-each-subnet',
});

export const routeMasked = check({
  id: 'join.route-masked',
  clause: 'network-driver.join.route-masked',
  title: 'No static route has host bits in its destination',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: maskedRoutes } },
  brokenBy: 'network-driver.join.route-masked#host-bits',
});

export const routeMasked6 = check({
  id: 'join.route-masked6',
  clause: 'network-driver.join.route-masked',
  title: 'No static route of an endpoint with both families has host bits in its destination',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { StaticRoutes: maskedRoutes } },
  brokenBy: 'network-driver.join.route-masked#host-bits6',
});

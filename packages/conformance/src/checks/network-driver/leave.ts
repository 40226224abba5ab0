import { check, seen } from '../../check.js';
import { aLeftEndpoint, aRejoinedEndpoint } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aJoinedEndpoint, anEndpoint, idsOf, joinRequest } from '../../fixtures/an-endpoint.js';
import { anEndpointAfter } from '../../fixtures/host-ports.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { anything } from '../../patterns/matchers.js';

export const succeeds = check({
  id: 'leave.succeeds',
  clause: 'network-driver.leave.succeeds',
  title: 'A joined endpoint leaves',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.leave.succeeds#refused',
});

export const afterRejoin = check({
  id: 'leave.after-rejoin',
  clause: 'network-driver.leave.succeeds',
  title: 'An endpoint that joined again leaves again',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: aRejoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.leave.succeeds#refused-second-time',
});

export const afterInfo = check({
  id: 'leave.after-info',
  clause: 'network-driver.leave.succeeds',
  title: 'A joined endpoint that was asked about leaves',
  op: 'NetworkDriver.Leave',
  given: {
    network: aNetwork(),
    endpoint: aJoinedEndpoint({ on: 'network' }),
    told: anEndpointAfter('NetworkDriver.EndpointOperInfo', { of: 'endpoint' }),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.leave.succeeds#refused-after-info',
});

export const dual = check({
  id: 'leave.dual',
  clause: 'network-driver.leave.succeeds',
  title: 'An endpoint with addresses of both families leaves',
  op: 'NetworkDriver.Leave',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(aJoinedEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.leave.succeeds#refuses-ipv6',
});

export const twice = check({
  id: 'leave.twice',
  clause: 'network-driver.leave.repeatable',
  title: 'A second Leave is answered',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything } },
  brokenBy: 'network-driver.leave.repeatable#closes-second-time',
});

export const twiceKeepsEndpoint = check({
  id: 'leave.twice-keeps-endpoint',
  clause: 'network-driver.leave.keeps-endpoint',
  title: 'An endpoint that left twice joins again',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything } },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.leave.keeps-endpoint#second-drops',
});

export const withoutJoin = check({
  id: 'leave.without-join',
  clause: 'network-driver.leave.without-join',
  title: 'Leave of an endpoint that did not join is answered',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything } },
  brokenBy: 'network-driver.leave.without-join#closes',
});

export const withoutJoinKeepsEndpoint = check({
  id: 'leave.without-join-keeps-endpoint',
  clause: 'network-driver.leave.keeps-endpoint',
  title: 'An endpoint joins after a Leave that came before it',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything } },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.leave.keeps-endpoint#unjoined-drops',
});

export const unknown = check({
  id: 'leave.unknown',
  clause: 'network-driver.leave.unknown',
  title: 'Leave of an unknown endpoint is answered',
  stage: 'last',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork() },
  when: ({ network }, draw) => ({ NetworkID: network.id, EndpointID: draw.endpointId() }),
  expect: { wire: { status: anything }, mayClose: true },
  brokenBy: 'network-driver.leave.unknown#hangs-on-unknown',
});

export const unknownNetwork = check({
  id: 'leave.unknown-network',
  clause: 'network-driver.leave.unknown',
  title: 'Leave on an unknown network is answered',
  stage: 'last',
  op: 'NetworkDriver.Leave',
  given: {},
  when: (_, draw) => ({ NetworkID: draw.networkId(), EndpointID: draw.endpointId() }),
  expect: { wire: { status: anything }, mayClose: true },
  brokenBy: 'network-driver.leave.unknown#hangs-on-network',
});

import { check, seen } from '../../check.js';
import { aLeftEndpoint, aRejoinedEndpoint } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aDeletedEndpoint, aJoinedEndpoint, anEndpoint, idsOf, joinRequest } from '../../fixtures/an-endpoint.js';
import { aHostPort, publishing } from '../../fixtures/host-ports.js';
import { sameAs } from '../../patterns/addresses.js';
import { otherThan } from '../../patterns/endpoint-patterns.js';
import { aLinkAs } from '../../patterns/join-patterns.js';
import { anything } from '../../patterns/matchers.js';

export const unknown = check({
  id: 'join.unknown',
  clause: 'network-driver.join.unknown',
  title: 'An endpoint that was never made cannot join',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => ({
    ...joinRequest(endpoint, draw.sandboxKey()),
    EndpointID: draw.endpointId(),
  }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'network-driver.join.unknown#accepts-unknown',
});

export const deleted = check({
  id: 'join.deleted',
  clause: 'network-driver.join.unknown',
  title: 'An endpoint that was removed cannot join',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: aDeletedEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'network-driver.join.unknown#accepts-deleted',
});

export const otherNetwork = check({
  id: 'join.other-network',
  clause: 'network-driver.join.unknown',
  title: 'An endpoint cannot join on a network that is not its own',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), other: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint, other }, draw) => ({ ...joinRequest(endpoint, draw.sandboxKey()), NetworkID: other.id }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'network-driver.join.unknown#accepts-network',
});

export const twice = check({
  id: 'join.twice',
  clause: 'network-driver.join.twice',
  title: 'A second Join is refused, or names the same link',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => joinRequest(endpoint, endpoint.sandboxKey),
  expect: ({ endpoint }) => ({
    answers: { InterfaceName: { SrcName: sameAs(endpoint.joined.InterfaceName?.SrcName) } },
  }),
  brokenBy: 'network-driver.join.twice#other-link',
});

export const twiceKeepsEndpoint = check({
  id: 'join.twice-keeps-endpoint',
  clause: 'network-driver.join.twice',
  title: 'An endpoint that joined twice can leave and join again',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: {
    network: aNetwork(),
    other: aRejoinedEndpoint({ on: 'network' }),
    endpoint: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }) => joinRequest(endpoint, endpoint.sandboxKey),
  expect: { answers: {} },
  afterwards: ({ endpoint }) => [
    seen('NetworkDriver.Leave', idsOf(endpoint), { answers: {} }),
    seen('NetworkDriver.Join', joinRequest(endpoint, endpoint.sandboxKey), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.join.twice#drops',
});

export const rejoin = check({
  id: 'join.rejoin',
  clause: 'network-driver.join.rejoin',
  title: 'An endpoint that left joins the same sandbox again',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => joinRequest(endpoint, endpoint.sandboxKey),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.rejoin#refused',
});

export const rejoinOther = check({
  id: 'join.rejoin-other',
  clause: 'network-driver.join.rejoin',
  title: 'An endpoint that left joins another sandbox',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.rejoin#other-sandbox',
});

export const rejoinWithLink = check({
  id: 'join.rejoin-with-link',
  clause: 'network-driver.join.rejoin',
  title: 'An endpoint that had a link has one when it joins again',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: ({ endpoint }) => ({ succeeds: { InterfaceName: aLinkAs(endpoint.joined) } }),
  brokenBy: 'network-driver.join.rejoin#no-link',
});

export const nullOptions = check({
  id: 'join.null-options',
  clause: 'network-driver.join.options',
  title: 'An endpoint joins with Options null',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => ({ ...joinRequest(endpoint, draw.sandboxKey()), Options: null }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.options#refuses-null',
});

export const emptyOptions = check({
  id: 'join.empty-options',
  clause: 'network-driver.join.options',
  title: 'An endpoint joins with empty Options',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => ({ ...joinRequest(endpoint, draw.sandboxKey()), Options: {} }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.options#wants-portmap',
});

export const publishedPort = check({
  id: 'join.published-port',
  clause: 'network-driver.join.options',
  title: 'An endpoint joins with a published port of protocol 132',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }), port: aHostPort() },
  when: ({ endpoint, port }, draw) => ({
    ...joinRequest(endpoint, draw.sandboxKey()),
    Options: publishing(port, 132),
  }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.options#refuses-sctp',
});

export const anyHostPort = check({
  id: 'join.any-host-port',
  clause: 'network-driver.join.options',
  title: 'An endpoint joins with a published port whose host port is open',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => ({ ...joinRequest(endpoint, draw.sandboxKey()), Options: publishing(0) }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.options#wants-host-port',
});

export const sameSandbox = check({
  id: 'join.same-sandbox',
  clause: 'network-driver.join.one-sandbox',
  title: 'Endpoints of two networks join one sandbox',
  op: 'NetworkDriver.Join',
  given: {
    first: aNetwork(),
    joined: aJoinedEndpoint({ on: 'first' }),
    second: aNetwork(),
    endpoint: anEndpoint({ on: 'second' }),
  },
  when: ({ endpoint, joined }) => joinRequest(endpoint, joined.sandboxKey),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.one-sandbox#refuses-second',
});

export const sameSandboxOtherLink = check({
  id: 'join.same-sandbox-other-link',
  clause: 'network-driver.join.one-sandbox',
  title: 'Endpoints of two networks in one sandbox have links that differ',
  op: 'NetworkDriver.Join',
  given: {
    first: aNetwork(),
    joined: aJoinedEndpoint({ on: 'first' }),
    second: aNetwork(),
    endpoint: anEndpoint({ on: 'second' }),
  },
  when: ({ endpoint, joined }) => joinRequest(endpoint, joined.sandboxKey),
  expect: ({ joined }) => ({
    answers: { InterfaceName: { SrcName: otherThan(joined.joined.InterfaceName?.SrcName) } },
  }),
  brokenBy: 'network-driver.join.one-sandbox#same-link',
});

export const sandboxToCome = check({
  id: 'join.sandbox-to-come',
  clause: 'network-driver.join.sandbox-key',
  title: 'An endpoint joins a sandbox whose path does not exist yet',
  stage: 'first',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.sandbox-key#wants-existing',
});

export const rootlessSandbox = check({
  id: 'join.rootless-sandbox',
  clause: 'network-driver.join.sandbox-key',
  title: 'An endpoint joins a sandbox below another folder',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) =>
    joinRequest(endpoint, draw.sandboxKey().replace('/var/run/docker', '/run/user/1000/docker')),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.sandbox-key#docker-path-only',
});

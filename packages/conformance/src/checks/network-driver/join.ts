import { burstCheck, check } from '../../check.js';
import { aLeftEndpoint } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aJoinedEndpoint, anEndpoint, joinRequest } from '../../fixtures/an-endpoint.js';
import { severalEndpoints } from '../../fixtures/several-endpoints.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { otherThan } from '../../patterns/endpoint-patterns.js';
import { aLinkName, aLinkWithoutDstName, aNamedLink, aPrefixedLink } from '../../patterns/join-patterns.js';
import { interfaceNamesDiffer } from '../../patterns/of-bursts.js';

export const shape = check({
  id: 'join.shape',
  clause: 'network-driver.join.shape',
  title: 'An endpoint joins, and the answer has the documented types',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.shape#name-text',
});

export const shapeDual = check({
  id: 'join.shape-dual',
  clause: 'network-driver.join.shape',
  title: 'An endpoint of both families joins, and the answer has the documented types',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.join.shape#routes-text',
});

export const srcName = check({
  id: 'join.src-name',
  clause: 'network-driver.join.src-name',
  title: 'The link that Join names has a name that Linux takes',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { InterfaceName: aLinkName } },
  brokenBy: 'network-driver.join.src-name#too-long',
});

export const srcNamePresent = check({
  id: 'join.src-name-present',
  clause: 'network-driver.join.src-name-present',
  title: 'An InterfaceName has a SrcName',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { InterfaceName: aNamedLink } },
  brokenBy: 'network-driver.join.src-name-present#empty',
});

export const srcNamePresentAgain = check({
  id: 'join.src-name-present-again',
  clause: 'network-driver.join.src-name-present',
  title: 'An InterfaceName has a SrcName when an endpoint joins again',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { answers: { InterfaceName: aNamedLink } },
  brokenBy: 'network-driver.join.src-name-present#missing-second-time',
});

export const srcNameUnique = check({
  id: 'join.src-name-unique',
  clause: 'network-driver.join.src-name-unique',
  title: 'Two endpoints of a network have links with different names',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), first: aJoinedEndpoint({ on: 'network' }), second: anEndpoint({ on: 'network' }) },
  when: ({ second }, draw) => joinRequest(second, draw.sandboxKey()),
  expect: ({ first }) => ({
    succeeds: { InterfaceName: { SrcName: otherThan(first.joined.InterfaceName?.SrcName) } },
  }),
  brokenBy: 'network-driver.join.src-name-unique#of-network',
});

export const srcNameUniqueOnHost = check({
  id: 'join.src-name-unique-on-host',
  clause: 'network-driver.join.src-name-unique',
  title: 'Endpoints of two networks have links with different names',
  op: 'NetworkDriver.Join',
  given: {
    network: aNetwork(),
    other: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    second: anEndpoint({ on: 'other' }),
  },
  when: ({ second }, draw) => joinRequest(second, draw.sandboxKey()),
  expect: ({ first }) => ({
    succeeds: { InterfaceName: { SrcName: otherThan(first.joined.InterfaceName?.SrcName) } },
  }),
  brokenBy: 'network-driver.join.src-name-unique#counted-by-network',
});

export const srcNameUniqueAfterLeave = check({
  id: 'join.src-name-unique-after-leave',
  clause: 'network-driver.join.src-name-unique',
  title: 'Two endpoints that join after another one left have links with different names',
  op: 'NetworkDriver.Join',
  given: {
    network: aNetwork(),
    left: aLeftEndpoint({ on: 'network' }),
    first: aJoinedEndpoint({ on: 'network' }),
    second: anEndpoint({ on: 'network' }),
  },
  when: ({ second }, draw) => joinRequest(second, draw.sandboxKey()),
  expect: ({ first }) => ({
    succeeds: { InterfaceName: { SrcName: otherThan(first.joined.InterfaceName?.SrcName) } },
  }),
  brokenBy: 'network-driver.join.src-name-unique#reused',
});

export const srcNameUniqueOfMany = burstCheck({
  id: 'join.src-name-unique-of-many',
  clause: 'network-driver.join.src-name-unique',
  title: 'Forty endpoints of a network, or all that there can be, have links with different names',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoints: severalEndpoints({ on: 'network', count: 40 }) },
  when: ({ endpoints }, draw) => endpoints.map((endpoint) => joinRequest(endpoint, draw.sandboxKey())),
  expect: { answers: {} },
  together: [interfaceNamesDiffer],
  brokenBy: 'network-driver.join.src-name-unique#wraps',
});

export const dstPrefix = check({
  id: 'join.dst-prefix',
  clause: 'network-driver.join.dst-prefix',
  title: 'The prefix for the name in the container leaves room for an index',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { InterfaceName: aPrefixedLink } },
  brokenBy: 'network-driver.join.dst-prefix#missing',
});

export const dstName = check({
  id: 'join.dst-name',
  clause: 'network-driver.join.dst-name',
  title: 'A DstName does not stand for the prefix',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: { InterfaceName: aLinkWithoutDstName } },
  brokenBy: 'network-driver.join.dst-name#name-for-prefix',
});

import { burstCheck, check, seen } from '../../check.js';
import { aRejoinedEndpoint } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aRefusedEndpoint } from '../../fixtures/a-refused-endpoint.js';
import { aJoinedEndpoint, anEndpoint, anEndpointRequest, idsOf, joinRequest } from '../../fixtures/an-endpoint.js';
import { aNetworkRequest, theEndOf } from '../../fixtures/requests.js';
import { requestsOnNetworks, severalEndpoints, severalJoinedEndpoints } from '../../fixtures/several-endpoints.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { anything } from '../../patterns/matchers.js';
import { interfaceNamesDiffer } from '../../patterns/of-bursts.js';

export const unknownNetwork = check({
  id: 'create-endpoint.unknown-network',
  clause: 'network-driver.create-endpoint.unknown-network',
  title: 'An endpoint on a network that was never made is refused',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }, draw) => ({ ...request, NetworkID: draw.networkId() }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'network-driver.create-endpoint.unknown-network#accepts-unknown',
});

export const deletedNetwork = check({
  id: 'create-endpoint.deleted-network',
  clause: 'network-driver.create-endpoint.unknown-network',
  title: 'An endpoint on a network that was removed is refused',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    request: anEndpointRequest({ on: 'network' }),
    gone: theEndOf('network', { before: 'request' }),
  },
  when: ({ request }) => request,
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'network-driver.create-endpoint.unknown-network#accepts-deleted',
});

export const dualNetwork = check({
  id: 'create-endpoint.dual-network',
  clause: 'network-driver.create-endpoint.dual-stack',
  title: 'A network with both families is made or refused cleanly',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: whereAccepted(aNetworkRequest({ v6: true })) },
  when: ({ request }) => request,
  expect: { answers: {} },
  brokenBy: 'network-driver.create-endpoint.dual-stack#closes-network',
});

export const dualEndpoint = check({
  id: 'create-endpoint.dual-endpoint',
  clause: 'network-driver.create-endpoint.dual-stack',
  title: 'An endpoint with addresses of both families is made',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: whereAccepted(aNetwork({ v6: true })), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.dual-stack#refuses-endpoint',
});

export const dualJoin = check({
  id: 'create-endpoint.dual-join',
  clause: 'network-driver.create-endpoint.dual-stack',
  title: 'An endpoint with addresses of both families joins',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.dual-stack#refuses-join',
});

export const ipv6OnlyNetwork = check({
  id: 'create-endpoint.ipv6-only-network',
  clause: 'network-driver.create-endpoint.ipv6-only',
  title: 'A network without IPv4 is made or refused cleanly',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: whereAccepted(aNetworkRequest({ v4: false, v6: true })) },
  when: ({ request }) => request,
  expect: { answers: {} },
  brokenBy: 'network-driver.create-endpoint.ipv6-only#closes-network',
});

export const ipv6OnlyEndpoint = check({
  id: 'create-endpoint.ipv6-only-endpoint',
  clause: 'network-driver.create-endpoint.ipv6-only',
  title: 'An endpoint without an IPv4 address is made',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: whereAccepted(aNetwork({ v4: false, v6: true })), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.ipv6-only#refuses-endpoint',
});

export const ipv6OnlyJoin = check({
  id: 'create-endpoint.ipv6-only-join',
  clause: 'network-driver.create-endpoint.ipv6-only',
  title: 'An endpoint without an IPv4 address joins',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: {
    network: whereAccepted(aNetwork({ v4: false, v6: true })),
    endpoint: whereAccepted(anEndpoint({ on: 'network' })),
  },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.ipv6-only#closes-join',
});

export const sameIdAfterRefusal = check({
  id: 'create-endpoint.same-id-after-refusal',
  clause: 'network-driver.create-endpoint.same-id',
  title: 'An endpoint is made after a try with a wrong address was refused',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: aRefusedEndpoint({ on: 'network', spoilt: 'address' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.same-id#keeps-id',
});

export const sameAddressAfterRefusal = check({
  id: 'create-endpoint.same-address-after-refusal',
  clause: 'network-driver.create-endpoint.fails-clean',
  title: 'A new endpoint gets the address of one that was refused for its MAC address',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: aRefusedEndpoint({ on: 'network', spoilt: 'mac' }) },
  when: ({ request }, draw) => ({ ...request, EndpointID: draw.endpointId() }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.fails-clean#keeps-address',
});

export const sameMacAfterRefusal = check({
  id: 'create-endpoint.same-mac-after-refusal',
  clause: 'network-driver.create-endpoint.fails-clean',
  title: 'A new endpoint gets the MAC address of one that was refused for its network',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: whereAccepted(anEndpoint({ on: 'network', mac: true })),
    request: aRefusedEndpoint({ on: 'network', spoilt: 'network', mac: true }),
  },
  when: ({ request }, draw) => ({ ...request, EndpointID: draw.endpointId() }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.fails-clean#keeps-mac',
});

export const duplicate = check({
  id: 'create-endpoint.duplicate',
  clause: 'network-driver.create-endpoint.duplicate',
  title: 'An endpoint that is made twice can join',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => endpoint.request,
  expect: { answers: {} },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.create-endpoint.duplicate#drops-first',
});

export const duplicateOfJoined = check({
  id: 'create-endpoint.duplicate-of-joined',
  clause: 'network-driver.create-endpoint.duplicate',
  title: 'A joined endpoint that is made a second time can leave and join again',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    other: aRejoinedEndpoint({ on: 'network' }),
    endpoint: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }) => endpoint.request,
  expect: { answers: {} },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Leave', idsOf(endpoint), { answers: {} }),
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.create-endpoint.duplicate#drops-joined',
});

export const parallelCreates = burstCheck({
  id: 'create-endpoint.parallel-creates',
  clause: 'network-driver.create-endpoint.parallel',
  title: 'Endpoints on 8 networks, or all that there can be, are made at the same time',
  op: 'NetworkDriver.CreateEndpoint',
  given: { requests: requestsOnNetworks(8) },
  when: ({ requests }) => requests,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.parallel#busy-create',
});

export const parallelJoins = burstCheck({
  id: 'create-endpoint.parallel-joins',
  clause: 'network-driver.create-endpoint.parallel',
  title: 'Twenty endpoints of a network, or all that there can be, join at once, each with its own link',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoints: severalEndpoints({ on: 'network', count: 20 }) },
  when: ({ endpoints }, draw) => endpoints.map((endpoint) => joinRequest(endpoint, draw.sandboxKey())),
  expect: { succeeds: {} },
  together: [interfaceNamesDiffer],
  brokenBy: 'network-driver.create-endpoint.parallel#shared-link',
});

export const parallelLeaves = burstCheck({
  id: 'create-endpoint.parallel-leaves',
  clause: 'network-driver.create-endpoint.parallel',
  title: 'Twenty endpoints of a network, or all that there can be, leave at the same time',
  op: 'NetworkDriver.Leave',
  given: {
    network: aNetwork(),
    endpoints: severalJoinedEndpoints({ on: 'network', count: 20 }),
  },
  when: ({ endpoints }) => endpoints.map(idsOf),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.parallel#busy-leave',
});

export const parallelDeletes = burstCheck({
  id: 'create-endpoint.parallel-deletes',
  clause: 'network-driver.create-endpoint.parallel',
  title: 'Twenty endpoints of a network, or all that there can be, are removed at the same time',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { network: aNetwork(), endpoints: severalEndpoints({ on: 'network', count: 20 }) },
  when: ({ endpoints }) => endpoints.map(idsOf),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.parallel#busy-delete',
});

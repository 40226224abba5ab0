import { check, seen } from '../../check.js';
import { aFurtherNetworkRequest, aNetwork } from '../../fixtures/a-network.js';
import { anAllocation } from '../../fixtures/an-allocation.js';
import { anEndpoint, anEndpointRequest, joinRequest } from '../../fixtures/an-endpoint.js';
import { aNetworkRequest, aNetworkRequestWithAux, aRefusedNetwork } from '../../fixtures/requests.js';
import { severalNetworks } from '../../fixtures/several-endpoints.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { containing } from '../../patterns/matchers.js';

export const accepted = check({
  id: 'create-network.accepted',
  clause: 'network-driver.create-network.accepted',
  title: 'A network as engines ask for it is made',
  stage: 'first',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.accepted#refuses-ipv4-only',
});

export const second = check({
  id: 'create-network.second',
  clause: 'network-driver.create-network.further',
  title: 'A second network is made beside the first',
  op: 'NetworkDriver.CreateNetwork',
  given: { first: aNetwork(), request: aFurtherNetworkRequest() },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.further#refuses-second',
});

export const secondDual = check({
  id: 'create-network.second-dual',
  clause: 'network-driver.create-network.further',
  title: 'A second network with IPv6 is made beside the first',
  op: 'NetworkDriver.CreateNetwork',
  given: { first: whereAccepted(aNetwork({ v6: true })), request: aFurtherNetworkRequest({ v6: true }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.further#refuses-second-dual',
});

export const swarmId = check({
  id: 'create-network.swarm-id',
  clause: 'network-driver.create-network.swarm-ids',
  title: 'A network with an id of 25 characters is made',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest({ swarm: true }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.swarm-ids#hex-only',
});

export const swarmIdKept = check({
  id: 'create-network.swarm-id-kept',
  clause: 'network-driver.create-network.opaque-id',
  title: 'A network with an id of 25 characters takes a second endpoint',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: whereAccepted(aNetwork({ swarm: true })),
    first: anEndpoint({ on: 'network' }),
    request: anEndpointRequest({ on: 'network' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.opaque-id#loses-short-ids',
});

export const nullIpv6 = check({
  id: 'create-network.null-ipv6',
  clause: 'network-driver.create-network.null-ipv6',
  title: 'A network with IPv6Data null is made',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({ ...request, IPv6Data: null }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.null-ipv6#refuses-null',
});

export const noGateway = check({
  id: 'create-network.no-gateway',
  clause: 'network-driver.create-network.no-gateway',
  title: 'A network without a gateway is made',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest({ gateway: false }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.no-gateway#wants-gateway',
});

export const nullIpam = check({
  id: 'create-network.null-ipam',
  clause: 'network-driver.create-network.null-ipam',
  title: 'The pool of the null IPAM driver is taken or refused cleanly',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({ ...request, IPv4Data: [{ AddressSpace: 'null', Pool: '0.0.0.0/0' }] }),
  expect: { answers: {} },
  brokenBy: 'network-driver.create-network.null-ipam#closes-on-null',
});

export const twoSubnets = check({
  id: 'create-network.two-subnets',
  clause: 'network-driver.create-network.several-subnets',
  title: 'A network with two IPv4 subnets is made or refused cleanly',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest(), other: aNetworkRequest() },
  when: ({ request, other }) => ({ ...request, IPv4Data: [...(request.IPv4Data ?? []), ...(other.IPv4Data ?? [])] }),
  expect: { answers: {} },
  brokenBy: 'network-driver.create-network.several-subnets#closes-on-two',
});

export const secondSubnet = check({
  id: 'create-network.second-subnet',
  clause: 'network-driver.create-network.several-subnets',
  title: 'An endpoint with an address of the second subnet is made',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: whereAccepted(aNetwork({ several: true })),
    request: whereAccepted(anEndpointRequest({ on: 'network', subnet: 'second' })),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.several-subnets#drops-second',
});

export const firstSubnet = check({
  id: 'create-network.first-subnet',
  clause: 'network-driver.create-network.several-subnets',
  title: 'An endpoint with an address of the first of two subnets is made',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: whereAccepted(aNetwork({ several: true })), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.several-subnets#drops-first',
});

export const auxAddresses = check({
  id: 'create-network.aux-addresses',
  clause: 'network-driver.create-network.aux-addresses',
  title: 'A network with a reserved address in CIDR form is made',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequestWithAux() },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.aux-addresses#wants-plain',
});

export const emptyAuxAddresses = check({
  id: 'create-network.empty-aux-addresses',
  clause: 'network-driver.create-network.aux-addresses',
  title: 'A network with an empty map of reserved addresses is made',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({
    ...request,
    IPv4Data: (request.IPv4Data ?? []).map((data) => ({ ...data, AuxAddresses: {} })),
  }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.aux-addresses#refuses-empty-map',
});

export const unicodeAuxAddresses = check({
  id: 'create-network.unicode-aux-addresses',
  clause: 'network-driver.create-network.aux-addresses',
  title: 'A network with a reserved address under a name beyond ASCII is made',
  op: 'NetworkDriver.CreateNetwork',
  given: { accepted: whereAccepted(aNetworkRequestWithAux()), request: aNetworkRequestWithAux('Prüfgerät') },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.aux-addresses#ascii-only',
});

export const enableIpv4 = check({
  id: 'create-network.enable-ipv4',
  clause: 'network-driver.create-network.enable-ipv4',
  title: 'A network is made with the options of an engine since 28.0',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({ ...request, Options: { ...request.Options, 'com.docker.network.enable_ipv4': true } }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.enable-ipv4#refuses',
});

export const olderOptions = check({
  id: 'create-network.older-options',
  clause: 'network-driver.create-network.missing-options',
  title: 'A network is made with the options of an engine before 28.0',
  stage: 'first',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({
    ...request,
    Options: {
      'com.docker.network.enable_ipv6': false,
      'com.docker.network.generic': request.Options?.['com.docker.network.generic'] ?? {},
    },
  }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.missing-options#wants-enable-ipv4',
});

export const unknownOption = check({
  id: 'create-network.unknown-option',
  clause: 'network-driver.create-network.unknown-option',
  title: 'An unknown option of the user is ignored, or refused by its name',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({
    ...request,
    Options: {
      ...request.Options,
      'com.docker.network.generic': { ...request.Options?.['com.docker.network.generic'], 'opencnm.unknown': 'x' },
    },
  }),
  expect: { answers: {}, refusal: containing('opencnm.unknown') },
  brokenBy: 'network-driver.create-network.unknown-option#nameless',
});

export const unicodeOption = check({
  id: 'create-network.unicode-option',
  clause: 'network-driver.create-network.unknown-option',
  title: 'An unknown option with letters beyond ASCII is ignored, or refused by its name',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({
    ...request,
    Options: {
      ...request.Options,
      'com.docker.network.generic': { ...request.Options?.['com.docker.network.generic'], 'opencnm.unknown': 'Zürich' },
    },
  }),
  expect: { answers: {}, refusal: containing('opencnm.unknown') },
  brokenBy: 'network-driver.create-network.unknown-option#ascii-only',
});

export const failsClean = check({
  id: 'create-network.fails-clean',
  clause: 'network-driver.create-network.fails-clean',
  title: 'A network is made with an id that was refused before',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aRefusedNetwork() },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.fails-clean#keeps-id',
});

export const duplicate = check({
  id: 'create-network.duplicate',
  clause: 'network-driver.create-network.duplicate',
  title: 'A second CreateNetwork with a live id leaves the endpoints of the first',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ network }) => network.request,
  expect: { answers: {} },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.create-network.duplicate#drops-endpoints',
});

export const isolated = check({
  id: 'create-network.isolated-delete',
  clause: 'network-driver.create-network.isolated',
  title: 'Removing one network leaves the endpoints of another',
  op: 'NetworkDriver.DeleteNetwork',
  given: { kept: aNetwork(), endpoint: anEndpoint({ on: 'kept' }), other: aNetwork() },
  when: ({ other }) => ({ NetworkID: other.id }),
  expect: { succeeds: {} },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.create-network.isolated#delete-takes-all',
});

export const isolatedOlder = check({
  id: 'create-network.isolated-delete-older',
  clause: 'network-driver.create-network.isolated',
  title: 'Removing an older network that has an endpoint leaves the endpoints of the newest',
  stage: 'last',
  op: 'NetworkDriver.DeleteNetwork',
  given: {
    other: aNetwork(),
    left: anEndpoint({ on: 'other' }),
    kept: aNetwork(),
    endpoint: anEndpoint({ on: 'kept' }),
  },
  when: ({ other }) => ({ NetworkID: other.id }),
  expect: { answers: {} },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.create-network.isolated#full-delete-empties-newest',
});

export const isolatedOfMany = check({
  id: 'create-network.isolated-of-many',
  clause: 'network-driver.create-network.isolated',
  title: 'An endpoint joins after many other networks, or all that there can be, were made',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }), others: severalNetworks(15) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.isolated#eight-at-most',
});

export const allocatedOptions = check({
  id: 'create-network.allocated-options',
  clause: 'network-driver.create-network.allocated-options',
  title: 'A network is made with the options that AllocateNetwork returned',
  needs: ['scope-global'],
  op: 'NetworkDriver.CreateNetwork',
  given: { allocation: anAllocation(), request: aNetworkRequest({ swarm: true }) },
  when: ({ request, allocation }) => ({
    ...request,
    NetworkID: allocation.id,
    Options: { ...request.Options, 'com.docker.network.generic': allocation.options },
  }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-network.allocated-options#refuses-own-options',
});

import { check } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aDeletedEndpoint, anEndpoint, anEndpointRequest } from '../../fixtures/an-endpoint.js';
import { anEndpointAfter } from '../../fixtures/host-ports.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { withoutAddresses } from '../../fixtures/without-addresses.js';
import { anAddressCidr } from '../../patterns/addresses.js';
import { aMac, anAddressBut, aUnicastMac, nothingOf, otherThan } from '../../patterns/endpoint-patterns.js';
import { absent, anAddressIn, anything, oneOf, present } from '../../patterns/matchers.js';

export const echoesNothing = check({
  id: 'create-endpoint.echoes-no-address',
  clause: 'network-driver.create-endpoint.echoes-nothing',
  title: 'An endpoint made with an address is answered without one',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ succeeds: nothingOf(request) }),
  brokenBy: 'network-driver.create-endpoint.echoes-nothing#echoes-address',
});

export const echoesNoMac = check({
  id: 'create-endpoint.echoes-no-mac',
  clause: 'network-driver.create-endpoint.echoes-nothing',
  title: 'An endpoint made with a MAC address is answered without one',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network', mac: true }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: nothingOf(request) }),
  brokenBy: 'network-driver.create-endpoint.echoes-nothing#echoes-mac',
});

export const changesNoMac = check({
  id: 'create-endpoint.changes-no-mac',
  clause: 'network-driver.create-endpoint.echoes-nothing',
  title: 'A MAC address without an address is not answered with another one',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: withoutAddresses({ on: 'network' }),
    request: anEndpointRequest({ on: 'network', mac: true, address: false }),
  },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: nothingOf(request) }),
  brokenBy: 'network-driver.create-endpoint.echoes-nothing#changes-mac',
});

export const echoesNoAddress6 = check({
  id: 'create-endpoint.echoes-no-address6',
  clause: 'network-driver.create-endpoint.echoes-nothing',
  title: 'An endpoint made with addresses of both families is answered without them',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: whereAccepted(aNetwork({ v6: true })), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: nothingOf(request) }),
  brokenBy: 'network-driver.create-endpoint.echoes-nothing#echoes-address6',
});

export const secondEchoesNothing = check({
  id: 'create-endpoint.second-echoes-nothing',
  clause: 'network-driver.create-endpoint.echoes-nothing',
  title: 'The second endpoint of a network is answered without the address it was made with',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), first: anEndpoint({ on: 'network' }), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ succeeds: nothingOf(request) }),
  brokenBy: 'network-driver.create-endpoint.echoes-nothing#echoes-second',
});

export const ipv6OnlyEchoesNothing = check({
  id: 'create-endpoint.ipv6-only-echoes-nothing',
  clause: 'network-driver.create-endpoint.echoes-nothing',
  title: 'An endpoint made with an IPv6 address alone is answered without it',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: whereAccepted(aNetwork({ v4: false, v6: true })), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: nothingOf(request) }),
  brokenBy: 'network-driver.create-endpoint.echoes-nothing#echoes-address6-alone',
});

export const besideEchoesNothing = check({
  id: 'create-endpoint.beside-echoes-nothing',
  clause: 'network-driver.create-endpoint.echoes-nothing',
  title: 'An endpoint made with a MAC address is answered without one when there are two networks',
  op: 'NetworkDriver.CreateEndpoint',
  given: { other: aNetwork(), network: aNetwork(), request: anEndpointRequest({ on: 'network', mac: true }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: nothingOf(request) }),
  brokenBy: 'network-driver.create-endpoint.echoes-nothing#echoes-mac-beside',
});

export const addressUnique = check({
  id: 'create-endpoint.address-unique',
  clause: 'network-driver.create-endpoint.address-unique',
  title: 'Two endpoints of a network are supplied with IPv4 addresses that differ',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    first: whereAccepted(anEndpoint({ on: 'network', address: false })),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: ({ first }) => ({ answers: { Interface: { Address: anAddressBut(first.response.Interface?.Address) } } }),
  brokenBy: 'network-driver.create-endpoint.address-unique#same',
});

export const addressUniqueAfterDelete = check({
  id: 'create-endpoint.address-unique-after-delete',
  clause: 'network-driver.create-endpoint.address-unique',
  title: 'The IPv4 address of a live endpoint is not supplied again after another was removed',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    gone: whereAccepted(anEndpoint({ on: 'network', address: false })),
    live: whereAccepted(anEndpoint({ on: 'network', address: false })),
    deleted: anEndpointAfter('NetworkDriver.DeleteEndpoint', { of: 'gone' }),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: ({ live }) => ({ answers: { Interface: { Address: anAddressBut(live.response.Interface?.Address) } } }),
  brokenBy: 'network-driver.create-endpoint.address-unique#after-delete',
});

export const addressUnique6 = check({
  id: 'create-endpoint.address-unique6',
  clause: 'network-driver.create-endpoint.address-unique',
  title: 'Two endpoints of a network are supplied with IPv6 addresses that differ',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    first: whereAccepted(anEndpoint({ on: 'network', address: false })),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: ({ first }) => ({
    answers: { Interface: { AddressIPv6: anAddressBut(first.response.Interface?.AddressIPv6) } },
  }),
  brokenBy: 'network-driver.create-endpoint.address-unique#same6',
});

export const addressNotGateway = check({
  id: 'create-endpoint.address-not-gateway',
  clause: 'network-driver.create-endpoint.address-unique',
  title: 'The first endpoint of a network is not supplied with the address of the gateway',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: withoutAddresses({ on: 'network' }),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: ({ network }) => ({ answers: { Interface: { Address: anAddressBut(network.gateway) } } }),
  brokenBy: 'network-driver.create-endpoint.address-unique#gateway-first',
});

export const addressCidr = check({
  id: 'create-endpoint.address-cidr',
  clause: 'network-driver.create-endpoint.address-cidr',
  title: 'An IPv4 address that the driver supplies has a prefix length',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: withoutAddresses({ on: 'network' }),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: {
    answers: { Interface: { Address: oneOf(absent, anAddressCidr(4)), AddressIPv6: oneOf(absent, anAddressCidr(6)) } },
  },
  brokenBy: 'network-driver.create-endpoint.address-cidr#plain-address',
});

export const addressCidr6 = check({
  id: 'create-endpoint.address-cidr6',
  clause: 'network-driver.create-endpoint.address-cidr',
  title: 'An IPv6 address that the driver supplies has a prefix length',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    accepted: withoutAddresses({ on: 'network' }),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: {
    answers: { Interface: { Address: oneOf(absent, anAddressCidr(4)), AddressIPv6: oneOf(absent, anAddressCidr(6)) } },
  },
  brokenBy: 'network-driver.create-endpoint.address-cidr#plain-address6',
});

export const addressInPool = check({
  id: 'create-endpoint.address-in-pool',
  clause: 'network-driver.create-endpoint.address-in-pool',
  title: 'An IPv4 address that the driver supplies lies in the pool of the network',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: withoutAddresses({ on: 'network' }),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: ({ network }) => ({
    answers: { Interface: { Address: oneOf(absent, anAddressIn(network.pool ?? '0.0.0.0/0')) } },
  }),
  brokenBy: 'network-driver.create-endpoint.address-in-pool#next-subnet',
});

export const addressInPool6 = check({
  id: 'create-endpoint.address-in-pool6',
  clause: 'network-driver.create-endpoint.address-in-pool',
  title: 'An IPv6 address that the driver supplies lies in the pool of the network',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: whereAccepted(aNetwork({ v6: true })),
    accepted: withoutAddresses({ on: 'network' }),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: ({ network }) => ({
    answers: { Interface: { AddressIPv6: oneOf(absent, anAddressIn(network.pool6 ?? '::/0')) } },
  }),
  brokenBy: 'network-driver.create-endpoint.address-in-pool#next-subnet6',
});

export const macValid = check({
  id: 'create-endpoint.mac-valid',
  clause: 'network-driver.create-endpoint.mac-valid',
  title: 'A MAC address that the driver supplies has six bytes',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { succeeds: { Interface: { MacAddress: oneOf(absent, aMac) } } },
  brokenBy: 'network-driver.create-endpoint.mac-valid#eight-bytes',
});

export const macUnicast = check({
  id: 'create-endpoint.mac-unicast',
  clause: 'network-driver.create-endpoint.mac-unicast',
  title: 'A MAC address that the driver supplies is a unicast address',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { succeeds: { Interface: { MacAddress: oneOf(absent, aUnicastMac) } } },
  brokenBy: 'network-driver.create-endpoint.mac-unicast#group',
});

export const macNotZero = check({
  id: 'create-endpoint.mac-not-zero',
  clause: 'network-driver.create-endpoint.mac-unicast',
  title: 'A MAC address that the driver supplies beside an address is no group address and not all zeros',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: withoutAddresses({ on: 'network' }),
    request: anEndpointRequest({ on: 'network', address: false }),
  },
  when: ({ request }) => request,
  expect: { answers: { Interface: { MacAddress: oneOf(absent, aUnicastMac) } } },
  brokenBy: 'network-driver.create-endpoint.mac-unicast#zero',
});

export const macUnique = check({
  id: 'create-endpoint.mac-unique',
  clause: 'network-driver.create-endpoint.mac-unique',
  title: 'Two endpoints of a network are supplied with MAC addresses that differ',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), first: anEndpoint({ on: 'network' }), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: ({ first }) => ({ succeeds: { Interface: { MacAddress: otherThan(first.response.Interface?.MacAddress) } } }),
  brokenBy: 'network-driver.create-endpoint.mac-unique#constant',
});

export const macUniqueAfterDelete = check({
  id: 'create-endpoint.mac-unique-after-delete',
  clause: 'network-driver.create-endpoint.mac-unique',
  title: 'The MAC address of a live endpoint is not supplied again after another was removed',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    live: anEndpoint({ on: 'network' }),
    gone: aDeletedEndpoint({ on: 'network' }),
    request: anEndpointRequest({ on: 'network' }),
  },
  when: ({ request }) => request,
  expect: ({ live }) => ({ succeeds: { Interface: { MacAddress: otherThan(live.response.Interface?.MacAddress) } } }),
  brokenBy: 'network-driver.create-endpoint.mac-unique#after-delete',
});

export const honoursMac = check({
  id: 'create-endpoint.honours-mac',
  clause: 'network-driver.create-endpoint.honours-mac',
  title: 'An endpoint with a MAC address of the user is made',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network', mac: true }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.honours-mac#refuses-mac',
});

export const honoursForeignMac = check({
  id: 'create-endpoint.honours-foreign-mac',
  clause: 'network-driver.create-endpoint.honours-mac',
  title: 'An endpoint with a MAC address of a vendor is made',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network', mac: '00:16:3e' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.honours-mac#own-prefix-only',
});

export const suppliesInterface = check({
  id: 'create-endpoint.supplies-interface',
  clause: 'network-driver.create-endpoint.supplies-interface',
  title: 'An endpoint without addresses and MAC is supplied with both, or refused',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network', address: false }) },
  when: ({ request }) => request,
  expect: ({ network }) => ({
    answers: { Interface: { MacAddress: present, Address: network.pool ? present : anything } },
  }),
  brokenBy: 'network-driver.create-endpoint.supplies-interface#silent',
});

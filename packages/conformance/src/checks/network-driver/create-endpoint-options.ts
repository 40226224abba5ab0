import { check } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { anEndpoint, anEndpointRequest } from '../../fixtures/an-endpoint.js';
import { aHostPort, publishing } from '../../fixtures/host-ports.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { containing } from '../../patterns/matchers.js';

const macKey = 'com.docker.network.endpoint.macaddress';
const dnsKey = 'com.docker.network.endpoint.dnsservers';

export const macOption = check({
  id: 'create-endpoint.mac-option',
  clause: 'network-driver.create-endpoint.mac-option',
  title: 'A MAC address in base64 beside the one in Interface is accepted',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: whereAccepted(anEndpoint({ on: 'network', mac: true, options: { [macKey]: undefined } })),
    request: anEndpointRequest({ on: 'network', mac: true }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.mac-option#wants-text',
});

export const macOptionWithSlash = check({
  id: 'create-endpoint.mac-option-with-slash',
  clause: 'network-driver.create-endpoint.mac-option',
  title: 'A MAC address whose base64 has a slash and a plus is accepted',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    accepted: whereAccepted(anEndpoint({ on: 'network', mac: 'fe:ff:fe', options: { [macKey]: undefined } })),
    request: anEndpointRequest({ on: 'network', mac: 'fe:ff:fe' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.mac-option#plain-characters-only',
});

export const driverOptions = check({
  id: 'create-endpoint.driver-options',
  clause: 'network-driver.create-endpoint.driver-options',
  title: 'A driver option of an endpoint is taken, or refused by its name',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network', options: { 'opencnm.unknown': 'x' } }) },
  when: ({ request }) => request,
  expect: { answers: {}, refusal: containing('opencnm.unknown') },
  brokenBy: 'network-driver.create-endpoint.driver-options#refuses-unknown',
});

export const sysctls = check({
  id: 'create-endpoint.sysctls',
  clause: 'network-driver.create-endpoint.driver-options',
  title: 'Kernel settings for the interface are taken, or refused by their name',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    request: anEndpointRequest({
      on: 'network',
      options: { 'com.docker.network.endpoint.sysctls': 'net.ipv4.conf.IFNAME.log_martians=1' },
    }),
  },
  when: ({ request }) => request,
  expect: { answers: {}, refusal: containing('sysctls') },
  brokenBy: 'network-driver.create-endpoint.driver-options#wants-generic',
});

export const unicodeOption = check({
  id: 'create-endpoint.unicode-option',
  clause: 'network-driver.create-endpoint.driver-options',
  title: 'A driver option with letters beyond ASCII is taken, or refused by its name',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    request: anEndpointRequest({ on: 'network', options: { 'opencnm.unknown': 'Zürich 東京' } }),
  },
  when: ({ request }) => request,
  expect: { answers: {}, refusal: containing('opencnm.unknown') },
  brokenBy: 'network-driver.create-endpoint.driver-options#ascii-only',
});

export const publishedPort = check({
  id: 'create-endpoint.published-port',
  clause: 'network-driver.create-endpoint.options',
  title: 'An endpoint with a published TCP port is made',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }), port: aHostPort() },
  when: ({ request, port }) => ({ ...request, Options: publishing(port) }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.options#closes-on-ports',
});

export const publishedUdpPort = check({
  id: 'create-endpoint.published-udp-port',
  clause: 'network-driver.create-endpoint.options',
  title: 'An endpoint with a published UDP port is made',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }), port: aHostPort() },
  when: ({ request, port }) => ({ ...request, Options: publishing(port, 17) }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.options#tcp-only',
});

export const anyHostPort = check({
  id: 'create-endpoint.any-host-port',
  clause: 'network-driver.create-endpoint.options',
  title: 'An endpoint with a published port whose host port is open is made',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => ({ ...request, Options: publishing(0) }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.options#wants-host-port',
});

export const dnsServers = check({
  id: 'create-endpoint.dns-servers',
  clause: 'network-driver.create-endpoint.options',
  title: 'An endpoint with DNS servers of the user is made',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    request: anEndpointRequest({ on: 'network', options: { [dnsKey]: ['192.0.2.53', '2001:db8::53'] } }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.options#closes-on-dns',
});

export const emptyOptions = check({
  id: 'create-endpoint.empty-options',
  clause: 'network-driver.create-endpoint.options',
  title: 'An endpoint with empty Options is made, as on internal networks',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => ({ ...request, Options: {} }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.create-endpoint.options#wants-portmap',
});

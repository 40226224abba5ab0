import { check, rawCheck, seen } from '../../check.js';
import { aContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { aConfiguration } from '../../fixtures/named-networks.js';
import { absent, atLeast400 } from '../../patterns/matchers.js';

const two = { home: anEngineNetwork(), network: anEngineNetwork() };
const pair = { ...two, container: aRunningContainer({ on: 'home' }) };

export const bridgeAddress = check({
  id: 'network-connect.bridge-address',
  clause: 'engine.network-connect.bridge-address',
  title: 'An address on the network bridge is refused',
  stage: 'last',
  op: 'NetworkConnect',
  given: pair,
  when: ({ container }) => ({
    id: 'bridge',
    body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: '172.17.0.200' } } },
  }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-connect.bridge-address#passed-over',
});

export const host = check({
  id: 'network-connect.host',
  clause: 'engine.network-connect.host',
  title: 'A container with a network of its own is refused on host',
  op: 'NetworkConnect',
  given: pair,
  when: ({ container }) => ({ id: 'host', body: { Container: container.id } }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-connect.host#accepted',
});

export const configOnly = check({
  id: 'network-connect.config-only',
  clause: 'engine.network-connect.config-only',
  title: 'A running container is refused on a config-only network',
  op: 'NetworkConnect',
  given: { home: anEngineNetwork(), configuration: aConfiguration(), container: aRunningContainer({ on: 'home' }) },
  when: ({ configuration, container }) => ({ id: configuration.id, body: { Container: container.id } }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-connect.config-only#accepted',
});

export const gatewayAddress = check({
  id: 'network-connect.gateway-address',
  clause: 'engine.network-connect.gateway-address',
  title: 'The address of the gateway is refused',
  stage: 'last',
  op: 'NetworkConnect',
  given: pair,
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: network.subnet.ip(1) } } },
  }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-connect.gateway-address#given',
});

export const refused = check({
  id: 'network-connect.refused',
  clause: 'engine.network-connect.refused',
  title: 'A network does not show a container that was refused for its address',
  stage: 'last',
  op: 'NetworkConnect',
  given: {
    ...pair,
    holder: aRunningContainer({
      on: 'network',
      endpoint: ({ subnet }) => ({ IPAMConfig: { IPv4Address: subnet.ip(66) } }),
    }),
  },
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: network.subnet.ip(66) } } },
  }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ network, container }) => [
    seen('NetworkInspect', { id: network.id }, { status: 200, body: { Containers: { [container.id]: absent } } }),
  ],
  brokenBy: 'engine.network-connect.refused#connected',
});

export const brokenBody = rawCheck({
  id: 'network-connect.broken-body',
  clause: 'engine.network-connect.bad-body',
  title: 'A body that was cut is refused and connects nothing',
  op: 'NetworkConnect',
  given: pair,
  when: ({ network, container }) => ({
    at: { id: network.id },
    body: JSON.stringify({ Container: container.id }).slice(0, -1),
  }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ network, container }) => [
    seen('NetworkInspect', { id: network.id }, { status: 200, body: { Containers: { [container.id]: absent } } }),
  ],
  brokenBy: 'engine.network-connect.bad-body#takes-broken',
});

export const emptyBody = rawCheck({
  id: 'network-connect.empty-body',
  clause: 'engine.network-connect.bad-body',
  title: 'An empty body of a connect is refused',
  op: 'NetworkConnect',
  given: { network: anEngineNetwork(), container: aContainer() },
  when: ({ network }) => ({ at: { id: network.id }, body: '' }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-connect.bad-body#takes-empty',
});

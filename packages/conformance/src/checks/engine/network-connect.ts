import { check, seen } from '../../check.js';
import { aConnectedContainer, aContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { including, inSubnet, oneOf, present } from '../../patterns/matchers.js';
import { containersAt, distinctAddresses } from '../../patterns/of-networks.js';

const two = { home: anEngineNetwork(), network: anEngineNetwork() };

export const shown = check({
  id: 'network-connect.shown',
  clause: 'engine.network-connect.shown',
  title: 'A container that was connected shows an address of the network',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      {
        status: 200,
        body: {
          NetworkSettings: {
            Networks: {
              [network.name]: { NetworkID: network.id, EndpointID: present, IPAddress: inSubnet(network.subnet.pool) },
            },
          },
        },
      },
    ),
  ],
  brokenBy: 'engine.network-connect.shown#does-nothing',
});

export const shownOnNetwork = check({
  id: 'network-connect.shown-on-network',
  clause: 'engine.network-connect.shown',
  title: 'A network shows the container that was connected',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({ id: network.name, body: { Container: container.name } }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: { [container.id]: { Name: container.name } } } },
    ),
  ],
  brokenBy: 'engine.network-connect.shown#container-side-only',
});

export const address = check({
  id: 'network-connect.address',
  clause: 'engine.network-connect.address',
  title: 'A container gets the address that was asked for',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: network.subnet.ip(77) } } },
  }),
  expect: { status: 200 },
  afterwards: ({ network }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: containersAt(network.subnet.ip(77)) } },
    ),
  ],
  brokenBy: 'engine.network-connect.address#ignores-address',
});

export const aliases = check({
  id: 'network-connect.aliases',
  clause: 'engine.network-connect.aliases',
  title: 'A container shows the alias that was asked for',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { Aliases: ['opencnm-db'] } },
  }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      {
        status: 200,
        body: { NetworkSettings: { Networks: { [network.name]: { Aliases: including('opencnm-db') } } } },
      },
    ),
  ],
  brokenBy: 'engine.network-connect.aliases#drops-aliases',
});

export const addressInUse = check({
  id: 'network-connect.address-in-use',
  clause: 'engine.network-connect.address-in-use',
  title: 'The address of another container is refused',
  // Podman shows no network at all while a container with a refused address exists: nothing may run beside it.
  stage: 'last',
  op: 'NetworkConnect',
  given: {
    ...two,
    holder: aRunningContainer({
      on: 'network',
      endpoint: ({ subnet }) => ({ IPAMConfig: { IPv4Address: subnet.ip(66) } }),
    }),
    container: aRunningContainer({ on: 'home' }),
  },
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: network.subnet.ip(66) } } },
  }),
  expect: { status: 403 },
  brokenBy: 'engine.network-connect.address-in-use#gives-twice',
});

export const addressOutside = check({
  id: 'network-connect.address-outside',
  clause: 'engine.network-connect.address-outside',
  title: 'An address outside the subnet is refused',
  stage: 'last',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: '192.0.2.9' } } },
  }),
  // 400 of newer releases, 500 of Docker 20.10: a refusal all the same.
  expect: { wire: { status: oneOf(400, 403, 500) } },
  brokenBy: 'engine.network-connect.address-outside#gives-another',
});

export const twice = check({
  id: 'network-connect.twice',
  clause: 'engine.network-connect.twice',
  title: 'A running container is refused on a network that it is on',
  op: 'NetworkConnect',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 403 },
  brokenBy: 'engine.network-connect.twice#accepts-twice',
});

export const unknownContainer = check({
  id: 'network-connect.unknown-container',
  clause: 'NetworkConnect/404',
  title: 'A container that does not exist is answered with 404',
  op: 'NetworkConnect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id, body: { Container: 'opencnm-no-such-container' } }),
  expect: { status: 404 },
  brokenBy: 'NetworkConnect/404#unknown-container',
});

export const unknownNetwork = check({
  id: 'network-connect.unknown-network',
  clause: 'NetworkConnect/404',
  title: 'A network that does not exist is answered with 404 when a running container is to join it',
  op: 'NetworkConnect',
  given: { home: anEngineNetwork(), container: aRunningContainer({ on: 'home' }) },
  when: ({ container }) => ({ id: 'opencnm-no-such-network', body: { Container: container.id } }),
  expect: { status: 404 },
  brokenBy: 'NetworkConnect/404#unknown-network',
});

export const stopped = check({
  id: 'network-connect.stopped',
  clause: 'engine.network-connect.stopped',
  title: 'A container that is connected before its start has an address after it',
  op: 'NetworkConnect',
  given: { ...two, container: aContainer({ on: 'home' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen('ContainerStart', { id: container.id }, { status: 204 }),
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: { [container.id]: { Name: container.name } } } },
    ),
  ],
  brokenBy: 'engine.network-connect.stopped#forgets',
});

export const uniqueAddresses = check({
  id: 'network-connect.unique-addresses',
  clause: 'engine.network-connect.unique-addresses',
  title: 'Three containers on a network have three addresses, none of them the gateway',
  op: 'NetworkConnect',
  given: {
    ...two,
    first: aRunningContainer({ on: 'network' }),
    second: aConnectedContainer({ home: 'home', to: 'network' }),
    third: aRunningContainer({ on: 'home' }),
  },
  when: ({ network, third }) => ({ id: network.id, body: { Container: third.id } }),
  expect: { status: 200 },
  afterwards: ({ network }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: distinctAddresses(3, network.subnet.ip(1)) } },
    ),
  ],
  brokenBy: 'engine.network-connect.unique-addresses#shows-same',
});

export const notTheGateway = check({
  id: 'network-connect.not-the-gateway',
  clause: 'engine.network-connect.unique-addresses',
  title: 'A container does not get the address of the gateway',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ network }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: distinctAddresses(1, network.subnet.ip(1)) } },
    ),
  ],
  brokenBy: 'engine.network-connect.unique-addresses#gives-gateway',
});

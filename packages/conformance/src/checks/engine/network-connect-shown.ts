import type { NetworkConnectRequest } from '@opencnm/spec';
import { check, seen } from '../../check.js';
import { aConnectedContainer, aContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork, type EngineNetworkMade } from '../../fixtures/an-engine-network.js';
import { anIp, including } from '../../patterns/matchers.js';
import { both } from '../../patterns/of-engines.js';

const two = { home: anEngineNetwork(), network: anEngineNetwork() };
const six = {
  home: anEngineNetwork(),
  network: anEngineNetwork({ ipv6: true }),
  container: aRunningContainer({ on: 'home' }),
};

/** What a container shows of its place on a network. */
const shown = ({ name }: EngineNetworkMade, settings: object) => ({
  status: 200 as const,
  body: { NetworkSettings: { Networks: { [name]: settings } } },
});

const atIPv6 = ({ subnet6 }: EngineNetworkMade, Container: string): NetworkConnectRequest => ({
  Container,
  EndpointConfig: { IPAMConfig: { IPv6Address: subnet6.ip(0x50) } },
});

export const gateway = check({
  id: 'network-connect.gateway',
  clause: 'engine.network-connect.gateway',
  title: 'A connected container shows the gateway and the prefix length',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen('ContainerInspect', { id: container.id }, shown(network, { Gateway: network.subnet.ip(1), IPPrefixLen: 24 })),
  ],
  brokenBy: 'engine.network-connect.gateway#no-gateway',
});

export const ipv6 = check({
  id: 'network-connect.ipv6',
  clause: 'engine.network-connect.ipv6',
  title: 'A container has the IPv6 address that was asked for, and an IPv6 gateway',
  op: 'NetworkConnect',
  given: six,
  when: ({ network, container }) => ({ id: network.id, body: atIPv6(network, container.id) }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      shown(network, {
        GlobalIPv6Address: network.subnet6.ip(0x50),
        GlobalIPv6PrefixLen: 64,
        IPv6Gateway: anIp(6),
      }),
    ),
  ],
  brokenBy: 'engine.network-connect.ipv6#ignored',
});

export const networkIPv6 = check({
  id: 'network-connect.network-ipv6',
  clause: 'engine.network-connect.ipv6',
  title: 'A network shows the IPv6 address of a container with its prefix length',
  op: 'NetworkConnect',
  given: six,
  when: ({ network, container }) => ({ id: network.id, body: atIPv6(network, container.id) }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: { [container.id]: { IPv6Address: `${network.subnet6.ip(0x50)}/64` } } } },
    ),
  ],
  brokenBy: 'engine.network-connect.ipv6#network-without-length',
});

export const allAliases = check({
  id: 'network-connect.all-aliases',
  clause: 'engine.network-connect.all-aliases',
  title: 'A container shows both aliases that were asked for',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { Aliases: ['opencnm-db', 'opencnm-cache'] } },
  }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      shown(network, { Aliases: both(including('opencnm-db'), including('opencnm-cache')) }),
    ),
  ],
  brokenBy: 'engine.network-connect.all-aliases#first-only',
});

export const addressWish = check({
  id: 'network-connect.address-wish',
  clause: 'engine.network-connect.wishes',
  title: 'A container shows the address that was asked for as a wish',
  op: 'NetworkConnect',
  given: { ...two, container: aContainer({ on: 'home' }) },
  when: ({ network, container }) => ({
    id: network.id,
    body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: network.subnet.ip(77) } } },
  }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      shown(network, { IPAMConfig: { IPv4Address: network.subnet.ip(77) } }),
    ),
  ],
  brokenBy: 'engine.network-connect.wishes#no-addresses',
});

export const otherWishes = check({
  id: 'network-connect.other-wishes',
  clause: 'engine.network-connect.wishes',
  title: 'A container shows the links and driver options that were asked for',
  op: 'NetworkConnect',
  given: { ...two, other: aRunningContainer({ on: 'network' }), container: aRunningContainer({ on: 'home' }) },
  when: ({ network, other, container }) => ({
    id: network.id,
    body: {
      Container: container.id,
      EndpointConfig: { Links: [`${other.name}:database`], DriverOpts: { 'org.opencnm.qos': 'gold' } },
    },
  }),
  expect: { status: 200 },
  afterwards: ({ network, other, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      shown(network, { Links: [`${other.name}:database`], DriverOpts: { 'org.opencnm.qos': 'gold' } }),
    ),
  ],
  brokenBy: 'engine.network-connect.wishes#no-links',
});

export const wishAfterStop = check({
  id: 'container-stop.address-wish',
  clause: 'engine.network-connect.wishes',
  title: 'A stopped container shows the address that was asked for as a wish',
  op: 'ContainerInspect',
  given: {
    ...two,
    container: aConnectedContainer({
      home: 'home',
      to: 'network',
      at: ({ subnet }) => ({ IPAMConfig: { IPv4Address: subnet.ip(77) } }),
      isStopped: true,
    }),
  },
  when: ({ container }) => ({ id: container.id }),
  expect: ({ network }) => shown(network, { IPAMConfig: { IPv4Address: network.subnet.ip(77) } }),
  brokenBy: 'engine.network-connect.wishes#gone-after-stop',
});

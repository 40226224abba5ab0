import { check, seen } from '../../check.js';
import { aRunningContainer } from '../../fixtures/a-container.js';
import { aDeletedEngineNetwork, anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { aListOfNetworks } from '../../fixtures/named-networks.js';
import { withoutNames } from '../../patterns/of-networks.js';

export const gone = check({
  id: 'network-delete.gone',
  clause: 'engine.network-delete.gone',
  title: 'A network that was deleted is gone',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 204 },
  afterwards: ({ network }) => [seen('NetworkInspect', { id: network.id }, { status: 404 })],
  brokenBy: 'engine.network-delete.gone#still-there',
});

export const nameFree = check({
  id: 'network-delete.name-free',
  clause: 'engine.network-delete.gone',
  title: 'The name of a deleted network is free',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.name }),
  expect: { status: 204 },
  afterwards: ({ network }) => [seen('NetworkCreate', { body: { ...network.request, IPAM: null } }, { status: 201 })],
  brokenBy: 'engine.network-delete.gone#keeps-name',
});

export const subnetFree = check({
  id: 'network-delete.subnet-free',
  clause: 'engine.network-delete.gone',
  title: 'The subnet of a deleted network is free',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 204 },
  afterwards: ({ network }, _, draw) => [
    seen('NetworkCreate', { body: { ...network.request, Name: draw.name() } }, { status: 201 }),
  ],
  brokenBy: 'engine.network-delete.gone#keeps-subnet',
});

export const subnetFreeV6 = check({
  id: 'network-delete.subnet-free-v6',
  clause: 'engine.network-delete.gone',
  title: 'The IPv6 subnet of a deleted network is free',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork({ ipv6: true }) },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 204 },
  afterwards: ({ network }, _, draw) => [
    seen('NetworkCreate', { body: { ...network.request, Name: draw.name() } }, { status: 201 }),
  ],
  brokenBy: 'engine.network-delete.gone#keeps-subnet-v6',
});

export const unknown = check({
  id: 'network-delete.unknown',
  clause: 'NetworkDelete/404',
  title: 'Deleting a network a second time is answered with 404',
  op: 'NetworkDelete',
  given: { network: aDeletedEngineNetwork() },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 404 },
  brokenBy: 'NetworkDelete/404#says-done',
});

export const inUse = check({
  id: 'network-delete.in-use',
  clause: 'engine.network-delete.in-use',
  title: 'A network with a running container on it is refused with 403, and stays',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 403 },
  afterwards: ({ network, container }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: { [container.id]: { Name: container.name } } } },
    ),
  ],
  brokenBy: 'engine.network-delete.in-use#deletes-in-use',
});

export const predefined = check({
  id: 'network-delete.predefined',
  clause: 'engine.network-delete.predefined',
  title: 'The network none is refused with 403',
  op: 'NetworkDelete',
  given: {},
  when: () => ({ id: 'none' }),
  expect: { status: 403 },
  brokenBy: 'engine.network-delete.predefined#other-status',
});

export const notListed = check({
  id: 'network-delete.not-listed',
  clause: 'engine.network-delete.gone',
  title: 'A network that was deleted is in no list',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork(), listed: aListOfNetworks() },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 204 },
  afterwards: ({ network }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(network.name) })],
  brokenBy: 'engine.network-delete.gone#listed',
});

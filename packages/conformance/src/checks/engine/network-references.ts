import { check, rawCheck, seen } from '../../check.js';
import { aConnectedContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { aNetworkNamedAs, twoNetworksAlike } from '../../fixtures/named-networks.js';
import { absent, atLeast400 } from '../../patterns/matchers.js';

const two = { home: anEngineNetwork(), network: anEngineNetwork() };

export const shortPrefix = check({
  id: 'network-inspect.short-prefix',
  clause: 'engine.network-inspect.short-prefix',
  title: 'A network is found by eight digits of its id',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id.slice(0, 8) }),
  expect: ({ network }) => ({ status: 200, body: { Id: network.id } }),
  brokenBy: 'engine.network-inspect.short-prefix#twelve-only',
});

export const ambiguous = check({
  id: 'network-inspect.ambiguous',
  clause: 'NetworkInspect/400',
  title: 'The beginning of two ids is refused with 400',
  op: 'NetworkInspect',
  given: { alike: twoNetworksAlike() },
  when: ({ alike }) => ({ id: alike.digit }),
  expect: { status: 400 },
  brokenBy: 'NetworkInspect/400#first-one',
});

export const deleteAmbiguous = check({
  id: 'network-delete.ambiguous',
  clause: 'engine.network-delete.ambiguous',
  title: 'Deleting the beginning of two ids is refused, and both stay',
  op: 'NetworkDelete',
  given: { alike: twoNetworksAlike() },
  when: ({ alike }) => ({ id: alike.digit }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ alike }) => alike.ids.map((id) => seen('NetworkInspect', { id }, { status: 200 })),
  brokenBy: 'engine.network-delete.ambiguous#deletes-one',
});

export const nameBeforePrefix = check({
  id: 'network-inspect.name-before-prefix',
  clause: 'engine.network-inspect.order',
  title: 'A network is found by a name that begins the id of another one',
  op: 'NetworkInspect',
  given: { other: anEngineNetwork(), network: aNetworkNamedAs({ of: 'other', digits: 12 }) },
  when: ({ network }) => ({ id: network.name }),
  expect: ({ network }) => ({ status: 200, body: { Id: network.id } }),
  brokenBy: 'engine.network-inspect.order#prefix-first',
});

export const idBeforeName = check({
  id: 'network-inspect.id-before-name',
  clause: 'engine.network-inspect.order',
  title: 'A network is found by an id that is the name of another one',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork(), other: aNetworkNamedAs({ of: 'network', digits: 64 }) },
  when: ({ network }) => ({ id: network.id }),
  expect: ({ network }) => ({ status: 200, body: { Id: network.id } }),
  brokenBy: 'engine.network-inspect.order#name-first',
});

export const nameCase = check({
  id: 'network-inspect.name-case',
  clause: 'engine.network-inspect.name-case',
  title: 'A name in capital letters finds nothing',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.name.toUpperCase() }),
  expect: { status: 404 },
  brokenBy: 'engine.network-inspect.name-case#any-case',
});

export const scope = check({
  id: 'network-inspect.scope',
  clause: 'engine.network-inspect.scope',
  title: 'A local network is not found in the scope swarm',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.name, scope: 'swarm' }),
  expect: { status: 404 },
  brokenBy: 'engine.network-inspect.scope#ignored',
});

export const deleteByPrefix = check({
  id: 'network-delete.by-prefix',
  clause: 'engine.network-delete.references',
  title: 'A network is deleted by the beginning of its id',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id.slice(0, 12) }),
  expect: { status: 204 },
  afterwards: ({ network }) => [seen('NetworkInspect', { id: network.id }, { status: 404 })],
  brokenBy: 'engine.network-delete.references#nothing',
});

export const connectByPrefix = check({
  id: 'network-connect.by-prefix',
  clause: 'engine.network-connect.references',
  title: 'A container is connected by the beginnings of both ids',
  op: 'NetworkConnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({
    id: network.id.slice(0, 12),
    body: { Container: container.id.slice(0, 12) },
  }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: { [container.id]: { Name: container.name } } } },
    ),
  ],
  brokenBy: 'engine.network-connect.references#no-container',
});

export const disconnectByName = check({
  id: 'network-disconnect.by-name',
  clause: 'engine.network-disconnect.references',
  title: 'A container is disconnected by both names',
  op: 'NetworkDisconnect',
  given: { ...two, container: aConnectedContainer({ home: 'home', to: 'network' }) },
  when: ({ network, container }) => ({ id: network.name, body: { Container: container.name } }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen('NetworkInspect', { id: network.id }, { status: 200, body: { Containers: { [container.id]: absent } } }),
  ],
  brokenBy: 'engine.network-disconnect.references#no-network',
});

export const percent = rawCheck({
  id: 'engine-transport.percent',
  clause: 'engine.transport.percent',
  title: 'A network is found by a name with a letter percent-encoded',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ at: { id: network.name.replace('o', '%6F') } }),
  expect: ({ network }) => ({ status: 200, body: { Id: network.id } }),
  brokenBy: 'engine.transport.percent#literal',
});

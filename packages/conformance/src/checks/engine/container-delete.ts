import { check, seen } from '../../check.js';
import { aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { absent, atLeast400, inSubnet } from '../../patterns/matchers.js';

export const running = check({
  id: 'container-delete.running',
  clause: 'engine.container-delete.running',
  title: 'A running container is not deleted without force, and keeps its address',
  op: 'ContainerDelete',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      {
        status: 200,
        body: { NetworkSettings: { Networks: { [network.name]: { IPAddress: inSubnet(network.subnet.pool) } } } },
      },
    ),
  ],
  brokenBy: 'engine.container-delete.running#refuses-but-stops',
});

export const runningStatus = check({
  id: 'container-delete.running-status',
  clause: 'ContainerDelete/409',
  title: 'Deleting a running container without force is answered 409',
  op: 'ContainerDelete',
  given: { container: aRunningContainer() },
  when: ({ container }) => ({ id: container.id }),
  expect: { status: 409 },
  brokenBy: 'ContainerDelete/409#other-status',
});

export const unknown = check({
  id: 'container-delete.unknown',
  clause: 'ContainerDelete/404',
  title: 'Deleting a container that does not exist is answered 404',
  op: 'ContainerDelete',
  given: {},
  when: (_, draw) => ({ id: draw.name() }),
  expect: { status: 404 },
  brokenBy: 'ContainerDelete/404#silent',
});

export const notShown = check({
  id: 'container-delete.not-shown',
  clause: 'engine.container-delete.leaves',
  title: 'A network does not show a container that was deleted by force',
  op: 'ContainerDelete',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id, force: true }),
  expect: { status: 204 },
  afterwards: ({ network, container }) => [
    seen('NetworkInspect', { id: network.id }, { status: 200, body: { Containers: { [container.id]: absent } } }),
  ],
  brokenBy: 'engine.container-delete.leaves#endpoint-stays',
});

export const freesNetwork = check({
  id: 'container-delete.frees-network',
  clause: 'engine.container-delete.leaves',
  title: 'The network of a container that was deleted by force can be deleted',
  op: 'ContainerDelete',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id, force: true }),
  expect: { status: 204 },
  afterwards: ({ network }) => [seen('NetworkDelete', { id: network.id }, { status: 204 })],
  brokenBy: 'engine.container-delete.leaves#network-kept',
});

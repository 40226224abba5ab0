import { check } from '../../check.js';
import { aContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { aPublishingContainer } from '../../fixtures/a-container-request.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { like } from '../../patterns/matchers.js';
import { aNull } from '../../patterns/of-engines.js';

export const byName = check({
  id: 'container-inspect.by-name',
  clause: 'engine.container-inspect.references',
  title: 'A container is found by its name',
  op: 'ContainerInspect',
  given: { container: aContainer() },
  when: ({ container }) => ({ id: container.name }),
  expect: ({ container }) => ({ status: 200, body: { Id: container.id } }),
  brokenBy: 'engine.container-inspect.references#no-name',
});

export const byPrefix = check({
  id: 'container-inspect.by-prefix',
  clause: 'engine.container-inspect.references',
  title: 'A container is found by the first twelve digits of its id',
  op: 'ContainerInspect',
  given: { container: aContainer() },
  when: ({ container }) => ({ id: container.id.slice(0, 12) }),
  expect: ({ container }) => ({ status: 200, body: { Id: container.id } }),
  brokenBy: 'engine.container-inspect.references#no-prefix',
});

export const partOfName = check({
  id: 'container-inspect.part-of-name',
  clause: 'engine.container-inspect.references',
  title: 'A container is not found by the beginning of its name',
  op: 'ContainerInspect',
  given: { container: aContainer() },
  when: ({ container }) => ({ id: container.name.slice(0, -1) }),
  expect: { status: 404 },
  brokenBy: 'engine.container-inspect.references#name-prefix',
});

export const unknown = check({
  id: 'container-inspect.unknown',
  clause: 'ContainerInspect/404',
  title: 'A container that does not exist is answered 404',
  op: 'ContainerInspect',
  given: {},
  when: (_, draw) => ({ id: draw.name() }),
  expect: { status: 404 },
  brokenBy: 'ContainerInspect/404#other-status',
});

export const nameSlash = check({
  id: 'container-inspect.name-slash',
  clause: 'engine.container-inspect.name-slash',
  title: 'The name of a container begins with a slash',
  op: 'ContainerInspect',
  given: { container: aContainer() },
  when: ({ container }) => ({ id: container.id }),
  expect: ({ container }) => ({ status: 200, body: { Name: `/${container.name}` } }),
  brokenBy: 'engine.container-inspect.name-slash#without',
});

export const networkId = check({
  id: 'container-inspect.network-id',
  clause: 'engine.container-inspect.network-id',
  title: 'A running container shows the id of its network',
  op: 'ContainerInspect',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id }),
  expect: ({ network }) => ({
    status: 200,
    body: { NetworkSettings: { Networks: { [network.name]: { NetworkID: network.id } } } },
  }),
  brokenBy: 'engine.container-inspect.network-id#short',
});

export const ports = check({
  id: 'container-inspect.ports',
  clause: 'engine.container-inspect.ports',
  title: 'A running container shows its published port, and null for its exposed one',
  op: 'ContainerInspect',
  given: { network: anEngineNetwork(), container: aPublishingContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id }),
  expect: {
    status: 200,
    body: {
      NetworkSettings: {
        Ports: {
          '80/tcp': [{ HostIp: '127.0.0.1', HostPort: like(/^[1-9]\d*$/, 'a port') }],
          '53/udp': aNull,
        },
      },
    },
  },
  brokenBy: 'engine.container-inspect.ports#empty-port',
});

import { check, seen } from '../../check.js';
import { aContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { aContainerOnTwo } from '../../fixtures/a-container-request.js';
import { anEngineNetwork, type EngineNetworkMade } from '../../fixtures/an-engine-network.js';
import { absent, atLeast400, inSubnet } from '../../patterns/matchers.js';

const at50 = ({ subnet }: EngineNetworkMade) => ({ IPAMConfig: { IPv4Address: subnet.ip(50) } });

export const running = check({
  id: 'container-start.running',
  clause: 'engine.container-start.running',
  title: 'A started container runs and has an address of its network',
  op: 'ContainerStart',
  given: { network: anEngineNetwork(), container: aContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id }),
  expect: { status: 204 },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      {
        status: 200,
        body: {
          State: { Running: true },
          NetworkSettings: { Networks: { [network.name]: { IPAddress: inSubnet(network.subnet.pool) } } },
        },
      },
    ),
  ],
  brokenBy: 'engine.container-start.running#no-address',
});

export const again = check({
  id: 'container-start.again',
  clause: 'ContainerStart/304',
  title: 'Starting a container that runs is answered 304',
  op: 'ContainerStart',
  given: { container: aRunningContainer() },
  when: ({ container }) => ({ id: container.id }),
  expect: { status: 304 },
  brokenBy: 'ContainerStart/304#other-status',
});

export const unknown = check({
  id: 'container-start.unknown',
  clause: 'ContainerStart/404',
  title: 'Starting a container that does not exist is answered 404',
  op: 'ContainerStart',
  given: {},
  when: (_, draw) => ({ id: draw.name() }),
  expect: { status: 404 },
  brokenBy: 'ContainerStart/404#other-status',
});

export const addressTaken = check({
  id: 'container-start.address-taken',
  clause: 'engine.container-start.address-taken',
  title: 'A container whose address another one has does not start',
  op: 'ContainerStart',
  stage: 'last',
  given: {
    network: anEngineNetwork(),
    holder: aRunningContainer({ on: 'network', endpoint: at50 }),
    late: aContainer({ on: 'network', endpoint: at50 }),
  },
  when: ({ late }) => ({ id: late.id }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ late }) => [
    seen('ContainerInspect', { id: late.id }, { status: 200, body: { State: { Running: false } } }),
  ],
  brokenBy: 'engine.container-start.address-taken#without-network',
});

export const allOrNothing = check({
  id: 'container-start.all-or-nothing',
  clause: 'engine.container-start.all-or-nothing',
  title: 'A container that could not join one network has no address on the other',
  op: 'ContainerStart',
  stage: 'last',
  given: {
    home: anEngineNetwork(),
    second: anEngineNetwork(),
    holder: aRunningContainer({ on: 'second', endpoint: at50 }),
    late: aContainerOnTwo({ home: 'home', second: 'second', address: 50, isStarted: false }),
  },
  when: ({ late }) => ({ id: late.id }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ home, late }) => [
    seen(
      'ContainerInspect',
      { id: late.id },
      { status: 200, body: { NetworkSettings: { Networks: { [home.name]: { IPAddress: absent } } } } },
    ),
  ],
  brokenBy: 'engine.container-start.all-or-nothing#others-stay',
});

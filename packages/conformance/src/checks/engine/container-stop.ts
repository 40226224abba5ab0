import { check, seen } from '../../check.js';
import { aContainer, aRunningContainer, aStoppedContainer } from '../../fixtures/a-container.js';
import { aContainerOnTwo } from '../../fixtures/a-container-request.js';
import { aShownEndpoint } from '../../fixtures/a-shown-endpoint.js';
import { anEngineNetwork, type EngineNetworkMade } from '../../fixtures/an-engine-network.js';
import { absent, otherThan } from '../../patterns/matchers.js';

const at60 = ({ subnet }: EngineNetworkMade) => ({ IPAMConfig: { IPv4Address: subnet.ip(60) } });
const shown = (network: EngineNetworkMade, settings: object) => ({
  status: 200 as const,
  body: { NetworkSettings: { Networks: { [network.name]: settings } } },
});

export const freesAddress = check({
  id: 'container-stop.frees-address',
  clause: 'engine.container-stop.frees-address',
  title: 'The address of a stopped container can be given to another one',
  op: 'ContainerStop',
  given: {
    network: anEngineNetwork(),
    first: aRunningContainer({ on: 'network', endpoint: at60 }),
    second: aContainer({ on: 'network', endpoint: at60 }),
  },
  when: ({ first }) => ({ id: first.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ second }) => [seen('ContainerStart', { id: second.id }, { status: 204 })],
  brokenBy: 'engine.container-stop.frees-address#kept',
});

export const showsNoAddress = check({
  id: 'container-stop.shows-no-address',
  clause: 'engine.container-stop.leaves',
  title: 'A stopped container shows no address',
  op: 'ContainerStop',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ network, container }) => [
    seen('ContainerInspect', { id: container.id }, shown(network, { IPAddress: absent })),
  ],
  brokenBy: 'engine.container-stop.leaves#address-shown',
});

export const notShown = check({
  id: 'container-stop.not-shown',
  clause: 'engine.container-stop.leaves',
  title: 'A network does not show a stopped container',
  op: 'ContainerStop',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ network, container }) => [
    seen('NetworkInspect', { id: network.id }, { status: 200, body: { Containers: { [container.id]: absent } } }),
  ],
  brokenBy: 'engine.container-stop.leaves#network-shows',
});

export const keepsNetworks = check({
  id: 'container-stop.keeps-networks',
  clause: 'engine.container-stop.keeps-networks',
  title: 'A container that is started again has the address on its second network again',
  op: 'ContainerStop',
  given: {
    home: anEngineNetwork(),
    second: anEngineNetwork(),
    container: aContainerOnTwo({ home: 'home', second: 'second', address: 60 }),
  },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ second, container }) => [
    seen('ContainerStart', { id: container.id }, { status: 204 }),
    seen('ContainerInspect', { id: container.id }, shown(second, { IPAddress: second.subnet.ip(60) })),
  ],
  brokenBy: 'engine.container-stop.keeps-networks#connected-lost',
});

export const stoppedAlready = check({
  id: 'container-stop.stopped-already',
  clause: 'ContainerStop/304',
  title: 'Stopping a container that was stopped is answered 304',
  op: 'ContainerStop',
  given: { container: aStoppedContainer() },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 304 },
  brokenBy: 'ContainerStop/304#failure',
});

export const unknown = check({
  id: 'container-stop.unknown',
  clause: 'ContainerStop/404',
  title: 'Stopping a container that does not exist is answered 404',
  op: 'ContainerStop',
  given: {},
  when: (_, draw) => ({ id: draw.name(), t: 0 }),
  expect: { status: 404 },
  brokenBy: 'ContainerStop/404#other-status',
});

export const sameAddress = check({
  id: 'container-restart.same-address',
  clause: 'engine.container-restart.same-address',
  title: 'A restarted container runs and has the address that it asked for',
  op: 'ContainerRestart',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network', endpoint: at60 }) },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ network, container }) => [
    seen('ContainerInspect', { id: container.id }, shown(network, { IPAddress: network.subnet.ip(60) })),
    seen('ContainerInspect', { id: container.id }, { status: 200, body: { State: { Running: true } } }),
  ],
  brokenBy: 'engine.container-restart.same-address#next-free',
});

export const newEndpoint = check({
  id: 'container-restart.new-endpoint',
  clause: 'engine.container-restart.new-endpoint',
  title: 'A restarted container has a new endpoint',
  op: 'ContainerRestart',
  given: {
    network: anEngineNetwork(),
    container: aRunningContainer({ on: 'network' }),
    before: aShownEndpoint({ of: 'container', on: 'network' }),
  },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ network, container, before }) => [
    seen('ContainerInspect', { id: container.id }, shown(network, { EndpointID: otherThan(before.EndpointID) })),
  ],
  brokenBy: 'engine.container-restart.new-endpoint#same',
});

export const restartUnknown = check({
  id: 'container-restart.unknown',
  clause: 'ContainerRestart/404',
  title: 'Restarting a container that does not exist is answered 404',
  op: 'ContainerRestart',
  given: {},
  when: (_, draw) => ({ id: draw.name(), t: 0 }),
  expect: { status: 404 },
  brokenBy: 'ContainerRestart/404#other-status',
});

import type { EndpointSettings } from '@opencnm/spec';
import { check, seen } from '../../check.js';
import { aContainerWithoutItsNetwork, aRunningContainer, aStoppedContainer } from '../../fixtures/a-container.js';
import { aContainerOnTwo } from '../../fixtures/a-container-request.js';
import { anEngineNetwork, type EngineNetworkMade } from '../../fixtures/an-engine-network.js';
import { atLeast400, including, inSubnet } from '../../patterns/matchers.js';
import { both, onlyOn } from '../../patterns/of-engines.js';
import type { Pattern } from '../../patterns/pattern.js';

const alone = { network: anEngineNetwork() };
const two = { home: anEngineNetwork(), second: anEngineNetwork() };

const shown = ({ name }: EngineNetworkMade, settings: Pattern<EndpointSettings>) => ({
  status: 200 as const,
  body: { NetworkSettings: { Networks: { [name]: settings } } },
});

export const networkGone = check({
  id: 'container-start.network-gone',
  clause: 'engine.container-start.network-gone',
  title: 'A container whose network was deleted does not start',
  stage: 'last',
  op: 'ContainerStart',
  given: { ...alone, container: aContainerWithoutItsNetwork({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.container-start.network-gone#starts',
});

export const showsNetworks = check({
  id: 'container-stop.shows-networks',
  clause: 'engine.container-stop.shows-networks',
  title: 'A stopped container shows both of its networks',
  op: 'ContainerStop',
  given: { ...two, container: aContainerOnTwo({ home: 'home', second: 'second', address: 60 }) },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ home, second, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      { status: 200, body: { NetworkSettings: { Networks: onlyOn(home.name, second.name) } } },
    ),
  ],
  brokenBy: 'engine.container-stop.shows-networks#no-networks',
});

export const showsAliases = check({
  id: 'container-stop.shows-aliases',
  clause: 'engine.container-stop.shows-networks',
  title: 'A stopped container shows its aliases',
  op: 'ContainerStop',
  given: {
    ...alone,
    container: aRunningContainer({ on: 'network', endpoint: () => ({ Aliases: ['opencnm-a', 'opencnm-b'] }) }),
  },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ network, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      shown(network, { Aliases: both(including('opencnm-a'), including('opencnm-b')) }),
    ),
  ],
  brokenBy: 'engine.container-stop.shows-networks#no-aliases',
});

export const restartKeeps = check({
  id: 'container-restart.keeps-networks',
  clause: 'engine.container-restart.keeps-networks',
  title: 'A restarted container has addresses on both of its networks',
  op: 'ContainerRestart',
  given: { ...two, container: aContainerOnTwo({ home: 'home', second: 'second', address: 60 }) },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ home, second, container: { id } }) => [
    seen('ContainerInspect', { id }, shown(home, { IPAddress: inSubnet(home.subnet.pool) })),
    seen('ContainerInspect', { id }, shown(second, { IPAddress: second.subnet.ip(60) })),
  ],
  brokenBy: 'engine.container-restart.keeps-networks#first-only',
});

export const restartStarts = check({
  id: 'container-restart.stopped',
  clause: 'engine.container-restart.stopped',
  title: 'A restart starts a container that does not run',
  op: 'ContainerRestart',
  given: { container: aStoppedContainer() },
  when: ({ container }) => ({ id: container.id, t: 0 }),
  expect: { status: 204 },
  afterwards: ({ container }) => [
    seen('ContainerInspect', { id: container.id }, { status: 200, body: { State: { Running: true } } }),
  ],
  brokenBy: 'engine.container-restart.stopped#nothing',
});

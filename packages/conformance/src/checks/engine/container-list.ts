import { check } from '../../check.js';
import { aContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { aContainerOnTwo } from '../../fixtures/a-container-request.js';
import { aDozenContainers } from '../../fixtures/a-dozen.js';
import { anEngineNetwork, aPruneLabel } from '../../fixtures/an-engine-network.js';
import { atLeast400, including, inSubnet, without } from '../../patterns/matchers.js';
import { both } from '../../patterns/of-engines.js';

const labelled = (team: string) => ({ labels: { 'org.opencnm.team': team } });

export const runningOnly = check({
  id: 'container-list.running-only',
  clause: 'engine.container-list.running-only',
  title: 'A list shows a container that runs and none that does not',
  op: 'ContainerList',
  given: { running: aRunningContainer(), created: aContainer() },
  when: () => ({}),
  expect: ({ running, created }) => ({
    status: 200,
    body: both(including({ Id: running.id }), without({ Id: created.id })),
  }),
  brokenBy: 'engine.container-list.running-only#stopped-too',
});

export const all = check({
  id: 'container-list.all',
  clause: 'engine.container-list.running-only',
  title: 'A list of all shows a container that does not run',
  op: 'ContainerList',
  given: { created: aContainer() },
  when: () => ({ all: true }),
  expect: ({ created }) => ({ status: 200, body: including({ Id: created.id }) }),
  brokenBy: 'engine.container-list.running-only#all-ignored',
});

export const dozen = check({
  id: 'container-list.dozen',
  clause: 'engine.container-list.whole',
  title: 'A list has all of a dozen containers',
  op: 'ContainerList',
  given: { mark: aPruneLabel(), containers: aDozenContainers({ mark: 'mark' }) },
  when: ({ mark }) => ({ all: true, filters: { label: [mark] } }),
  expect: ({ containers }) => ({ status: 200, body: both(...containers.map(({ id }) => including({ Id: id }))) }),
  brokenBy: 'engine.container-list.whole#ten-at-most',
});

export const networks = check({
  id: 'container-list.networks',
  clause: 'engine.container-list.networks',
  title: 'A listed container shows its addresses on both networks',
  op: 'ContainerList',
  given: {
    home: anEngineNetwork(),
    second: anEngineNetwork(),
    container: aContainerOnTwo({ home: 'home', second: 'second', address: 60 }),
  },
  when: ({ container }) => ({ filters: { name: [container.name] } }),
  expect: ({ home, second }) => ({
    status: 200,
    body: [
      {
        NetworkSettings: {
          Networks: {
            [home.name]: { IPAddress: inSubnet(home.subnet.pool) },
            [second.name]: { IPAddress: second.subnet.ip(60) },
          },
        },
      },
    ],
  }),
  brokenBy: 'engine.container-list.networks#no-addresses',
});

export const byNetworkName = check({
  id: 'container-list.by-network-name',
  clause: 'engine.container-list.filter-network',
  title: 'The filter network lets through the containers of a network by its name',
  op: 'ContainerList',
  given: { network: anEngineNetwork(), there: aRunningContainer({ on: 'network' }), elsewhere: aRunningContainer() },
  when: ({ network }) => ({ filters: { network: [network.name] } }),
  expect: ({ there }) => ({ status: 200, body: [{ Id: there.id }] }),
  brokenBy: 'engine.container-list.filter-network#ignored',
});

export const byNetworkId = check({
  id: 'container-list.by-network-id',
  clause: 'engine.container-list.filter-network',
  title: 'The filter network lets through the containers of a network by its id',
  op: 'ContainerList',
  given: { network: anEngineNetwork(), there: aRunningContainer({ on: 'network' }), elsewhere: aRunningContainer() },
  when: ({ network }) => ({ filters: { network: [network.id] } }),
  expect: ({ there }) => ({ status: 200, body: [{ Id: there.id }] }),
  brokenBy: 'engine.container-list.filter-network#name-only',
});

export const byLabel = check({
  id: 'container-list.by-label',
  clause: 'engine.container-list.filter-label',
  title: 'The filter label lets through the containers with the key and the value',
  op: 'ContainerList',
  given: { shop: aContainer(labelled('shop')), bank: aContainer(labelled('bank')), other: aContainer() },
  when: () => ({ all: true, filters: { label: ['org.opencnm.team=shop'] } }),
  expect: ({ shop, bank, other }) => ({
    status: 200,
    body: both(including({ Id: shop.id }), without({ Id: bank.id }), without({ Id: other.id })),
  }),
  brokenBy: 'engine.container-list.filter-label#value-ignored',
});

export const unknownFilter = check({
  id: 'container-list.unknown-filter',
  clause: 'engine.container-list.unknown-filter',
  title: 'A filter of containers that does not exist is refused',
  op: 'ContainerList',
  given: {},
  when: () => ({ filters: { 'opencnm-colour': ['blue'] } as never }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.container-list.unknown-filter#passed-over',
});

import { check } from '../../check.js';
import { aContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { aDeletedEngineNetwork, anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { theTime } from '../../fixtures/the-engine.js';
import { each, including, oneOf, without } from '../../patterns/matchers.js';
import { both } from '../../patterns/of-engines.js';

const about = ({ id }: { readonly id: string }, Action?: string) => ({
  ...(Action ? { Action } : {}),
  Actor: { ID: id },
});
const networks = {
  before: theTime(),
  first: anEngineNetwork(),
  second: anEngineNetwork(),
  other: anEngineNetwork(),
  after: theTime(),
};
const containers = {
  before: theTime(),
  wanted: aContainer({ labels: { 'org.opencnm.team': 'shop' } }),
  other: aContainer({ labels: { 'org.opencnm.team': 'bank' } }),
  after: theTime(),
};

export const networkIds = check({
  id: 'engine-events.filter-network-ids',
  clause: 'engine.events.filter-network-id',
  title: 'The filter network lets through the events of two networks by their ids',
  op: 'SystemEvents',
  given: networks,
  when: ({ before, after, first, second }) => ({
    since: before,
    until: after,
    filters: { network: [first.id, second.id] },
  }),
  expect: ({ first, second, other }) => ({
    status: 200,
    body: both(including(about(first)), including(about(second)), without(about(other))),
  }),
  brokenBy: 'engine.events.filter-network-id#name-only',
});

export const event = check({
  id: 'engine-events.filter-event',
  clause: 'engine.events.filter-event',
  title: 'The filter event lets through events with two actions, and no others',
  op: 'SystemEvents',
  given: {
    before: theTime(),
    network: anEngineNetwork(),
    gone: aDeletedEngineNetwork(),
    container: aRunningContainer({ on: 'network' }),
    after: theTime(),
  },
  when: ({ before, after }) => ({ since: before, until: after, filters: { event: ['connect', 'destroy'] } }),
  expect: ({ network, gone }) => ({
    status: 200,
    body: both(
      including(about(network, 'connect')),
      including(about(gone, 'destroy')),
      each({ Action: oneOf('connect', 'destroy') }),
    ),
  }),
  brokenBy: 'engine.events.filter-event#first-only',
});

export const types = check({
  id: 'engine-events.filter-types',
  clause: 'engine.events.filter-type-both',
  title: 'The filter type lets through events of two types',
  op: 'SystemEvents',
  given: { before: theTime(), network: anEngineNetwork(), container: aContainer(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after, filters: { type: ['network', 'container'] } }),
  expect: ({ network, container }) => ({
    status: 200,
    body: both(including(about(network, 'create')), including(about(container, 'create'))),
  }),
  brokenBy: 'engine.events.filter-type-both#first-only',
});

export const container = check({
  id: 'engine-events.filter-container',
  clause: 'engine.events.filter-container',
  title: 'The filter container lets through the events of a container by its name',
  op: 'SystemEvents',
  given: containers,
  when: ({ before, after, wanted }) => ({ since: before, until: after, filters: { container: [wanted.name] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: both(including(about(wanted)), without(about(other))) }),
  brokenBy: 'engine.events.filter-container#ignored',
});

export const label = check({
  id: 'engine-events.filter-label',
  clause: 'engine.events.filter-label',
  title: 'The filter label lets through the events of a container with the label',
  op: 'SystemEvents',
  given: containers,
  when: ({ before, after }) => ({ since: before, until: after, filters: { label: ['org.opencnm.team=shop'] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: both(including(about(wanted)), without(about(other))) }),
  brokenBy: 'engine.events.filter-label#ignored',
});

export const scope = check({
  id: 'engine-events.filter-scope',
  clause: 'engine.events.filter-scope',
  title: 'The filter scope keeps a local network out of the events of a swarm',
  op: 'SystemEvents',
  given: { before: theTime(), network: anEngineNetwork(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after, filters: { scope: ['swarm'] } }),
  expect: ({ network }) => ({ status: 200, body: without(about(network)) }),
  brokenBy: 'engine.events.filter-scope#ignored',
});

import { check, seen } from '../../check.js';
import { aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork, aPruneLabel } from '../../fixtures/an-engine-network.js';
import { without } from '../../patterns/matchers.js';

export const label = check({
  id: 'network-prune.label',
  clause: 'engine.network-prune.label',
  title: 'Pruning by a label and its value keeps networks with another value',
  stage: 'last',
  op: 'NetworkPrune',
  given: {
    mark: aPruneLabel(),
    doomed: anEngineNetwork({ mark: 'mark' }),
    kept: anEngineNetwork({ mark: 'mark', value: 'keep' }),
  },
  when: ({ mark }) => ({ filters: { label: [`${mark}=doomed`] } }),
  expect: { status: 200 },
  afterwards: ({ doomed, kept }) => [
    seen('NetworkInspect', { id: kept.id }, { status: 200 }),
    seen('NetworkInspect', { id: doomed.id }, { status: 404 }),
  ],
  brokenBy: 'engine.network-prune.label#ignores-label',
});

export const notLabel = check({
  id: 'network-prune.not-label',
  clause: 'engine.network-prune.not-label',
  title: 'Pruning keeps networks with the label of the filter label!',
  stage: 'last',
  op: 'NetworkPrune',
  given: { mark: aPruneLabel(), kept: anEngineNetwork({ mark: 'mark', value: 'keep' }) },
  when: ({ mark }) => ({ filters: { label: [mark], 'label!': [`${mark}=keep`] } }),
  expect: { status: 200 },
  afterwards: ({ kept }) => [seen('NetworkInspect', { id: kept.id }, { status: 200 })],
  brokenBy: 'engine.network-prune.not-label#ignores-not-label',
});

export const inUse = check({
  id: 'network-prune.in-use',
  clause: 'engine.network-prune.in-use',
  title: 'Pruning keeps a network with a running container',
  stage: 'last',
  op: 'NetworkPrune',
  given: { mark: aPruneLabel(), used: anEngineNetwork({ mark: 'mark' }), container: aRunningContainer({ on: 'used' }) },
  when: ({ mark }) => ({ filters: { label: [mark] } }),
  expect: ({ used }) => ({ status: 200, body: { NetworksDeleted: without(used.name) } }),
  afterwards: ({ used }) => [seen('NetworkInspect', { id: used.id }, { status: 200 })],
  brokenBy: 'engine.network-prune.in-use#says-deleted',
});

export const until = check({
  id: 'network-prune.until',
  clause: 'engine.network-prune.until',
  title: 'Pruning keeps networks that are newer than an hour',
  stage: 'last',
  op: 'NetworkPrune',
  given: { mark: aPruneLabel(), kept: anEngineNetwork({ mark: 'mark' }) },
  when: ({ mark }) => ({ filters: { label: [mark], until: ['1h'] } }),
  expect: { status: 200 },
  afterwards: ({ kept }) => [seen('NetworkInspect', { id: kept.id }, { status: 200 })],
  brokenBy: 'engine.network-prune.until#ignores-until',
});

export const names = check({
  id: 'network-prune.names',
  clause: 'engine.network-prune.names',
  title: 'Pruning names the networks that it deleted',
  stage: 'last',
  op: 'NetworkPrune',
  given: { mark: aPruneLabel(), doomed: anEngineNetwork({ mark: 'mark' }) },
  when: ({ mark }) => ({ filters: { label: [mark] } }),
  expect: ({ doomed }) => ({ status: 200, body: { NetworksDeleted: [doomed.name] } }),
  afterwards: ({ doomed }) => [seen('NetworkInspect', { id: doomed.id }, { status: 404 })],
  brokenBy: 'engine.network-prune.names#names-nothing',
});

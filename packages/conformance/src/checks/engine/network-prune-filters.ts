import { check, seen } from '../../check.js';
import { anEngineNetwork, aPruneLabel } from '../../fixtures/an-engine-network.js';
import { theDate, theTime } from '../../fixtures/the-engine.js';
import { atLeast400, including } from '../../patterns/matchers.js';
import { both } from '../../patterns/of-engines.js';

const doomed = { mark: aPruneLabel(), doomed: anEngineNetwork({ mark: 'mark' }) };
const pair = (value: string) => ({ 'org.opencnm.tier': value });

export const bothLabels = check({
  id: 'network-prune.both-labels',
  clause: 'engine.network-prune.both-labels',
  title: 'Pruning by two labels keeps networks with one of them',
  stage: 'last',
  op: 'NetworkPrune',
  given: {
    mark: aPruneLabel(),
    otherTier: anEngineNetwork({ mark: 'mark', labels: pair('web') }),
    otherMark: anEngineNetwork({ mark: 'mark', value: 'other', labels: pair('db') }),
    doomed: anEngineNetwork({ mark: 'mark', labels: pair('db') }),
  },
  when: ({ mark }) => ({ filters: { label: [`${mark}=doomed`, 'org.opencnm.tier=db', mark] } }),
  expect: { status: 200 },
  afterwards: ({ doomed: gone, otherTier, otherMark }) => [
    seen('NetworkInspect', { id: otherTier.id }, { status: 200 }),
    seen('NetworkInspect', { id: otherMark.id }, { status: 200 }),
    seen('NetworkInspect', { id: gone.id }, { status: 404 }),
  ],
  brokenBy: 'engine.network-prune.both-labels#first-only',
});

export const notLabelValue = check({
  id: 'network-prune.not-label-value',
  clause: 'engine.network-prune.not-label-value',
  title: 'Pruning deletes networks with another value than that of the filter label!',
  stage: 'last',
  op: 'NetworkPrune',
  given: doomed,
  when: ({ mark }) => ({ filters: { label: [mark], 'label!': [`${mark}=keep`] } }),
  expect: { status: 200 },
  afterwards: ({ doomed: gone }) => [seen('NetworkInspect', { id: gone.id }, { status: 404 })],
  brokenBy: 'engine.network-prune.not-label-value#any-value',
});

export const untilNumber = check({
  id: 'network-prune.until-number',
  clause: 'engine.network-prune.until-forms',
  title: 'Pruning deletes networks that are older than a number of seconds',
  stage: 'last',
  op: 'NetworkPrune',
  given: { ...doomed, after: theTime() },
  when: ({ mark, after }) => ({ filters: { label: [mark], until: [after] } }),
  expect: { status: 200 },
  afterwards: ({ doomed: gone }) => [seen('NetworkInspect', { id: gone.id }, { status: 404 })],
  brokenBy: 'engine.network-prune.until-forms#nothing',
});

export const untilDate = check({
  id: 'network-prune.until-date',
  clause: 'engine.network-prune.until-forms',
  title: 'Pruning deletes networks that are older than a date',
  stage: 'last',
  op: 'NetworkPrune',
  given: { ...doomed, after: theDate() },
  when: ({ mark, after }) => ({ filters: { label: [mark], until: [after] } }),
  expect: { status: 200 },
  afterwards: ({ doomed: gone }) => [seen('NetworkInspect', { id: gone.id }, { status: 404 })],
  brokenBy: 'engine.network-prune.until-forms#no-date',
});

export const badUntil = check({
  id: 'network-prune.bad-until',
  clause: 'engine.network-prune.bad-until',
  title: 'Pruning refuses a moment that cannot be read, and deletes nothing',
  stage: 'last',
  op: 'NetworkPrune',
  given: doomed,
  when: ({ mark }) => ({ filters: { label: [mark], until: ['yesterday'] } }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ doomed: kept }) => [seen('NetworkInspect', { id: kept.id }, { status: 200 })],
  brokenBy: 'engine.network-prune.bad-until#passed-over',
});

export const unknownFilter = check({
  id: 'network-prune.unknown-filter',
  clause: 'NetworkPrune/400',
  title: 'Pruning refuses a filter that does not exist, and deletes nothing',
  stage: 'last',
  op: 'NetworkPrune',
  given: doomed,
  when: ({ mark }) => ({ filters: { label: [mark], 'opencnm-colour': ['blue'] } as never }),
  expect: { status: 400 },
  afterwards: ({ doomed: kept }) => [seen('NetworkInspect', { id: kept.id }, { status: 200 })],
  brokenBy: 'NetworkPrune/400#passed-over',
});

export const all = check({
  id: 'network-prune.all',
  clause: 'engine.network-prune.all',
  title: 'Pruning deletes and names two networks that fit',
  stage: 'last',
  op: 'NetworkPrune',
  given: { ...doomed, second: anEngineNetwork({ mark: 'mark' }) },
  when: ({ mark }) => ({ filters: { label: [mark] } }),
  expect: ({ doomed: first, second }) => ({
    status: 200,
    body: { NetworksDeleted: both(including(first.name), including(second.name)) },
  }),
  afterwards: ({ doomed: first, second }) => [
    seen('NetworkInspect', { id: first.id }, { status: 404 }),
    seen('NetworkInspect', { id: second.id }, { status: 404 }),
  ],
  brokenBy: 'engine.network-prune.all#one-at-a-time',
});

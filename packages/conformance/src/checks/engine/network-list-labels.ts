import { check } from '../../check.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { onlyNames } from '../../patterns/of-networks.js';

const team = (value: string) => anEngineNetwork({ labels: { 'org.opencnm.team': value } });

export const key = check({
  id: 'network-list.label-key',
  clause: 'engine.network-list.filter-label-key',
  title: 'A label without a value in the filter fits any value',
  op: 'NetworkList',
  given: { wanted: team('shop'), other: anEngineNetwork() },
  when: () => ({ filters: { label: ['org.opencnm.team'] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-label-key#needs-value',
});

export const partOfKey = check({
  id: 'network-list.part-of-label-key',
  clause: 'engine.network-list.filter-label-key',
  title: 'A part of the key of a label does not fit',
  op: 'NetworkList',
  given: { network: team('shop') },
  when: () => ({ filters: { label: ['org.opencnm.tea'] } }),
  expect: ({ network }) => ({ status: 200, body: onlyNames([], [network.name]) }),
  brokenBy: 'engine.network-list.filter-label-key#part-of-key',
});

export const keyInCapitals = check({
  id: 'network-list.label-key-in-capitals',
  clause: 'engine.network-list.filter-label-key',
  title: 'The key of a label in other case does not fit',
  op: 'NetworkList',
  given: { network: team('shop') },
  when: () => ({ filters: { label: ['org.opencnm.Team=shop'] } }),
  expect: ({ network }) => ({ status: 200, body: onlyNames([], [network.name]) }),
  brokenBy: 'engine.network-list.filter-label-key#any-case',
});

export const beginningOfValue = check({
  id: 'network-list.beginning-of-label-value',
  clause: 'engine.network-list.filter-label-value',
  title: 'The beginning of the value of a label does not fit',
  op: 'NetworkList',
  given: { network: team('shop') },
  when: () => ({ filters: { label: ['org.opencnm.team=sho'] } }),
  expect: ({ network }) => ({ status: 200, body: onlyNames([], [network.name]) }),
  brokenBy: 'engine.network-list.filter-label-value#beginning',
});

export const valueWithSign = check({
  id: 'network-list.label-value-with-sign',
  clause: 'engine.network-list.filter-label-value',
  title: 'A label value with = fits as a whole',
  op: 'NetworkList',
  given: { wanted: team('a=b'), other: team('a=c') },
  when: () => ({ filters: { label: ['org.opencnm.team=a=b'] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-label-value#cut',
});

export const emptyValue = check({
  id: 'network-list.empty-label-value',
  clause: 'engine.network-list.filter-label-value',
  title: 'An empty value in the filter fits only an empty one',
  op: 'NetworkList',
  given: { wanted: team(''), other: team('shop') },
  when: () => ({ filters: { label: ['org.opencnm.team='] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-label-value#empty-is-any',
});

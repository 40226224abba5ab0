import { check } from '../../check.js';
import { aDozenNetworks } from '../../fixtures/a-dozen.js';
import { anEngineNetwork, aPruneLabel } from '../../fixtures/an-engine-network.js';
import { including } from '../../patterns/matchers.js';
import { namesOf, onlyNames } from '../../patterns/of-networks.js';

const labels = (team: string, tier: string) => ({ 'org.opencnm.team': team, 'org.opencnm.tier': tier });

export const all = check({
  id: 'network-list.all',
  clause: 'engine.network-list.all',
  title: 'A list has every network',
  op: 'NetworkList',
  given: { first: anEngineNetwork(), second: anEngineNetwork() },
  when: () => ({}),
  expect: ({ first, second }) => ({ status: 200, body: namesOf(first.name, second.name) }),
  brokenBy: 'engine.network-list.all#forgets-newest',
});

export const members = check({
  id: 'network-list.members',
  clause: 'engine.network-list.all',
  title: 'A listed network has its driver, scope and labels',
  op: 'NetworkList',
  given: { network: anEngineNetwork({ labels: { 'org.opencnm.team': 'shop' } }) },
  when: () => ({}),
  expect: ({ network }) => ({
    status: 200,
    body: including({ Id: network.id, Driver: 'bridge', Scope: 'local', Labels: { 'org.opencnm.team': 'shop' } }),
  }),
  brokenBy: 'engine.network-list.all#only-names',
});

export const dozen = check({
  id: 'network-list.dozen',
  clause: 'engine.network-list.all',
  title: 'A list has all of a dozen networks',
  op: 'NetworkList',
  given: { mark: aPruneLabel(), networks: aDozenNetworks({ mark: 'mark' }) },
  when: ({ mark }) => ({ filters: { label: [mark] } }),
  expect: ({ networks }) => ({ status: 200, body: namesOf(...networks.map(({ name }) => name)) }),
  brokenBy: 'engine.network-list.all#ten-at-most',
});

export const byName = check({
  id: 'network-list.by-name',
  clause: 'engine.network-list.filter-name',
  title: 'The filter name keeps the networks whose name contains the text',
  op: 'NetworkList',
  given: { wanted: anEngineNetwork(), other: anEngineNetwork() },
  when: ({ wanted }) => ({ filters: { name: [wanted.name.slice(0, -1)] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-name#exact-only',
});

export const byId = check({
  id: 'network-list.by-id',
  clause: 'engine.network-list.filter-id',
  title: 'The filter id keeps the networks whose id begins with the text',
  op: 'NetworkList',
  given: { wanted: anEngineNetwork(), other: anEngineNetwork() },
  when: ({ wanted }) => ({ filters: { id: [wanted.id.slice(0, 20)] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-id#ignored',
});

export const byLabelValue = check({
  id: 'network-list.by-label-value',
  clause: 'engine.network-list.filter-label',
  title: 'The filter label with a value keeps the networks that have that value',
  op: 'NetworkList',
  given: {
    wanted: anEngineNetwork({ labels: labels('shop', 'db') }),
    other: anEngineNetwork({ labels: labels('bank', 'db') }),
  },
  when: () => ({ filters: { label: ['org.opencnm.team=shop'] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-label#value-ignored',
});

export const byTwoLabels = check({
  id: 'network-list.by-two-labels',
  clause: 'engine.network-list.filter-label',
  title: 'Two labels in the filter both have to be there',
  op: 'NetworkList',
  given: {
    wanted: anEngineNetwork({ labels: labels('shop', 'db') }),
    other: anEngineNetwork({ labels: labels('shop', 'web') }),
  },
  when: () => ({ filters: { label: ['org.opencnm.team=shop', 'org.opencnm.tier=db'] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-label#any-of',
});

export const byDriver = check({
  id: 'network-list.by-driver',
  clause: 'engine.network-list.filter-driver',
  title: 'The filter driver leaves out the networks of other drivers',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: () => ({ filters: { driver: ['opencnm-no-such-driver'] } }),
  expect: { status: 200, body: [] },
  brokenBy: 'engine.network-list.filter-driver#ignored',
});

export const byType = check({
  id: 'network-list.by-type',
  clause: 'engine.network-list.filter-type',
  title: 'The filter type custom leaves out the network host',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: () => ({ filters: { type: ['custom'] } }),
  expect: ({ network }) => ({ status: 200, body: onlyNames([network.name], ['host']) }),
  brokenBy: 'engine.network-list.filter-type#swapped',
});

export const together = check({
  id: 'network-list.together',
  clause: 'engine.network-list.filters-together',
  title: 'A name and a label in the filter both have to fit',
  op: 'NetworkList',
  given: {
    wanted: anEngineNetwork({ labels: labels('shop', 'db') }),
    other: anEngineNetwork({ labels: labels('shop', 'db') }),
  },
  when: ({ wanted }) => ({ filters: { name: [wanted.name], label: ['org.opencnm.team=shop'] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filters-together#any-filter',
});

export const unknownFilter = check({
  id: 'network-list.unknown-filter',
  clause: 'NetworkList/400',
  title: 'A filter that does not exist is refused with 400',
  op: 'NetworkList',
  given: {},
  when: () => ({ filters: { 'opencnm-colour': ['blue'] } as never }),
  expect: { status: 400 },
  brokenBy: 'NetworkList/400#accepts-unknown',
});

import { check, rawCheck } from '../../check.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { aShownNetwork } from '../../fixtures/named-networks.js';
import { atLeast400, including } from '../../patterns/matchers.js';
import { sameAs } from '../../patterns/of-engines.js';
import { namesOf, onlyNames, withoutNames } from '../../patterns/of-networks.js';

const three = { first: anEngineNetwork(), second: anEngineNetwork(), other: anEngineNetwork() };
const teams = {
  wanted: anEngineNetwork({ labels: { 'org.opencnm.team': 'shop' } }),
  other: anEngineNetwork({ labels: { 'org.opencnm.team': 'bank' } }),
};

/** The part that the names of a run's networks have in common. */
const common = 'opencnm-';

export const names = check({
  id: 'network-list.two-names',
  clause: 'engine.network-list.alternatives',
  title: 'Two names in the filter are alternatives',
  op: 'NetworkList',
  given: three,
  when: ({ first, second }) => ({ filters: { name: [first.name, second.name] } }),
  expect: ({ first, second, other }) => ({ status: 200, body: onlyNames([first.name, second.name], [other.name]) }),
  brokenBy: 'engine.network-list.alternatives#first-name',
});

export const ids = check({
  id: 'network-list.two-ids',
  clause: 'engine.network-list.alternatives',
  title: 'Two ids in the filter are alternatives',
  op: 'NetworkList',
  given: three,
  when: ({ first, second }) => ({ filters: { id: [first.id, second.id] } }),
  expect: ({ first, second, other }) => ({ status: 200, body: onlyNames([first.name, second.name], [other.name]) }),
  brokenBy: 'engine.network-list.alternatives#last-id',
});

export const drivers = check({
  id: 'network-list.three-drivers',
  clause: 'engine.network-list.alternatives',
  title: 'Three drivers in the filter are alternatives',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: () => ({ filters: { driver: ['opencnm-first', 'bridge', 'opencnm-last'] } }),
  expect: ({ network }) => ({ status: 200, body: namesOf(network.name) }),
  brokenBy: 'engine.network-list.alternatives#one-driver',
});

export const endOfName = check({
  id: 'network-list.end-of-name',
  clause: 'engine.network-list.filter-name-parts',
  title: 'The filter name takes the end of a name',
  op: 'NetworkList',
  given: { wanted: anEngineNetwork(), other: anEngineNetwork() },
  when: ({ wanted }) => ({ filters: { name: [wanted.name.slice(3)] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filter-name-parts#beginning-only',
});

export const nameInCapitals = check({
  id: 'network-list.name-in-capitals',
  clause: 'engine.network-list.filter-name-parts',
  title: 'The filter name does not take a name in other case',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ filters: { name: [network.name.toUpperCase()] } }),
  expect: { status: 200, body: [] },
  brokenBy: 'engine.network-list.filter-name-parts#any-case',
});

export const partOfDriver = check({
  id: 'network-list.part-of-driver',
  clause: 'engine.network-list.filter-driver-whole',
  title: 'The filter driver does not take a part of a name',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: () => ({ filters: { driver: ['bridg'] } }),
  expect: { status: 200, body: [] },
  brokenBy: 'engine.network-list.filter-driver-whole#part',
});

export const dangling = check({
  id: 'network-list.dangling',
  clause: 'engine.network-list.filter-dangling',
  title: 'The filter dangling keeps an unused network, and leaves bridge out',
  op: 'NetworkList',
  given: { unused: anEngineNetwork() },
  when: () => ({ filters: { dangling: ['true'] } }),
  expect: ({ unused }) => ({ status: 200, body: onlyNames([unused.name], ['bridge']) }),
  brokenBy: 'engine.network-list.filter-dangling#ignored',
});

export const notDangling = check({
  id: 'network-list.not-dangling',
  clause: 'engine.network-list.filter-dangling',
  title: 'The filter dangling with false leaves out an unused network',
  op: 'NetworkList',
  given: { unused: anEngineNetwork() },
  when: () => ({ filters: { dangling: ['false'] } }),
  expect: ({ unused }) => ({ status: 200, body: withoutNames(unused.name) }),
  brokenBy: 'engine.network-list.filter-dangling#false-is-all',
});

export const danglingPerhaps = check({
  id: 'network-list.dangling-perhaps',
  clause: 'engine.network-list.filter-dangling',
  title: 'The filter dangling refuses other values',
  op: 'NetworkList',
  given: {},
  when: () => ({ filters: { dangling: ['perhaps'] } }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-list.filter-dangling#any-value',
});

export const scope = check({
  id: 'network-list.by-scope',
  clause: 'engine.network-list.filter-scope',
  title: 'The filter scope keeps a local network out of those of a swarm',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ filters: { scope: ['swarm'], name: [network.name] } }),
  expect: { status: 200, body: [] },
  brokenBy: 'engine.network-list.filter-scope#ignored',
});

export const builtin = check({
  id: 'network-list.builtin',
  clause: 'engine.network-list.filter-type-builtin',
  title: 'The type builtin keeps the network none, and no network of a user',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: () => ({ filters: { type: ['builtin'] } }),
  expect: ({ network }) => ({ status: 200, body: onlyNames(['none'], [network.name]) }),
  brokenBy: 'engine.network-list.filter-type-builtin#all',
});

export const bothTypes = check({
  id: 'network-list.both-types',
  clause: 'engine.network-list.filter-type-builtin',
  title: 'Both types together keep all networks',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: () => ({ filters: { type: ['custom', 'builtin'] } }),
  expect: ({ network }) => ({ status: 200, body: namesOf('none', network.name) }),
  brokenBy: 'engine.network-list.filter-type-builtin#one-type',
});

export const withBuiltin = check({
  id: 'network-list.with-builtin',
  clause: 'engine.network-list.filter-type-builtin',
  title: 'A list without filters has the networks host and none',
  op: 'NetworkList',
  given: {},
  when: () => ({}),
  expect: { status: 200, body: namesOf('host', 'none') },
  brokenBy: 'engine.network-list.filter-type-builtin#hidden',
});

export const labelBesideName = check({
  id: 'network-list.label-beside-name',
  clause: 'engine.network-list.filters-together',
  title: 'A label in the filter has to fit where the name fits both',
  op: 'NetworkList',
  given: teams,
  when: () => ({ filters: { name: [common], label: ['org.opencnm.team=shop'] } }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.network-list.filters-together#first-filter',
});

export const asInspect = check({
  id: 'network-list.as-inspect',
  clause: 'engine.network-list.as-inspect',
  title: 'A listed network has the members that inspect shows',
  op: 'NetworkList',
  given: {
    network: anEngineNetwork({ internal: true, options: { 'com.docker.network.driver.mtu': '1450' } }),
    shown: aShownNetwork({ of: 'network' }),
  },
  when: () => ({}),
  expect: ({ shown: { Id, Name, Created, Internal, Attachable, EnableIPv6, IPAM, Options, Labels } }) => ({
    status: 200,
    body: including({
      ...{ Id, Name, Created, Internal, Attachable, EnableIPv6 },
      ...{ IPAM: sameAs(IPAM), Options: sameAs(Options), Labels: sameAs(Labels) },
    }),
  }),
  brokenBy: 'engine.network-list.as-inspect#no-options',
});

export const filterMaps = rawCheck({
  id: 'engine-transport.filter-maps',
  clause: 'engine.transport.filter-maps',
  title: 'Filters in the form of the docker command are read',
  op: 'NetworkList',
  given: teams,
  when: ({ wanted }) => ({ query: filters({ name: { [wanted.name]: true } }) }),
  expect: ({ wanted, other }) => ({ status: 200, body: onlyNames([wanted.name], [other.name]) }),
  brokenBy: 'engine.transport.filter-maps#passed-over',
});

export const badFilters = rawCheck({
  id: 'engine-transport.bad-filters',
  clause: 'engine.transport.bad-filters',
  title: 'Filters that are not JSON are refused',
  op: 'NetworkList',
  given: {},
  when: () => ({ query: 'filters=name%3Dweb' }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.transport.bad-filters#passed-over',
});

export const noFilters = check({
  id: 'engine-transport.no-filters',
  clause: 'engine.transport.no-filters',
  title: 'An empty map of filters lets a network through',
  op: 'NetworkList',
  given: { network: anEngineNetwork() },
  when: () => ({ filters: {} }),
  expect: ({ network }) => ({ status: 200, body: namesOf(network.name) }),
  brokenBy: 'engine.transport.no-filters#nothing',
});

function filters(map: object): string {
  return new URLSearchParams({ filters: JSON.stringify(map) }).toString();
}

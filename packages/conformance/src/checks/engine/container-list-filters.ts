import { check } from '../../check.js';
import { aContainer, aRunningContainer, aStoppedContainer, theListedImage } from '../../fixtures/a-container.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { including, without } from '../../patterns/matchers.js';
import { both } from '../../patterns/of-engines.js';

const three = { first: aContainer(), second: aContainer(), other: aContainer() };
const labelled = (team: string, tier: string) =>
  aContainer({ labels: { 'org.opencnm.team': team, 'org.opencnm.tier': tier } });

/** A list with some containers and without another. */
const only = (wanted: readonly { readonly id: string }[], other: { readonly id: string }) => ({
  status: 200 as const,
  body: both(...wanted.map(({ id }) => including({ Id: id })), without({ Id: other.id })),
});

export const ids = check({
  id: 'container-list.two-ids',
  clause: 'engine.container-list.filters',
  title: 'Two ids in the filter let through two containers',
  op: 'ContainerList',
  given: three,
  when: ({ first, second }) => ({ all: true, filters: { id: [first.id, second.id] } }),
  expect: ({ first, second, other }) => only([first, second], other),
  brokenBy: 'engine.container-list.filters#first-id',
});

export const names = check({
  id: 'container-list.two-names',
  clause: 'engine.container-list.filters',
  title: 'Two names in the filter let through two containers',
  op: 'ContainerList',
  given: three,
  when: ({ first, second }) => ({ all: true, filters: { name: [first.name, second.name] } }),
  expect: ({ first, second, other }) => only([first, second], other),
  brokenBy: 'engine.container-list.filters#first-name',
});

export const states = check({
  id: 'container-list.two-states',
  clause: 'engine.container-list.filters',
  title: 'Two states in the filter let through containers of both',
  op: 'ContainerList',
  given: { stopped: aStoppedContainer(), running: aRunningContainer(), created: aContainer() },
  when: () => ({ all: true, filters: { status: ['exited', 'running'] } }),
  expect: ({ stopped, running, created }) => only([stopped, running], created),
  brokenBy: 'engine.container-list.filters#first-status',
});

export const nameAndLabel = check({
  id: 'container-list.name-and-label',
  clause: 'engine.container-list.filters',
  title: 'A label in the filter of containers has to fit where the name fits both',
  op: 'ContainerList',
  given: { wanted: labelled('shop', 'db'), other: labelled('bank', 'db') },
  when: () => ({ all: true, filters: { name: ['opencnm-'], label: ['org.opencnm.team=shop'] } }),
  expect: ({ wanted, other }) => only([wanted], other),
  brokenBy: 'engine.container-list.filters#first-filter',
});

export const labelAndName = check({
  id: 'container-list.label-and-name',
  clause: 'engine.container-list.filters',
  title: 'A name in the filter has to fit where the label fits both',
  op: 'ContainerList',
  given: { wanted: labelled('shop', 'db'), other: labelled('shop', 'db') },
  when: ({ wanted }) => ({ all: true, filters: { name: [wanted.name], label: ['org.opencnm.team=shop'] } }),
  expect: ({ wanted, other }) => only([wanted], other),
  brokenBy: 'engine.container-list.filters#last-filter',
});

export const bothLabels = check({
  id: 'container-list.both-labels',
  clause: 'engine.container-list.filter-both-labels',
  title: 'Two labels in the filter of containers both have to be there',
  op: 'ContainerList',
  given: { wanted: labelled('shop', 'db'), other: labelled('shop', 'web') },
  when: () => ({ all: true, filters: { label: ['org.opencnm.team=shop', 'org.opencnm.tier=db'] } }),
  expect: ({ wanted, other }) => only([wanted], other),
  brokenBy: 'engine.container-list.filter-both-labels#first-only',
});

export const ancestor = check({
  id: 'container-list.ancestor',
  clause: 'engine.container-list.filter-ancestor',
  title: 'The filter ancestor lets through a container of the second image that it names',
  op: 'ContainerList',
  given: { container: aContainer(), image: theListedImage({ of: 'container' }) },
  when: ({ image }) => ({ all: true, filters: { ancestor: ['opencnm-no-such-image', image] } }),
  expect: ({ container }) => ({ status: 200, body: including({ Id: container.id }) }),
  brokenBy: 'engine.container-list.filter-ancestor#first-only',
});

export const otherAncestor = check({
  id: 'container-list.other-ancestor',
  clause: 'engine.container-list.filter-ancestor',
  title: 'The filter ancestor lets through no container of another image',
  op: 'ContainerList',
  given: { container: aContainer() },
  when: () => ({ all: true, filters: { ancestor: ['opencnm-no-such-image'] } }),
  expect: { status: 200, body: [] },
  brokenBy: 'engine.container-list.filter-ancestor#ignored',
});

export const networks = check({
  id: 'container-list.two-networks',
  clause: 'engine.container-list.filter-networks',
  title: 'Two networks in the filter let through containers of both, running or not',
  op: 'ContainerList',
  given: {
    first: anEngineNetwork(),
    second: anEngineNetwork(),
    stopped: aStoppedContainer({ on: 'first' }),
    running: aRunningContainer({ on: 'second' }),
    elsewhere: aContainer(),
  },
  when: ({ first, second }) => ({ all: true, filters: { network: [first.name, second.name] } }),
  expect: ({ stopped, running, elsewhere }) => only([stopped, running], elsewhere),
  brokenBy: 'engine.container-list.filter-networks#first-only',
});

export const limit = check({
  id: 'container-list.limit',
  clause: 'engine.container-list.limit',
  title: 'A limit lets through the newest containers',
  stage: 'last',
  op: 'ContainerList',
  given: { older: aContainer(), newest: aContainer() },
  when: () => ({ all: true, limit: 1 }),
  expect: ({ newest }) => ({ status: 200, body: [{ Id: newest.id }] }),
  brokenBy: 'engine.container-list.limit#ignored',
});

export const shown = check({
  id: 'container-list.shown',
  clause: 'engine.container-list.shown',
  title: 'A listed container has its name with a slash, its state and its labels',
  op: 'ContainerList',
  given: { container: labelled('shop', 'db') },
  when: ({ container }) => ({ all: true, filters: { name: [container.name] } }),
  expect: ({ container }) => ({
    status: 200,
    body: [{ Names: [`/${container.name}`], State: 'created', Labels: { 'org.opencnm.team': 'shop' } }],
  }),
  brokenBy: 'engine.container-list.shown#no-slash',
});

export const none = check({
  id: 'container-list.none',
  clause: 'engine.container-list.none',
  title: 'A list of no containers is an empty array',
  op: 'ContainerList',
  given: {},
  when: (_, draw) => ({ all: true, filters: { name: [draw.name()] } }),
  expect: { status: 200, body: [] },
  brokenBy: 'engine.container-list.none#is-null',
});

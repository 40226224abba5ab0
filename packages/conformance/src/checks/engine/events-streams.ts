import { causing, check, liveCheck, rawCheck } from '../../check.js';
import { anEngineNetwork, anEngineNetworkRequest, aPruneLabel } from '../../fixtures/an-engine-network.js';
import { aPrunedNetwork } from '../../fixtures/named-networks.js';
import { theTime } from '../../fixtures/the-engine.js';
import { atLeast400, including } from '../../patterns/matchers.js';
import { aMomentBetween } from '../../patterns/moments.js';
import { inOrder } from '../../patterns/of-engines.js';

export const time = check({
  id: 'engine-events.time',
  clause: 'engine.events.time',
  title: 'An event has its moment in seconds and in nanoseconds',
  op: 'SystemEvents',
  given: { before: theTime(), network: anEngineNetwork(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ before, network, after }) => ({
    status: 200,
    body: including({
      Action: 'create',
      Actor: { ID: network.id },
      time: aMomentBetween(before, after),
      timeNano: aMomentBetween(before, after, 1e9),
    }),
  }),
  brokenBy: 'engine.events.time#milliseconds',
});

export const prune = check({
  id: 'engine-events.prune',
  clause: 'engine.events.prune',
  title: 'A network that was pruned is told with destroy',
  stage: 'last',
  op: 'SystemEvents',
  given: { before: theTime(), mark: aPruneLabel(), network: aPrunedNetwork({ mark: 'mark' }), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network }) => ({
    status: 200,
    body: including({ Type: 'network', Action: 'destroy', Actor: { ID: network.id } }),
  }),
  brokenBy: 'engine.events.prune#missing',
});

export const open = liveCheck({
  id: 'engine-events.open',
  clause: 'engine.events.open',
  title: 'An open stream tells a second event, too',
  op: 'SystemEvents',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ filters: { type: ['network'], network: [request.Name] } }),
  meanwhile: ({ request }) => [
    causing('NetworkCreate', { body: request }),
    causing('NetworkDelete', { id: request.Name }),
  ],
  expect: ({ request: { Name } }) => ({
    status: 200,
    body: inOrder(
      { Action: 'create', Actor: { Attributes: { name: Name } } },
      { Action: 'destroy', Actor: { Attributes: { name: Name } } },
    ),
  }),
  brokenBy: 'engine.events.open#one-event',
});

export const inARow = liveCheck({
  id: 'engine-events.in-a-row',
  clause: 'engine.events.open',
  title: 'An open stream tells four events of two networks in a row',
  op: 'SystemEvents',
  given: { first: anEngineNetworkRequest(), second: anEngineNetworkRequest() },
  when: ({ first, second }) => ({ filters: { type: ['network'], network: [first.Name, second.Name] } }),
  meanwhile: ({ first, second }) => [
    causing('NetworkCreate', { body: first }),
    causing('NetworkCreate', { body: second }),
    causing('NetworkDelete', { id: first.Name }),
    causing('NetworkDelete', { id: second.Name }),
  ],
  expect: ({ first, second }) => ({
    status: 200,
    body: inOrder(
      { Action: 'create', Actor: { Attributes: { name: first.Name } } },
      { Action: 'create', Actor: { Attributes: { name: second.Name } } },
      { Action: 'destroy', Actor: { Attributes: { name: first.Name } } },
      { Action: 'destroy', Actor: { Attributes: { name: second.Name } } },
    ),
  }),
  brokenBy: 'engine.events.open#three-events',
});

export const scope = check({
  id: 'engine-events.scope',
  clause: 'engine.events.scope',
  title: 'An event of a network of one host has the scope local',
  op: 'SystemEvents',
  given: { before: theTime(), network: anEngineNetwork(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network }) => ({
    status: 200,
    body: including({ Action: 'create', Actor: { ID: network.id }, scope: 'local' }),
  }),
  brokenBy: 'engine.events.scope#missing',
});

export const badFilters = rawCheck({
  id: 'engine-events.bad-filters',
  clause: 'engine.events.bad-filters',
  title: 'A stream with filters that are not JSON is refused',
  op: 'SystemEvents',
  given: { now: theTime() },
  when: ({ now }) => ({ query: `until=${now}&filters=type%3Dnetwork` }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.events.bad-filters#passed-over',
});

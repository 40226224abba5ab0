import { causing, check, liveCheck } from '../../check.js';
import { aRunningContainer, aStoppedContainer } from '../../fixtures/a-container.js';
import { aDisconnectedContainer } from '../../fixtures/a-disconnected-container.js';
import {
  aDeletedEngineNetwork,
  anEngineNetwork,
  anEngineNetworkRequest,
  type EngineNetworkMade,
} from '../../fixtures/an-engine-network.js';
import { theTime } from '../../fixtures/the-engine.js';
import { each, including, without } from '../../patterns/matchers.js';
import { both, inOrder, oneItem } from '../../patterns/of-engines.js';

const event = (Action: string, { id, name }: EngineNetworkMade, more: object = {}) => ({
  Type: 'network',
  Action,
  Actor: { ID: id, Attributes: { name, type: 'bridge', ...more } },
});

export const until = check({
  id: 'engine-events.until',
  clause: 'engine.events.until',
  title: 'A stream of the past ends',
  op: 'SystemEvents',
  given: { before: theTime(), network: anEngineNetwork(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: { status: 200 },
  brokenBy: 'engine.events.until#open',
});

export const since = check({
  id: 'engine-events.since',
  clause: 'engine.events.since',
  title: 'A stream tells what happened since a moment, and nothing from before',
  op: 'SystemEvents',
  given: { early: anEngineNetwork(), moment: theTime(), late: anEngineNetwork(), after: theTime() },
  when: ({ moment, after }) => ({ since: moment, until: after }),
  expect: ({ early, late }) => ({
    status: 200,
    body: both(including(event('create', late)), without({ Actor: { ID: early.id } })),
  }),
  brokenBy: 'engine.events.since#everything',
});

export const networkCreate = check({
  id: 'engine-events.network-create',
  clause: 'engine.events.network-create',
  title: 'A network that was made is told once, with its id, name and driver',
  op: 'SystemEvents',
  given: { before: theTime(), network: anEngineNetwork(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network }) => ({ status: 200, body: oneItem(event('create', network)) }),
  brokenBy: 'engine.events.network-create#no-name',
});

export const networkDestroy = check({
  id: 'engine-events.network-destroy',
  clause: 'engine.events.network-destroy',
  title: 'A network that was deleted is told with destroy',
  op: 'SystemEvents',
  given: { before: theTime(), network: aDeletedEngineNetwork(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network }) => ({ status: 200, body: including(event('destroy', network)) }),
  brokenBy: 'engine.events.network-destroy#other-word',
});

export const networkConnect = check({
  id: 'engine-events.network-connect',
  clause: 'engine.events.network-connect',
  title: 'A container that joins is told with connect and its id',
  op: 'SystemEvents',
  given: {
    before: theTime(),
    network: anEngineNetwork(),
    container: aRunningContainer({ on: 'network' }),
    after: theTime(),
  },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network, container }) => ({
    status: 200,
    body: including(event('connect', network, { container: container.id })),
  }),
  brokenBy: 'engine.events.network-connect#no-container',
});

export const networkDisconnect = check({
  id: 'engine-events.network-disconnect',
  clause: 'engine.events.network-disconnect',
  title: 'A container that was disconnected is told with disconnect and its id',
  op: 'SystemEvents',
  given: {
    before: theTime(),
    network: anEngineNetwork(),
    container: aDisconnectedContainer({ from: 'network' }),
    after: theTime(),
  },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network, container }) => ({
    status: 200,
    body: including(event('disconnect', network, { container: container.id })),
  }),
  brokenBy: 'engine.events.network-disconnect#no-container',
});

export const disconnectOnStop = check({
  id: 'engine-events.disconnect-on-stop',
  clause: 'engine.events.network-disconnect',
  title: 'A container that was stopped is told with disconnect and its id',
  op: 'SystemEvents',
  given: {
    before: theTime(),
    network: anEngineNetwork(),
    container: aStoppedContainer({ on: 'network' }),
    after: theTime(),
  },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network, container }) => ({
    status: 200,
    body: including(event('disconnect', network, { container: container.id })),
  }),
  brokenBy: 'engine.events.network-disconnect#not-on-stop',
});

export const filterType = check({
  id: 'engine-events.filter-type',
  clause: 'engine.events.filter-type',
  title: 'The filter type lets through events of networks alone',
  op: 'SystemEvents',
  given: {
    before: theTime(),
    network: anEngineNetwork(),
    container: aRunningContainer({ on: 'network' }),
    after: theTime(),
  },
  when: ({ before, after }) => ({ since: before, until: after, filters: { type: ['network'] } }),
  expect: { status: 200, body: each({ Type: 'network' }) },
  brokenBy: 'engine.events.filter-type#ignored',
});

export const filterNetwork = check({
  id: 'engine-events.filter-network',
  clause: 'engine.events.filter-network',
  title: 'The filter network lets through the events of a network by its name, and no others',
  op: 'SystemEvents',
  given: { before: theTime(), wanted: anEngineNetwork(), other: anEngineNetwork(), after: theTime() },
  when: ({ before, after, wanted }) => ({ since: before, until: after, filters: { network: [wanted.name] } }),
  expect: ({ wanted }) => ({
    status: 200,
    body: both(including(event('create', wanted)), each({ Actor: { ID: wanted.id } })),
  }),
  brokenBy: 'engine.events.filter-network#ignored',
});

export const order = check({
  id: 'engine-events.order',
  clause: 'engine.events.order',
  title: 'The creation of a network is told before its deletion',
  op: 'SystemEvents',
  given: { before: theTime(), network: aDeletedEngineNetwork(), after: theTime() },
  when: ({ before, after }) => ({ since: before, until: after }),
  expect: ({ network }) => ({ status: 200, body: inOrder(event('create', network), event('destroy', network)) }),
  brokenBy: 'engine.events.order#newest-first',
});

export const live = liveCheck({
  id: 'engine-events.live',
  clause: 'engine.events.live',
  title: 'An open stream has headers before the first event, and tells it when it happens',
  op: 'SystemEvents',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ filters: { type: ['network'], network: [request.Name] } }),
  meanwhile: ({ request }) => [causing('NetworkCreate', { body: request })],
  expect: ({ request }) => ({
    status: 200,
    body: including({ Type: 'network', Action: 'create', Actor: { Attributes: { name: request.Name } } }),
  }),
  brokenBy: 'engine.events.live#headers-late',
});

import { burstCheck, check, seen } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aJoinedEndpoint, anEndpoint, idsOf, joinRequest } from '../../fixtures/an-endpoint.js';
import { severalEndpoints } from '../../fixtures/several-endpoints.js';
import { anything } from '../../patterns/matchers.js';
import { interfaceNamesDiffer } from '../../patterns/of-bursts.js';

export const concurrent = burstCheck({
  id: 'transport.concurrent',
  clause: 'plugin.transport.concurrent',
  title: 'Eight endpoints that join at once all join',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoints: severalEndpoints({ on: 'network', count: 8 }) },
  when: ({ endpoints }, draw) => endpoints.map((endpoint) => joinRequest(endpoint, draw.sandboxKey())),
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.concurrent#one-at-a-time',
});

export const ownAnswers = burstCheck({
  id: 'transport.own-answers',
  clause: 'plugin.transport.concurrent',
  title: 'Eight endpoints that join at once have an answer each',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoints: severalEndpoints({ on: 'network', count: 8 }) },
  when: ({ endpoints }, draw) => endpoints.map((endpoint) => joinRequest(endpoint, draw.sandboxKey())),
  expect: { answers: {} },
  together: [interfaceNamesDiffer],
  brokenBy: 'plugin.transport.concurrent#one-answer-for-two',
});

export const inTime = check({
  id: 'transport.in-time',
  clause: 'plugin.transport.in-time',
  title: 'The facts about an endpoint are told in time, again and again',
  op: 'NetworkDriver.EndpointOperInfo',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything } },
  afterwards: ({ endpoint }) => [
    seen('NetworkDriver.EndpointOperInfo', idsOf(endpoint), { wire: { status: anything } }),
  ],
  brokenBy: 'plugin.transport.in-time#hangs-second-time',
});

export const joinAnswered = check({
  id: 'transport.join-answered',
  clause: 'plugin.transport.answers',
  title: 'A Join has a whole answer before the connection is closed',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }, draw) => joinRequest(endpoint, draw.sandboxKey()),
  expect: { answers: {} },
  brokenBy: 'plugin.transport.answers#closes-first',
});

export const leaveAnswered = check({
  id: 'transport.leave-answered',
  clause: 'plugin.transport.answers',
  title: 'A Leave is answered before the connection is closed',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { wire: { status: anything } },
  brokenBy: 'plugin.transport.answers#closes',
});

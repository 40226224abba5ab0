import { check } from '../../check.js';
import { aLeftEndpoint } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aDeletedEndpoint, aJoinedEndpoint, anEndpoint, anEndpointRequest, idsOf } from '../../fixtures/an-endpoint.js';
import { theReturnOf } from '../../fixtures/requests.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { factsOrNone, noFactsBut } from '../../patterns/endpoint-patterns.js';

export const shape = check({
  id: 'endpoint-oper-info.shape',
  clause: 'network-driver.endpoint-oper-info.shape',
  title: 'The facts about a joined endpoint are an object, or none',
  op: 'NetworkDriver.EndpointOperInfo',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: { Value: factsOrNone } },
  brokenBy: 'network-driver.endpoint-oper-info.shape#text',
});

export const unknown = check({
  id: 'endpoint-oper-info.unknown',
  clause: 'network-driver.endpoint-oper-info.unknown',
  title: 'An endpoint that was never made has no facts',
  stage: 'last',
  op: 'NetworkDriver.EndpointOperInfo',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request: { NetworkID, EndpointID } }) => ({ NetworkID, EndpointID }),
  expect: ({ request }) => ({ answers: { Value: noFactsBut(request) }, mayClose: true }),
  brokenBy: 'network-driver.endpoint-oper-info.unknown#invents',
});

export const deleted = check({
  id: 'endpoint-oper-info.deleted',
  clause: 'network-driver.endpoint-oper-info.unknown',
  title: 'An endpoint that was removed has no facts',
  stage: 'last',
  op: 'NetworkDriver.EndpointOperInfo',
  given: { network: aNetwork(), endpoint: aDeletedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: ({ endpoint }) => ({ answers: { Value: noFactsBut(idsOf(endpoint)) }, mayClose: true }),
  brokenBy: 'network-driver.endpoint-oper-info.unknown#remembers',
});

export const ofReturnedNetwork = check({
  id: 'endpoint-oper-info.of-returned-network',
  clause: 'network-driver.endpoint-oper-info.unknown',
  title: 'An endpoint of a network that was removed and made again has no facts',
  stage: 'last',
  op: 'NetworkDriver.EndpointOperInfo',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }), again: whereAccepted(theReturnOf('network')) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: ({ endpoint }) => ({ answers: { Value: noFactsBut(idsOf(endpoint)) } }),
  brokenBy: 'network-driver.endpoint-oper-info.unknown#comes-back',
});

export const beforeJoin = check({
  id: 'endpoint-oper-info.before-join',
  clause: 'network-driver.endpoint-oper-info.any-state',
  title: 'Facts about an endpoint are told before it joins',
  op: 'NetworkDriver.EndpointOperInfo',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.endpoint-oper-info.any-state#before-join',
});

export const afterLeave = check({
  id: 'endpoint-oper-info.after-leave',
  clause: 'network-driver.endpoint-oper-info.any-state',
  title: 'Facts about an endpoint are told after it left',
  op: 'NetworkDriver.EndpointOperInfo',
  given: { network: aNetwork(), endpoint: aLeftEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.endpoint-oper-info.any-state#after-leave',
});

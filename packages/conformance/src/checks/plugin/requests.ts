import { check, rawCheck, seen } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { anEndpointRequest, leaveOfNothing } from '../../fixtures/an-endpoint.js';
import { anOutcome } from '../../fixtures/an-outcome.js';
import { exposing } from '../../fixtures/host-ports.js';
import { engineHeaders, halfJson } from '../../fixtures/raw-requests.js';
import { aNetworkRequest } from '../../fixtures/requests.js';
import { anything } from '../../patterns/matchers.js';
import { matching } from '../../patterns/matching.js';

export const withoutContentType = rawCheck({
  id: 'transport.without-content-type',
  clause: 'plugin.transport.no-content-type-needed',
  title: 'A call that succeeds with a Content-Type succeeds without it',
  stage: 'last',
  op: 'NetworkDriver.Leave',
  given: { typed: anOutcome('NetworkDriver.Leave', leaveOfNothing, { 'Content-Type': 'application/json' }) },
  when: ({ typed }) => ({ headers: engineHeaders, body: typed.body }),
  expect: ({ typed }) => (typed.isSuccess ? { succeeds: {} } : { answers: {}, mayClose: true }),
  brokenBy: 'plugin.transport.no-content-type-needed#wants-content-type',
});

export const halfJsonRefused = rawCheck({
  id: 'transport.half-json',
  clause: 'plugin.transport.refuses-bad-json',
  title: 'Half a JSON document is refused',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: {},
  when: () => ({ body: halfJson }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'plugin.transport.refuses-bad-json#takes-bad-json',
});

export const noJsonRefused = rawCheck({
  id: 'transport.no-json',
  clause: 'plugin.transport.refuses-bad-json',
  title: 'Text that is not JSON is refused',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: {},
  when: () => ({ body: 'NetworkID=1' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'plugin.transport.refuses-bad-json#takes-text',
});

export const survivesHalfJson = rawCheck({
  id: 'transport.survives-half-json',
  clause: 'plugin.transport.survives-bad-json',
  title: 'A driver goes on to answer after half a JSON document',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: {},
  when: () => ({ body: halfJson }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: () => [seen('NetworkDriver.GetCapabilities', undefined, { succeeds: {} })],
  brokenBy: 'plugin.transport.survives-bad-json#stops-after-bad-json',
});

export const unknownMethod = rawCheck({
  id: 'transport.unknown-method',
  clause: 'plugin.transport.unknown-method',
  title: 'A method that does not exist is answered with 404',
  stage: 'last',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => ({ path: '/NetworkDriver.NoSuchMethod', body: '{}' }),
  expect: { wire: { status: 404 } },
  brokenBy: 'plugin.transport.unknown-method#catch-all',
});

export const unknownOptions = check({
  id: 'transport.unknown-options',
  clause: 'plugin.transport.ignores-unknown-members',
  title: 'An option of a newer engine is ignored',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => ({ ...request, Options: { ...request.Options, 'com.docker.network.opencnm_newer': true } }),
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.ignores-unknown-members#strict-options',
});

export const unknownMembers = check({
  id: 'transport.unknown-members',
  clause: 'plugin.transport.ignores-unknown-members',
  title: 'A member of a newer engine is ignored',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => ({ ...request, OpenCNMNewer: { Enabled: true } }) as typeof request,
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.ignores-unknown-members#strict-members',
});

export const longRequest = check({
  id: 'transport.long-request',
  clause: 'plugin.transport.long-requests',
  title: 'An endpoint is made for an image that exposes 3000 ports',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }) => ({ ...request, Options: { ...request.Options, ...exposing(3000) } }),
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.long-requests#cut-at-64-kib',
});

export const hostHeader = rawCheck({
  id: 'transport.host-header',
  clause: 'plugin.transport.host-header',
  title: 'The Host header of an engine is accepted',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => ({ headers: engineHeaders, body: '' }),
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.host-header#own-host',
});

export const emptyHostHeader = rawCheck({
  id: 'transport.empty-host-header',
  clause: 'plugin.transport.empty-host-header',
  title: 'The empty Host header of an older engine is accepted',
  stage: 'last',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => ({ headers: { ...engineHeaders, Host: '' }, body: '' }),
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.empty-host-header#wants-host',
});

export const getIsNoCall = rawCheck({
  id: 'transport.get-is-no-call',
  clause: 'plugin.transport.get-is-no-call',
  title: 'GET is not taken for a call',
  stage: 'last',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => ({ method: 'GET' }),
  expect: { wire: { status: matching('a status of 400 or more', (status) => Number(status) >= 400) } },
  brokenBy: 'plugin.transport.get-is-no-call#serves-get',
});

import { burstCheck, check, rawCheck, seen } from '../../check.js';
import { anEngineNetworkRequest } from '../../fixtures/an-engine-network.js';
import { theApiVersion, theNextApiVersion } from '../../fixtures/the-engine.js';
import { atLeast400, containing, oneOf, present } from '../../patterns/matchers.js';
import { aMessage } from '../../patterns/of-engines.js';

const nowhere = 'opencnm-nowhere';

export const errorBody = check({
  id: 'engine-transport.error-body',
  clause: 'engine.transport.error-body',
  title: 'A refusal is a JSON object with a message',
  op: 'NetworkInspect',
  given: {},
  when: () => ({ id: nowhere }),
  expect: { wire: { status: atLeast400, body: aMessage } },
  brokenBy: 'engine.transport.error-body#plain-text',
});

export const unknownPath = rawCheck({
  id: 'engine-transport.unknown-path',
  clause: 'engine.transport.unknown-path',
  title: 'A path that is no operation is answered 404',
  op: 'NetworkList',
  given: { version: theApiVersion() },
  when: ({ version }) => ({ path: `/v${version}/opencnm-no-path` }),
  expect: { wire: { status: 404 } },
  brokenBy: 'engine.transport.unknown-path#empty-200',
});

export const unknownPathMessage = rawCheck({
  id: 'engine-transport.unknown-path-message',
  clause: 'engine.transport.unknown-path-message',
  title: 'A path that is no operation is answered with a JSON message',
  op: 'NetworkList',
  given: { version: theApiVersion() },
  when: ({ version }) => ({ path: `/v${version}/opencnm-no-path` }),
  expect: { wire: { status: 404, body: aMessage } },
  brokenBy: 'engine.transport.unknown-path-message#plain-text',
});

export const unknownMethod = rawCheck({
  id: 'engine-transport.unknown-method',
  clause: 'engine.transport.unknown-method',
  title: 'A method that a path does not have is refused',
  op: 'NetworkList',
  given: {},
  when: () => ({ method: 'PUT' }),
  expect: { wire: { status: oneOf(404, 405) } },
  brokenBy: 'engine.transport.unknown-method#as-get',
});

export const tooNew = rawCheck({
  id: 'engine-transport.too-new',
  clause: 'engine.transport.too-new',
  title: 'A path version above the newest is answered 400 and told the newest',
  op: 'NetworkList',
  given: { version: theApiVersion() },
  when: () => ({ path: '/v9.99/networks' }),
  expect: ({ version }) => ({ wire: { status: 400, body: containing(version) } }),
  brokenBy: 'engine.transport.too-new#serves',
});

export const tooOld = rawCheck({
  id: 'engine-transport.too-old',
  clause: 'engine.transport.too-old',
  title: 'A path version below the oldest is answered 400',
  op: 'NetworkList',
  given: {},
  when: () => ({ path: '/v1.0/networks' }),
  expect: { wire: { status: 400 } },
  brokenBy: 'engine.transport.too-old#serves',
});

export const unversioned = rawCheck({
  id: 'engine-transport.unversioned',
  clause: 'engine.transport.unversioned',
  title: 'A path without a version is served',
  op: 'NetworkList',
  given: {},
  when: () => ({ path: '/networks' }),
  expect: { status: 200 },
  brokenBy: 'engine.transport.unversioned#not-found',
});

export const versionOnSuccess = check({
  id: 'engine-transport.version-on-success',
  clause: 'engine.transport.version-header',
  title: 'An answer carries the API version',
  op: 'NetworkList',
  given: {},
  when: () => ({}),
  expect: { wire: { status: 200, headers: { 'api-version': present } } },
  brokenBy: 'engine.transport.version-header#on-ping-only',
});

export const versionOnRefusal = check({
  id: 'engine-transport.version-on-refusal',
  clause: 'engine.transport.version-header',
  title: 'A refusal carries the API version',
  op: 'NetworkInspect',
  given: {},
  when: () => ({ id: nowhere }),
  expect: { wire: { status: atLeast400, headers: { 'api-version': present } } },
  brokenBy: 'engine.transport.version-header#not-on-refusals',
});

export const contentType = check({
  id: 'engine-transport.content-type',
  clause: 'engine.transport.content-type',
  title: 'A JSON answer says application/json',
  op: 'NetworkList',
  given: {},
  when: () => ({}),
  expect: { wire: { status: 200, headers: { 'content-type': containing('application/json') } } },
  brokenBy: 'engine.transport.content-type#text',
});

export const needsContentType = rawCheck({
  id: 'engine-transport.needs-content-type',
  clause: 'engine.transport.needs-content-type',
  title: 'A body that says text/plain is answered 400',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify(request) }),
  expect: { wire: { status: 400 } },
  brokenBy: 'engine.transport.needs-content-type#taken',
});

export const cutJson = rawCheck({
  id: 'engine-transport.cut-json',
  clause: 'engine.transport.broken-json',
  title: 'A body that was cut is refused and makes nothing',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: JSON.stringify(request).slice(0, -1) }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ request }) => [seen('NetworkInspect', { id: request.Name }, { status: 404 })],
  brokenBy: 'engine.transport.broken-json#half-taken',
});

export const afterCutJson = rawCheck({
  id: 'engine-transport.after-cut-json',
  clause: 'engine.transport.broken-json',
  title: 'The engine answers after a body that was cut',
  op: 'NetworkCreate',
  given: {},
  when: () => ({ body: '{"Name":"opencnm' }),
  expect: { wire: { status: atLeast400 } },
  afterwards: () => [seen('SystemVersion', undefined, { status: 200 })],
  brokenBy: 'engine.transport.broken-json#goes-silent',
});

export const unknownMembers = check({
  id: 'engine-transport.unknown-members',
  clause: 'engine.transport.unknown-members',
  title: 'A member that nobody defined is passed over',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, OpenCNMColour: { blue: true } } as typeof request }),
  expect: { status: 201 },
  brokenBy: 'engine.transport.unknown-members#refused',
});

export const nullIsAbsent = check({
  id: 'engine-transport.null-is-absent',
  clause: 'engine.transport.null-is-absent',
  title: 'A network whose maps and objects are null is made',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { Name: request.Name, IPAM: null, ConfigFrom: null, Options: null, Labels: null } }),
  expect: { status: 201 },
  brokenBy: 'engine.transport.null-is-absent#refused',
});

export const atOnce = burstCheck({
  id: 'engine-transport.at-once',
  clause: 'engine.transport.at-once',
  title: 'Eight calls at the same time are all answered',
  op: 'NetworkList',
  given: {},
  when: () => Array.from({ length: 8 }, () => ({})),
  expect: { status: 200 },
  brokenBy: 'engine.transport.at-once#busy',
});

export const oneTooNew = rawCheck({
  id: 'engine-transport.one-too-new',
  clause: 'engine.transport.one-too-new',
  title: 'The version after the newest is answered 400',
  op: 'NetworkList',
  given: { version: theNextApiVersion() },
  when: ({ version }) => ({ path: `/v${version}/networks` }),
  expect: { wire: { status: 400 } },
  brokenBy: 'engine.transport.one-too-new#serves',
});

export const charset = rawCheck({
  id: 'engine-transport.charset',
  clause: 'engine.transport.charset',
  title: 'A body that says application/json with a charset is taken',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(request),
  }),
  expect: { status: 201 },
  brokenBy: 'engine.transport.charset#refused',
});

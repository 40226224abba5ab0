import { check } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aJoinedEndpoint, anEndpoint, idsOf } from '../../fixtures/an-endpoint.js';
import { aNetworkRequest } from '../../fixtures/requests.js';
import { containing } from '../../patterns/matchers.js';
import { matching } from '../../patterns/matching.js';
import { isOneDocument, withMember } from '../../patterns/of-bodies.js';

export const createdWith200 = check({
  id: 'transport.created-with-200',
  clause: 'plugin.transport.status-200',
  title: 'A network that was made is answered with status 200',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }) => request,
  expect: {
    wire: { status: matching('200, or the status of a failure', (status) => status === 200 || Number(status) >= 400) },
  },
  brokenBy: 'plugin.transport.status-200#created',
});

export const deletedWith200 = check({
  id: 'transport.deleted-with-200',
  clause: 'plugin.transport.status-200',
  title: 'A network that was removed is answered with status 200',
  op: 'NetworkDriver.DeleteNetwork',
  given: { network: aNetwork() },
  when: ({ network }) => ({ NetworkID: network.id }),
  expect: {
    wire: { status: matching('200, or the status of a failure', (status) => status === 200 || Number(status) >= 400) },
  },
  brokenBy: 'plugin.transport.status-200#no-content',
});

export const leaveWithObject = check({
  id: 'transport.leave-with-object',
  clause: 'plugin.transport.json-object',
  title: 'A Leave that succeeded is answered with a JSON object or null',
  op: 'NetworkDriver.Leave',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { answers: {} },
  brokenBy: 'plugin.transport.json-object#empty-body',
});

export const deleteWithObject = check({
  id: 'transport.delete-with-object',
  clause: 'plugin.transport.json-object',
  title: 'A DeleteEndpoint that succeeded is answered with a JSON object or null',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { answers: {} },
  brokenBy: 'plugin.transport.json-object#array-body',
});

export const noByteOrderMark = check({
  id: 'transport.no-byte-order-mark',
  clause: 'plugin.transport.no-bom',
  title: 'An answer begins without a byte order mark',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { wire: { body: matching('no byte order mark', (body) => !String(body).startsWith('\uFEFF')) } },
  brokenBy: 'plugin.transport.no-bom#bom',
});

export const noRedirect = check({
  id: 'transport.no-redirect',
  clause: 'plugin.transport.no-redirect',
  title: 'A call is answered where it was sent to',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { wire: { status: matching('no redirection', (status) => Number(status) < 300 || Number(status) >= 400) } },
  brokenBy: 'plugin.transport.no-redirect#slash',
});

export const contentType = check({
  id: 'transport.content-type',
  clause: 'plugin.transport.content-type',
  title: 'An answer carries a JSON media type',
  needs: ['handshake'],
  op: 'Plugin.Activate',
  given: {},
  when: () => undefined,
  expect: { wire: { headers: { 'content-type': containing('json') } } },
  brokenBy: 'plugin.transport.content-type#text-plain',
});

export const oneDocument = check({
  id: 'transport.one-document',
  clause: 'plugin.transport.one-document',
  title: 'A success is one JSON document with nothing behind it',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { wire: { body: isOneDocument } },
  brokenBy: 'plugin.transport.one-document#doubled',
});

export const documentedCase = check({
  id: 'transport.documented-case',
  clause: 'plugin.transport.documented-case',
  title: 'Member names have the case of the definition',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { wire: { body: withMember('Scope') } },
  brokenBy: 'plugin.transport.documented-case#lower-case',
});

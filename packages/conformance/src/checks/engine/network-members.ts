import { check, seen } from '../../check.js';
import { anEngineNetwork, anEngineNetworkRequest } from '../../fixtures/an-engine-network.js';
import { aConfiguration, aShownNetwork } from '../../fixtures/named-networks.js';
import { theTime } from '../../fixtures/the-engine.js';
import { otherThan } from '../../patterns/matchers.js';
import { aDateBetween } from '../../patterns/moments.js';
import { sameAs } from '../../patterns/of-engines.js';

export const plain = check({
  id: 'network-create.plain',
  clause: 'engine.network-create.plain',
  title: 'A network that asked for nothing special is a local bridge without any',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request: { Driver: _, ...body } }) => ({ body }),
  expect: { status: 201 },
  afterwards: (_, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      {
        status: 200,
        body: {
          Driver: 'bridge',
          Scope: 'local',
          Internal: false,
          Attachable: false,
          EnableIPv6: false,
          ConfigOnly: false,
          Ingress: false,
        },
      },
    ),
  ],
  brokenBy: 'engine.network-create.plain#internal',
});

export const attachable = check({
  id: 'network-create.attachable',
  clause: 'engine.network-create.attachable',
  title: 'An attachable network is shown as attachable',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, Attachable: true } }),
  expect: { status: 201 },
  afterwards: (_, { Id }) => [seen('NetworkInspect', { id: Id }, { status: 200, body: { Attachable: true } })],
  brokenBy: 'engine.network-create.attachable#dropped',
});

export const configOnly = check({
  id: 'network-create.config-only',
  clause: 'engine.network-create.config-only',
  title: 'A config-only network is shown as config-only',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request: { Driver: _, ...request } }) => ({ body: { ...request, ConfigOnly: true } }),
  expect: { status: 201 },
  afterwards: (_, { Id }) => [seen('NetworkInspect', { id: Id }, { status: 200, body: { ConfigOnly: true } })],
  brokenBy: 'engine.network-create.config-only#made',
});

export const configFrom = check({
  id: 'network-create.config-from',
  clause: 'engine.network-create.config-only',
  title: 'A network made from a configuration has its subnet and names it',
  op: 'NetworkCreate',
  given: { configuration: aConfiguration(), request: anEngineNetworkRequest() },
  // Labels count as a configuration of its own.
  when: ({ configuration, request: { Name } }) => ({ body: { Name, ConfigFrom: { Network: configuration.name } } }),
  expect: { status: 201 },
  afterwards: ({ configuration }, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      {
        status: 200,
        body: {
          ConfigFrom: { Network: configuration.name },
          ConfigOnly: false,
          IPAM: { Config: [{ Subnet: configuration.subnet.pool }] },
        },
      },
    ),
  ],
  brokenBy: 'engine.network-create.config-only#not-taken',
});

export const oddLabels = check({
  id: 'network-create.odd-labels',
  clause: 'engine.network-create.odd-labels',
  title: 'Labels keep empty values, signs and letters beyond ASCII',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest({ labels: { empty: '', query: 'a=b<c&d=e', name: 'Köln 東京' } }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [
    seen('NetworkInspect', { id: Id }, { status: 200, body: { Labels: { ...request.Labels } } }),
  ],
  brokenBy: 'engine.network-create.odd-labels#cuts-values',
});

export const options = check({
  id: 'network-create.options',
  clause: 'engine.network-create.options',
  title: 'Several options are shown as they were given',
  op: 'NetworkCreate',
  given: {
    request: anEngineNetworkRequest({
      options: { 'com.docker.network.driver.mtu': '1450', 'org.opencnm.Colour': 'Blue' },
    }),
  },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: (_, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      { status: 200, body: { Options: { 'com.docker.network.driver.mtu': '1450', 'org.opencnm.Colour': 'Blue' } } },
    ),
  ],
  brokenBy: 'engine.network-create.options#first-only',
});

export const created = check({
  id: 'network-create.created',
  clause: 'engine.network-create.created',
  title: 'Created is the moment at which the network was made',
  op: 'NetworkInspect',
  given: { before: theTime(), network: anEngineNetwork(), after: theTime() },
  when: ({ network }) => ({ id: network.id }),
  expect: ({ before, after }) => ({ status: 200, body: { Created: aDateBetween(before, after) } }),
  brokenBy: 'engine.network-create.created#year-one',
});

export const createdStays = check({
  id: 'network-create.created-stays',
  clause: 'engine.network-create.created',
  title: 'Created is the same each time',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork(), shown: aShownNetwork({ of: 'network' }) },
  when: ({ network }) => ({ id: network.id }),
  expect: ({ shown }) => ({ status: 200, body: { Created: shown.Created } }),
  brokenBy: 'engine.network-create.created#always-now',
});

export const shownAgain = check({
  id: 'network-inspect.same',
  clause: 'engine.network-inspect.same',
  title: 'A network is shown the same a second time',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork({ internal: true }), shown: aShownNetwork({ of: 'network' }) },
  when: ({ network }) => ({ id: network.id }),
  expect: ({ shown }) => ({ status: 200, body: sameAs(shown) }),
  brokenBy: 'engine.network-inspect.same#labels-fade',
});

export const newId = check({
  id: 'network-create.new-id',
  clause: 'engine.network-create.new-id',
  title: 'A network that is made again has another id',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 204 },
  afterwards: ({ network }) => [
    seen('NetworkCreate', { body: network.request }, { status: 201, body: { Id: otherThan(network.id) } }),
  ],
  brokenBy: 'engine.network-create.new-id#same',
});

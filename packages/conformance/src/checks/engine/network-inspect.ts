import { check } from '../../check.js';
import { aRunningContainer } from '../../fixtures/a-container.js';
import { aShownEndpoint } from '../../fixtures/a-shown-endpoint.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { containing, like } from '../../patterns/matchers.js';

export const byId = check({
  id: 'network-inspect.by-id',
  clause: 'engine.network-inspect.references',
  title: 'A network is found by the beginning of its id',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id.slice(0, 12) }),
  expect: ({ network }) => ({ status: 200, body: { Id: network.id } }),
  brokenBy: 'engine.network-inspect.references#no-prefix',
});

export const byName = check({
  id: 'network-inspect.by-name',
  clause: 'engine.network-inspect.references',
  title: 'A network is found by its name',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.name }),
  expect: ({ network }) => ({ status: 200, body: { Id: network.id } }),
  brokenBy: 'engine.network-inspect.references#no-name',
});

export const unknown = check({
  id: 'network-inspect.unknown',
  clause: 'NetworkInspect/404',
  title: 'A network that does not exist is answered with 404 and its name',
  op: 'NetworkInspect',
  given: {},
  when: () => ({ id: 'opencnm-no-such-network' }),
  expect: { status: 404, body: { message: containing('opencnm-no-such-network') } },
  brokenBy: 'NetworkInspect/404#internal-error',
});

export const beginningOfName = check({
  id: 'network-inspect.beginning-of-name',
  clause: 'NetworkInspect/404',
  title: 'The beginning of a name finds nothing',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.name.slice(0, -2) }),
  expect: { status: 404 },
  brokenBy: 'NetworkInspect/404#name-prefix',
});

export const containers = check({
  id: 'network-inspect.containers',
  clause: 'engine.network-inspect.containers',
  title: 'A container on a network is shown with its name, MAC address and address',
  op: 'NetworkInspect',
  given: { network: anEngineNetwork(), container: aRunningContainer({ on: 'network' }) },
  when: ({ network }) => ({ id: network.id }),
  expect: ({ container }) => ({
    status: 200,
    body: {
      Containers: {
        [container.id]: {
          Name: container.name,
          MacAddress: like(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i, 'a MAC address'),
          IPv4Address: like(/^\d+\.\d+\.\d+\.\d+\/24$/, 'an address with /24'),
        },
      },
    },
  }),
  brokenBy: 'engine.network-inspect.containers#no-prefix-length',
});

export const sameEndpoint = check({
  id: 'network-inspect.same-endpoint',
  clause: 'engine.network-inspect.containers',
  title: 'A network and its container show the same endpoint and address',
  op: 'NetworkInspect',
  given: {
    network: anEngineNetwork(),
    container: aRunningContainer({ on: 'network' }),
    endpoint: aShownEndpoint({ of: 'container', on: 'network' }),
  },
  when: ({ network }) => ({ id: network.id }),
  expect: ({ container, endpoint }) => ({
    status: 200,
    body: {
      Containers: {
        [container.id]: {
          EndpointID: endpoint.EndpointID,
          IPv4Address: `${endpoint.IPAddress}/${endpoint.IPPrefixLen}`,
        },
      },
    },
  }),
  brokenBy: 'engine.network-inspect.containers#other-endpoint',
});

export const sameMac = check({
  id: 'network-inspect.same-mac',
  clause: 'engine.network-inspect.containers',
  title: 'A network and its container show the same MAC address',
  op: 'NetworkInspect',
  given: {
    network: anEngineNetwork(),
    container: aRunningContainer({ on: 'network' }),
    endpoint: aShownEndpoint({ of: 'container', on: 'network' }),
  },
  when: ({ network }) => ({ id: network.id }),
  expect: ({ container, endpoint }) => ({
    status: 200,
    body: { Containers: { [container.id]: { MacAddress: endpoint.MacAddress } } },
  }),
  brokenBy: 'engine.network-inspect.containers#other-mac',
});

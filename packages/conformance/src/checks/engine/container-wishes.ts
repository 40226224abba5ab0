import type { EndpointSettings } from '@opencnm/spec';
import { check, seen } from '../../check.js';
import { aContainer } from '../../fixtures/a-container.js';
import { aContainerRequest } from '../../fixtures/a-container-request.js';
import { anEngineNetwork, type EngineNetworkMade } from '../../fixtures/an-engine-network.js';
import { absent } from '../../patterns/matchers.js';
import { withoutAddresses } from '../../patterns/of-engines.js';
import type { Pattern } from '../../patterns/pattern.js';

const alone = { network: anEngineNetwork() };

const shown = ({ name }: EngineNetworkMade, settings: Pattern<EndpointSettings>) => ({
  status: 200 as const,
  body: { NetworkSettings: { Networks: { [name]: settings } } },
});

export const none = check({
  id: 'container-create.none',
  clause: 'engine.container-create.none',
  title: 'A container with NetworkMode none has no address once it runs',
  op: 'ContainerCreate',
  given: { request: aContainerRequest({ with: { HostConfig: { NetworkMode: 'none' } } }) },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ request }) => [
    seen('ContainerStart', { id: request.name }, { status: 204 }),
    seen(
      'ContainerInspect',
      { id: request.name },
      { status: 200, body: { NetworkSettings: { Networks: withoutAddresses } } },
    ),
  ],
  brokenBy: 'engine.container-create.none#bridge',
});

/** Older engines read it from the container, newer ones from its endpoint. */
const MacAddress = '02:42:0a:6e:63:6d';

export const macAddress = check({
  id: 'container-create.mac-address',
  clause: 'engine.container-create.mac-address',
  title: 'A started container has the MAC address that it was created with',
  op: 'ContainerCreate',
  given: {
    ...alone,
    request: aContainerRequest({ on: 'network', endpoint: () => ({ MacAddress }), with: { MacAddress } }),
  },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ network, request }) => [
    seen('ContainerStart', { id: request.name }, { status: 204 }),
    seen('ContainerInspect', { id: request.name }, shown(network, { MacAddress })),
  ],
  brokenBy: 'engine.container-create.mac-address#ignored',
});

export const wishes = check({
  id: 'container-create.wishes',
  clause: 'engine.container-create.wishes',
  title: 'A created container shows its links and driver options',
  op: 'ContainerCreate',
  given: {
    ...alone,
    request: aContainerRequest({
      on: 'network',
      endpoint: () => ({ Links: ['opencnm-other:database'], DriverOpts: { 'org.opencnm.qos': 'gold' } }),
    }),
  },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ network, request }) => [
    seen(
      'ContainerInspect',
      { id: request.name },
      shown(network, { Links: ['opencnm-other:database'], DriverOpts: { 'org.opencnm.qos': 'gold' } }),
    ),
  ],
  brokenBy: 'engine.container-create.wishes#no-links',
});

export const notOnNetwork = check({
  id: 'container-create.not-on-network',
  clause: 'engine.container-create.not-on-network',
  title: 'A network does not show a container that was never started',
  op: 'ContainerCreate',
  given: { ...alone, request: aContainerRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ network }, { Id }) => [
    seen('NetworkInspect', { id: network.id }, { status: 200, body: { Containers: { [Id]: absent } } }),
  ],
  brokenBy: 'engine.container-create.not-on-network#shown',
});

export const config = check({
  id: 'container-inspect.config',
  clause: 'engine.container-inspect.config',
  title: 'A container shows its labels and its host name',
  op: 'ContainerCreate',
  given: { request: aContainerRequest({ labels: { 'org.opencnm.team': 'shop' }, with: { Hostname: 'opencnm-web' } }) },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ request }) => [
    seen(
      'ContainerInspect',
      { id: request.name },
      { status: 200, body: { Config: { Labels: { 'org.opencnm.team': 'shop' }, Hostname: 'opencnm-web' } } },
    ),
  ],
  brokenBy: 'engine.container-inspect.config#no-labels',
});

export const networkMode = check({
  id: 'container-inspect.network-mode',
  clause: 'engine.container-inspect.network-mode',
  title: 'A container shows its NetworkMode',
  op: 'ContainerInspect',
  given: { ...alone, container: aContainer({ on: 'network' }) },
  when: ({ container }) => ({ id: container.id }),
  expect: ({ network }) => ({ status: 200, body: { HostConfig: { NetworkMode: network.name } } }),
  brokenBy: 'engine.container-inspect.network-mode#default',
});

export const listedMode = check({
  id: 'container-list.network-mode',
  clause: 'engine.container-inspect.network-mode',
  title: 'A listed container shows its NetworkMode',
  op: 'ContainerList',
  given: { ...alone, container: aContainer({ on: 'network' }) },
  when: ({ container }) => ({ all: true, filters: { name: [container.name] } }),
  expect: ({ network }) => ({ status: 200, body: [{ HostConfig: { NetworkMode: network.name } }] }),
  brokenBy: 'engine.container-inspect.network-mode#default-in-lists',
});

const status = (word: string) => ({ status: 200 as const, body: { State: { Status: word } } });

export const createdStatus = check({
  id: 'container-inspect.created-status',
  clause: 'engine.container-inspect.status',
  title: 'A container is running once it was started, and exited once it was stopped',
  op: 'ContainerInspect',
  given: { container: aContainer() },
  when: ({ container }) => ({ id: container.id }),
  expect: status('created'),
  afterwards: ({ container: { id } }) => [
    seen('ContainerStart', { id }, { status: 204 }),
    seen('ContainerInspect', { id }, status('running')),
    seen('ContainerStop', { id, t: 0 }, { status: 204 }),
    seen('ContainerInspect', { id }, status('exited')),
  ],
  brokenBy: 'engine.container-inspect.status#up',
});

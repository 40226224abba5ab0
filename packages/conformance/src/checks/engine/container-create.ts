import { check, seen } from '../../check.js';
import { aContainer } from '../../fixtures/a-container.js';
import { aContainerRequest } from '../../fixtures/a-container-request.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { absent, atLeast400, including } from '../../patterns/matchers.js';
import { onlyOn } from '../../patterns/of-engines.js';

export const standsStill = check({
  id: 'container-create.stands-still',
  clause: 'engine.container-create.stands-still',
  title: 'A created container does not run',
  op: 'ContainerCreate',
  given: { network: anEngineNetwork(), request: aContainerRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ request }) => [
    seen('ContainerInspect', { id: request.name }, { status: 200, body: { State: { Running: false } } }),
  ],
  brokenBy: 'engine.container-create.stands-still#starts',
});

export const noAddressYet = check({
  id: 'container-create.no-address-yet',
  clause: 'engine.container-create.stands-still',
  title: 'A created container has no address',
  op: 'ContainerCreate',
  given: { network: anEngineNetwork(), request: aContainerRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ network, request }) => [
    seen(
      'ContainerInspect',
      { id: request.name },
      { status: 200, body: { NetworkSettings: { Networks: { [network.name]: { IPAddress: absent } } } } },
    ),
  ],
  brokenBy: 'engine.container-create.stands-still#has-address',
});

export const usedName = check({
  id: 'container-create.used-name',
  clause: 'engine.container-create.unique-name',
  title: 'A used name is refused and stays with its container',
  op: 'ContainerCreate',
  given: { first: aContainer(), request: aContainerRequest() },
  when: ({ first, request }) => ({ name: first.name, body: request.body }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ first }) => [seen('ContainerInspect', { id: first.name }, { status: 200, body: { Id: first.id } })],
  brokenBy: 'engine.container-create.unique-name#replaces',
});

export const usedNameStatus = check({
  id: 'container-create.used-name-status',
  clause: 'ContainerCreate/409',
  title: 'A used name of a container is answered 409',
  op: 'ContainerCreate',
  given: { first: aContainer(), request: aContainerRequest() },
  when: ({ first, request }) => ({ name: first.name, body: request.body }),
  expect: { status: 409 },
  brokenBy: 'ContainerCreate/409#other-status',
});

export const unknownImage = check({
  id: 'container-create.unknown-image',
  clause: 'ContainerCreate/404',
  title: 'An image that is not there is answered 404',
  op: 'ContainerCreate',
  given: { request: aContainerRequest({ with: { Image: 'registry.invalid/opencnm/nothing:1' } }) },
  when: ({ request }) => request,
  expect: { status: 404 },
  brokenBy: 'ContainerCreate/404#accepts',
});

export const badName = check({
  id: 'container-create.bad-name',
  clause: 'ContainerCreate/400',
  title: 'A container name that is a dash is answered 400',
  op: 'ContainerCreate',
  given: { request: aContainerRequest() },
  when: ({ request }) => ({ name: '-', body: request.body }),
  expect: { status: 400 },
  brokenBy: 'ContainerCreate/400#accepts',
});

export const ownNetworkOnly = check({
  id: 'container-create.own-network-only',
  clause: 'engine.container-create.networks',
  title: 'A container joins its own network and no other',
  op: 'ContainerCreate',
  given: { network: anEngineNetwork(), request: aContainerRequest({ on: 'network' }) },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ network, request }) => [
    seen('ContainerStart', { id: request.name }, { status: 204 }),
    seen(
      'ContainerInspect',
      { id: request.name },
      { status: 200, body: { NetworkSettings: { Networks: onlyOn(network.name) } } },
    ),
  ],
  brokenBy: 'engine.container-create.networks#bridge-too',
});

export const endpointWishes = check({
  id: 'container-create.endpoint-wishes',
  clause: 'engine.container-create.endpoint',
  title: 'A started container has the address and the alias that it was created with',
  op: 'ContainerCreate',
  given: {
    network: anEngineNetwork(),
    request: aContainerRequest({
      on: 'network',
      endpoint: ({ subnet }) => ({ Aliases: ['opencnm-alias'], IPAMConfig: { IPv4Address: subnet.ip(77) } }),
    }),
  },
  when: ({ request }) => request,
  expect: { status: 201 },
  afterwards: ({ network, request }) => [
    seen('ContainerStart', { id: request.name }, { status: 204 }),
    seen(
      'ContainerInspect',
      { id: request.name },
      {
        status: 200,
        body: {
          NetworkSettings: {
            Networks: { [network.name]: { IPAddress: network.subnet.ip(77), Aliases: including('opencnm-alias') } },
          },
        },
      },
    ),
  ],
  brokenBy: 'engine.container-create.endpoint#address-ignored',
});

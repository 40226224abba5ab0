import { check, rawCheck, seen } from '../../check.js';
import {
  anEngineNetwork,
  anEngineNetworkRequest,
  aPlainNetwork,
  aRefusedEngineNetwork,
} from '../../fixtures/an-engine-network.js';
import { anIp, anything, atLeast400, containing, including, otherThan, present } from '../../patterns/matchers.js';
import { withoutNames } from '../../patterns/of-networks.js';

export const shown = check({
  id: 'network-create.shown',
  clause: 'engine.network-create.shown',
  title: 'A new network is shown with its name, driver, labels and options',
  stage: 'first',
  op: 'NetworkCreate',
  given: {
    request: anEngineNetworkRequest({
      labels: { 'org.opencnm.Team': 'Shop' },
      options: { 'com.docker.network.driver.mtu': '1450' },
    }),
  },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201, body: { Id: present } },
  afterwards: ({ request }, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      {
        status: 200,
        body: {
          Id,
          Name: request.Name,
          Driver: 'bridge',
          Scope: 'local',
          Labels: { ...request.Labels },
          Options: { 'com.docker.network.driver.mtu': '1450' },
        },
      },
    ),
  ],
  brokenBy: 'engine.network-create.shown#drops-labels',
});

export const nameKept = check({
  id: 'network-create.name-kept',
  clause: 'engine.network-create.shown',
  title: 'A name keeps its capital letters',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, Name: `${request.Name}-Web` } }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [
    seen('NetworkInspect', { id: Id }, { status: 200, body: { Name: `${request.Name}-Web` } }),
  ],
  brokenBy: 'engine.network-create.shown#lower-cases-name',
});

export const ipamConfig = check({
  id: 'network-create.ipam-config',
  clause: 'engine.network-create.ipam-config',
  title: 'A new network has the subnet and the gateway that were asked for',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      {
        status: 200,
        body: {
          IPAM: {
            Config: [
              { Subnet: request.IPAM?.Config?.[0]?.Subnet ?? '', Gateway: request.IPAM?.Config?.[0]?.Gateway ?? '' },
            ],
          },
        },
      },
    ),
  ],
  brokenBy: 'engine.network-create.ipam-config#drops-subnet',
});

export const internal = check({
  id: 'network-create.internal',
  clause: 'engine.network-create.internal',
  title: 'An internal network is shown as internal',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest({ internal: true }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: (_, { Id }) => [seen('NetworkInspect', { id: Id }, { status: 200, body: { Internal: true } })],
  brokenBy: 'engine.network-create.internal#not-internal',
});

export const chosenSubnet = check({
  id: 'network-create.chosen-subnet',
  clause: 'engine.network-create.chosen-subnet',
  title: 'A network without configuration gets a subnet that no other network has',
  op: 'NetworkCreate',
  given: { other: aPlainNetwork() },
  when: ({ other }, draw) => ({ body: { ...other.request, Name: draw.name() } }),
  expect: { status: 201 },
  afterwards: ({ other }, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      { status: 200, body: { IPAM: { Config: including({ Subnet: otherThan(other.subnetText) }) } } },
    ),
  ],
  brokenBy: 'engine.network-create.chosen-subnet#same-subnet',
});

export const usedName = check({
  id: 'network-create.used-name',
  clause: 'NetworkCreate/409',
  title: 'A name that is in use is refused with 409',
  op: 'NetworkCreate',
  given: { taken: anEngineNetwork(), request: anEngineNetworkRequest() },
  when: ({ taken, request }) => ({ body: { ...request, Name: taken.name } }),
  expect: { status: 409, body: { message: containing('already exists') } },
  afterwards: ({ taken }) => [seen('NetworkInspect', { id: taken.name }, { status: 200, body: { Id: taken.id } })],
  brokenBy: 'NetworkCreate/409#other-status',
});

export const usedNameMakesNothing = check({
  id: 'network-create.used-name-makes-nothing',
  clause: 'NetworkCreate/409',
  title: 'A name that is in use makes no second network',
  op: 'NetworkCreate',
  given: { taken: anEngineNetwork(), request: anEngineNetworkRequest() },
  when: ({ taken, request }) => ({ body: { ...request, Name: taken.name } }),
  expect: { status: 409 },
  afterwards: ({ taken }) => [
    seen('NetworkList', { filters: { name: [taken.name] } }, { status: 200, body: [{ Id: taken.id }] }),
  ],
  brokenBy: 'NetworkCreate/409#makes-it-anyway',
});

export const predefinedName = check({
  id: 'network-create.predefined-name',
  clause: 'engine.network-create.predefined-name',
  title: 'The name host is refused with 403',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, Name: 'host' } }),
  expect: { status: 403 },
  brokenBy: 'engine.network-create.predefined-name#accepts-host',
});

export const overlap = check({
  id: 'network-create.overlap',
  clause: 'engine.network-create.overlap',
  title: 'A subnet within that of another network is refused',
  op: 'NetworkCreate',
  given: { other: anEngineNetwork(), request: anEngineNetworkRequest() },
  when: ({ other, request }) => ({
    body: { ...request, IPAM: { Driver: 'default', Config: [{ Subnet: other.subnet.pool.replace('/24', '/25') }] } },
  }),
  expect: { status: 403 },
  afterwards: ({ request }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(request.Name) })],
  brokenBy: 'engine.network-create.overlap#accepts-overlap',
});

export const overlapLeavesNothing = check({
  id: 'network-create.overlap-leaves-nothing',
  clause: 'engine.network-create.overlap',
  title: 'A name that was refused for its subnet can be used',
  op: 'NetworkCreate',
  given: { other: anEngineNetwork(), request: aRefusedEngineNetwork({ overlapping: 'other' }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  brokenBy: 'engine.network-create.overlap#keeps-name',
});

export const emptyName = check({
  id: 'network-create.empty-name',
  clause: 'engine.network-create.invalid-name',
  title: 'An empty name is refused with 400',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, Name: '' } }),
  expect: { status: 400 },
  brokenBy: 'engine.network-create.invalid-name#accepts-empty',
});

export const badBody = rawCheck({
  id: 'network-create.bad-body',
  clause: 'engine.network-create.bad-body',
  title: 'A body that is not JSON is refused with 400',
  stage: 'last',
  op: 'NetworkCreate',
  given: {},
  when: () => ({ body: '{"Name":"half' }),
  expect: { wire: { status: 400, body: anything } },
  brokenBy: 'engine.network-create.bad-body#internal-error',
});

export const makes = check({
  id: 'network-create.makes',
  clause: 'engine.network-create.makes',
  title: 'A new network is found at once under the id of the answer',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [
    seen('NetworkInspect', { id: Id }, { status: 200, body: { Id, Name: request.Name } }),
  ],
  brokenBy: 'engine.network-create.makes#id-of-nothing',
});

export const chosenGateway = check({
  id: 'network-create.chosen-gateway',
  clause: 'engine.network-create.chosen-subnet',
  title: 'A network without configuration gets a gateway',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, IPAM: null } }),
  expect: { status: 201 },
  afterwards: (_, { Id }) => [
    seen('NetworkInspect', { id: Id }, { status: 200, body: { IPAM: { Config: including({ Gateway: anIp(4) }) } } }),
  ],
  brokenBy: 'engine.network-create.chosen-subnet#no-gateway',
});

export const predefinedNone = check({
  id: 'network-create.predefined-none',
  clause: 'engine.network-create.predefined-name',
  title: 'The name none is refused',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, Name: 'none' } }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-create.predefined-name#accepts-none',
});

export const sameSubnet = check({
  id: 'network-create.same-subnet',
  clause: 'engine.network-create.overlap',
  title: 'The very subnet of another network is refused',
  op: 'NetworkCreate',
  given: { other: anEngineNetwork(), request: anEngineNetworkRequest() },
  when: ({ other, request }) => ({ body: { ...request, IPAM: other.request.IPAM ?? null } }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ request }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(request.Name) })],
  brokenBy: 'engine.network-create.overlap#accepts-same',
});

export const wholeSubnet = check({
  id: 'network-create.whole-subnet',
  clause: 'engine.network-create.overlap',
  title: 'A subnet around that of another network is refused',
  op: 'NetworkCreate',
  given: { other: anEngineNetwork(), request: anEngineNetworkRequest() },
  // The first subnet of a check begins the block of /20 that is its own.
  when: ({ other, request }) => ({
    body: { ...request, IPAM: { Driver: 'default', Config: [{ Subnet: other.subnet.pool.replace('/24', '/20') }] } },
  }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ request }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(request.Name) })],
  brokenBy: 'engine.network-create.overlap#accepts-whole',
});

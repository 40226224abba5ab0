import type { NetworkCreateRequest } from '@opencnm/spec';
import { check, seen } from '../../check.js';
import { aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork, anEngineNetworkRequest } from '../../fixtures/an-engine-network.js';
import { aRefusedPair, aRequestAfterForeignGateway, aRequestAfterUsedName } from '../../fixtures/named-networks.js';
import { atLeast400 } from '../../patterns/matchers.js';
import { containersWithin, withoutNames } from '../../patterns/of-networks.js';

/** A look at a network that has to show what was asked for its first subnet. */
function showsAsAsked(id: string, { IPAM }: NetworkCreateRequest, member: 'Gateway' | 'IPRange') {
  const body = { IPAM: { Config: [{ [member]: IPAM?.Config?.[0]?.[member] ?? '' }] } };
  return seen('NetworkInspect', { id }, { status: 200, body });
}

export const otherGateway = check({
  id: 'network-create.other-gateway',
  clause: 'engine.network-create.other-gateway',
  title: 'A gateway that is not the first address is shown',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest({ config: ({ ip }) => ({ Gateway: ip(9) }) }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [showsAsAsked(Id, request, 'Gateway')],
  brokenBy: 'engine.network-create.other-gateway#first-address',
});

export const rangeShown = check({
  id: 'network-create.range-shown',
  clause: 'engine.network-create.ip-range',
  title: 'The range that was asked for is shown',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest({ config: ({ ip }) => ({ IPRange: `${ip(128)}/25` }) }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [showsAsAsked(Id, request, 'IPRange')],
  brokenBy: 'engine.network-create.ip-range#not-shown',
});

export const rangeUsed = check({
  id: 'network-connect.range-used',
  clause: 'engine.network-create.ip-range',
  title: 'A container gets an address of the range',
  op: 'NetworkConnect',
  given: {
    home: anEngineNetwork(),
    network: anEngineNetwork({ config: ({ ip }) => ({ IPRange: `${ip(128)}/25` }) }),
    container: aRunningContainer({ on: 'home' }),
  },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ network }) => [
    seen(
      'NetworkInspect',
      { id: network.id },
      { status: 200, body: { Containers: containersWithin(`${network.subnet.ip(128)}/25`) } },
    ),
  ],
  brokenBy: 'engine.network-create.ip-range#not-kept-to',
});

export const auxiliaryShown = check({
  id: 'network-create.auxiliary-shown',
  clause: 'engine.network-create.auxiliary',
  title: 'Auxiliary addresses are shown under their names',
  op: 'NetworkCreate',
  given: {
    request: anEngineNetworkRequest({
      config: ({ ip }) => ({ AuxiliaryAddresses: { router: ip(2), printer: ip(3) } }),
    }),
  },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      {
        status: 200,
        body: { IPAM: { Config: [{ AuxiliaryAddresses: { ...request.IPAM?.Config?.[0]?.AuxiliaryAddresses } }] } },
      },
    ),
  ],
  brokenBy: 'engine.network-create.auxiliary#first-only',
});

export const auxiliaryKept = check({
  id: 'network-connect.auxiliary-kept',
  clause: 'engine.network-create.auxiliary',
  title: 'A container does not get an auxiliary address',
  op: 'NetworkConnect',
  given: {
    home: anEngineNetwork(),
    network: anEngineNetwork({ config: ({ ip }) => ({ AuxiliaryAddresses: { router: ip(2), printer: ip(3) } }) }),
    container: aRunningContainer({ on: 'home' }),
  },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ network: { id, subnet } }) => [
    seen(
      'NetworkInspect',
      { id },
      { status: 200, body: { Containers: containersWithin(subnet.pool, subnet.ip(2), subnet.ip(3)) } },
    ),
  ],
  brokenBy: 'engine.network-create.auxiliary#handed-out',
});

export const ipamDriver = check({
  id: 'network-create.ipam-driver',
  clause: 'engine.network-create.ipam-driver',
  title: 'The IPAM driver and its options are shown',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, IPAM: { ...request.IPAM, Options: { 'org.opencnm.pool': 'blue' } } } }),
  expect: { status: 201 },
  afterwards: (_, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      { status: 200, body: { IPAM: { Driver: 'default', Options: { 'org.opencnm.pool': 'blue' } } } },
    ),
  ],
  brokenBy: 'engine.network-create.ipam-driver#options-lost',
});

export const nonsenseSubnet = check({
  id: 'network-create.nonsense-subnet',
  clause: 'engine.network-create.invalid-config',
  title: 'A subnet that is none is refused, and nothing is made',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, IPAM: { Driver: 'default', Config: [{ Subnet: 'nonsense' }] } } }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ request }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(request.Name) })],
  brokenBy: 'engine.network-create.invalid-config#any-subnet',
});

export const foreignGateway = check({
  id: 'network-create.foreign-gateway',
  clause: 'engine.network-create.invalid-config',
  title: 'A gateway outside its subnet is refused, and nothing is made',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest({ config: () => ({ Gateway: '192.0.2.1' }) }) },
  when: ({ request }) => ({ body: request }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ request }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(request.Name) })],
  brokenBy: 'engine.network-create.invalid-config#any-gateway',
});

export const ipv6 = check({
  id: 'network-create.ipv6',
  clause: 'engine.network-create.ipv6',
  title: 'A network with IPv6 shows both of its subnets',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest({ ipv6: true }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  afterwards: ({ request }, { Id }) => [
    seen(
      'NetworkInspect',
      { id: Id },
      {
        status: 200,
        body: {
          EnableIPv6: true,
          IPAM: { Config: (request.IPAM?.Config ?? []).map(({ Subnet = '' }) => ({ Subnet })) },
        },
      },
    ),
  ],
  brokenBy: 'engine.network-create.ipv6#first-subnet-only',
});

export const overlapIPv6 = check({
  id: 'network-create.overlap-ipv6',
  clause: 'engine.network-create.overlap-ipv6',
  title: 'The IPv6 subnet of another network is refused',
  op: 'NetworkCreate',
  given: { other: anEngineNetwork({ ipv6: true }), request: anEngineNetworkRequest({ ipv6: true }) },
  when: ({ other, request }) => ({
    body: {
      ...request,
      IPAM: { Config: [{ ...request.IPAM?.Config?.[0] }, { Subnet: other.subnet6.pool.replace('/64', '/80') }] },
    },
  }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ request }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(request.Name) })],
  brokenBy: 'engine.network-create.overlap-ipv6#accepted',
});

export const subnetOfRefused = check({
  id: 'network-create.subnet-of-refused',
  clause: 'engine.network-create.refused-keeps-nothing',
  title: 'The first subnet of a network that was refused for its second is free',
  op: 'NetworkCreate',
  given: { other: anEngineNetwork({ ipv6: true }), request: aRefusedPair({ overlapping: 'other' }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  brokenBy: 'engine.network-create.refused-keeps-nothing#keeps-subnet',
});

export const subnetOfUsedName = check({
  id: 'network-create.subnet-of-used-name',
  clause: 'engine.network-create.refused-keeps-nothing',
  title: 'The subnet of a network that was refused for its name is free',
  op: 'NetworkCreate',
  given: { taken: anEngineNetwork(), request: aRequestAfterUsedName({ of: 'taken' }) },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  brokenBy: 'engine.network-create.refused-keeps-nothing#keeps-used-name',
});

export const subnetOfForeignGateway = check({
  id: 'network-create.subnet-of-foreign-gateway',
  clause: 'engine.network-create.refused-keeps-nothing',
  title: 'The subnet of a network that was refused for its gateway is free',
  op: 'NetworkCreate',
  given: { request: aRequestAfterForeignGateway() },
  when: ({ request }) => ({ body: request }),
  expect: { status: 201 },
  brokenBy: 'engine.network-create.refused-keeps-nothing#keeps-foreign-gateway',
});

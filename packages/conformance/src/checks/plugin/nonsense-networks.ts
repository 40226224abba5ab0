import { asked, callsCheck, negativeCheck, seen } from '../../check.js';
import type { Draw } from '../../draw.js';
import { aNetwork, type NetworkMade } from '../../fixtures/a-network.js';
import {
  aDeletedEndpoint,
  anEndpoint,
  anEndpointRequest,
  idsOf,
  joinOfNothing,
  joinRequest,
} from '../../fixtures/an-endpoint.js';
import { aNetworkRequest } from '../../fixtures/requests.js';
import { anything } from '../../patterns/matchers.js';

const kept = { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) } as const;

/** Every call that names a network, or an endpoint of one, with a name that nobody has. */
const aboutNothing = (network: NetworkMade, draw: Draw) => {
  const elsewhere = { NetworkID: draw.networkId(), EndpointID: draw.endpointId() };
  const nobody = { NetworkID: network.id, EndpointID: draw.endpointId() };
  const join = joinOfNothing(network, draw);
  return [
    asked('NetworkDriver.CreateEndpoint', { ...elsewhere, Interface: {}, Options: {} }),
    asked('NetworkDriver.EndpointOperInfo', nobody),
    asked('NetworkDriver.Join', join),
    asked('NetworkDriver.Join', { ...join, ...elsewhere }),
    asked('NetworkDriver.Leave', nobody),
    asked('NetworkDriver.Leave', elsewhere),
    asked('NetworkDriver.DeleteEndpoint', nobody),
    asked('NetworkDriver.DeleteEndpoint', elsewhere),
    asked('NetworkDriver.DeleteNetwork', { NetworkID: draw.networkId() }),
  ];
};

export const unknownNetworksAnswered = callsCheck({
  id: 'nonsense.unknown-networks-answered',
  clause: 'plugin.nonsense.answered',
  title: 'Calls about networks and endpoints that are not there are answered',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork() },
  when: ({ network }, draw) => aboutNothing(network, draw),
  expect: { wire: { status: anything } },
  brokenBy: 'plugin.nonsense.answered#closes-on-unknown-network',
});

export const unknownNetworksSurvived = callsCheck({
  id: 'nonsense.unknown-networks-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An endpoint can join after calls about networks and endpoints that are not there',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: kept,
  when: ({ network }, draw) => aboutNothing(network, draw),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.nonsense.survives#stops-after-unknown-network',
});

export const createNetworkAnswered = negativeCheck({
  id: 'nonsense.create-network-answered',
  clause: 'plugin.nonsense.answered',
  title: 'A CreateNetwork that is wrong in any way is answered',
  op: 'NetworkDriver.CreateNetwork',
  given: { request: aNetworkRequest() },
  when: ({ request }, draw) => ({ ...request, NetworkID: draw.networkId() }),
  brokenBy: 'plugin.nonsense.answered#closes-on-null',
});

export const createEndpointAnswered = negativeCheck({
  id: 'nonsense.create-endpoint-answered',
  clause: 'plugin.nonsense.answered',
  title: 'A CreateEndpoint that is wrong in any way is answered',
  op: 'NetworkDriver.CreateEndpoint',
  given: { network: aNetwork(), request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }, draw) => ({ ...request, EndpointID: draw.endpointId() }),
  brokenBy: 'plugin.nonsense.answered#closes-when-deep',
});

export const joinAnswered = negativeCheck({
  id: 'nonsense.join-answered',
  clause: 'plugin.nonsense.answered',
  title: 'A Join that is wrong in any way is answered',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork() },
  when: ({ network }, draw) => joinOfNothing(network, draw),
  brokenBy: 'plugin.nonsense.answered#closes-on-proto',
});

export const createNetworkSurvived = negativeCheck({
  id: 'nonsense.create-network-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An endpoint can join after each wrong CreateNetwork',
  op: 'NetworkDriver.CreateNetwork',
  given: { ...kept, request: aNetworkRequest() },
  when: ({ request }, draw) => ({ ...request, NetworkID: draw.networkId() }),
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.nonsense.survives#huge-network-forgets',
});

export const deleteNetworkSurvived = negativeCheck({
  id: 'nonsense.delete-network-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An endpoint can join after each wrong DeleteNetwork of another network',
  op: 'NetworkDriver.DeleteNetwork',
  given: kept,
  when: (_, draw) => ({ NetworkID: draw.networkId() }),
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.nonsense.survives#missing-network-deletes-all',
});

export const createEndpointSurvived = negativeCheck({
  id: 'nonsense.create-endpoint-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An endpoint can join after each wrong CreateEndpoint on its network',
  op: 'NetworkDriver.CreateEndpoint',
  given: { ...kept, request: anEndpointRequest({ on: 'network' }) },
  when: ({ request }, draw) => ({ ...request, EndpointID: draw.endpointId() }),
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.nonsense.survives#wrong-interface-forgets',
});

export const deleteEndpointSurvived = negativeCheck({
  id: 'nonsense.delete-endpoint-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An endpoint can join after each wrong DeleteEndpoint of a deleted one',
  op: 'NetworkDriver.DeleteEndpoint',
  given: { ...kept, gone: aDeletedEndpoint({ on: 'network' }) },
  when: ({ gone }) => idsOf(gone),
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.nonsense.survives#null-endpoint-deletes-all',
});

export const joinSurvived = negativeCheck({
  id: 'nonsense.join-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An endpoint can join after each wrong Join of one that never was',
  op: 'NetworkDriver.Join',
  given: kept,
  when: ({ network }, draw) => joinOfNothing(network, draw),
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.nonsense.survives#wrong-options-forget',
});

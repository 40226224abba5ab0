import { negativeCheck, seen } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import {
  aDeletedEndpoint,
  anEndpoint,
  anEndpointRequest,
  idsOf,
  joinOfNothing,
  joinRequest,
} from '../../fixtures/an-endpoint.js';
import { aNetworkRequest } from '../../fixtures/requests.js';

const kept = { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) } as const;

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

import { negativeCheck, seen } from '../../check.js';
import { aContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork, anEngineNetworkRequest } from '../../fixtures/an-engine-network.js';

export const networkCreateAnswered = negativeCheck({
  id: 'engine-nonsense.network-create-answered',
  clause: 'engine.nonsense.answered',
  title: 'A create of a network that is wrong in any way is answered',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }, draw) => ({ body: { ...request, Name: draw.name() } }),
  brokenBy: 'engine.nonsense.answered#closes-on-type',
});

export const networkCreateSurvived = negativeCheck({
  id: 'engine-nonsense.network-create-survived',
  clause: 'engine.nonsense.survives',
  title: 'A network is shown after each wrong create of another one',
  op: 'NetworkCreate',
  given: { kept: anEngineNetwork(), request: anEngineNetworkRequest() },
  when: ({ request }, draw) => ({ body: { ...request, Name: draw.name() } }),
  afterwards: ({ kept }) => [seen('NetworkInspect', { id: kept.id }, { status: 200, body: { Name: kept.name } })],
  brokenBy: 'engine.nonsense.survives#wrong-name-deletes-newest',
});

export const networkConnectAnswered = negativeCheck({
  id: 'engine-nonsense.network-connect-answered',
  clause: 'engine.nonsense.answered',
  title: 'A connect that is wrong in any way is answered',
  op: 'NetworkConnect',
  given: { network: anEngineNetwork(), container: aContainer() },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id, EndpointConfig: {} } }),
  brokenBy: 'engine.nonsense.answered#closes-on-container',
});

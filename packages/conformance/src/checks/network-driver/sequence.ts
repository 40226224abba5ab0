import { parallelCheck, propertyCheck } from '../../check.js';
import { networkModel } from '../../models/network-model.js';
import { networkModelAtOnce } from '../../models/network-model-at-once.js';

export const anyOrder = propertyCheck({
  id: 'endpoint-sequence.any-order',
  clause: 'network-driver.sequence.any-order',
  title: 'Sequences of calls keep networks and endpoints until they are deleted, and make them again',
  op: 'NetworkDriver.CreateEndpoint',
  model: networkModel,
  brokenBy: 'network-driver.sequence.any-order#leave-again-forgets',
});

export const atOnce = parallelCheck({
  id: 'endpoint-sequence.at-once',
  clause: 'network-driver.sequence.at-once',
  title: 'Calls of four clients at once have the answers of some order of them',
  op: 'NetworkDriver.CreateEndpoint',
  model: networkModelAtOnce,
  brokenBy: 'network-driver.sequence.at-once#lost-endpoint',
});

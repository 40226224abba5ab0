import { parallelCheck, propertyCheck } from '../../check.js';
import { engineModel, engineModelAtOnce } from '../../models/engine-model.js';

export const anyOrder = propertyCheck({
  id: 'engine-sequence.any-order',
  clause: 'engine.sequence.any-order',
  title: 'Sequences of creates, deletes and prunes leave the networks that were made and not deleted',
  op: 'NetworkCreate',
  model: engineModel,
  brokenBy: 'engine.sequence.any-order#pruned-name-stays',
});

export const atOnce = parallelCheck({
  id: 'engine-sequence.at-once',
  clause: 'engine.sequence.at-once',
  title: 'Creates and deletes of four clients at once have the answers of some order of them',
  op: 'NetworkCreate',
  model: engineModelAtOnce,
  brokenBy: 'engine.sequence.at-once#subnet-twice',
});

import { check } from '../../check.js';
import { anAllocation } from '../../fixtures/an-allocation.js';
import { anything } from '../../patterns/matchers.js';

export const freed = check({
  id: 'free-network.succeeds',
  clause: 'network-driver.free-network.succeeds',
  title: 'An allocation is given back',
  needs: ['scope-global'],
  op: 'NetworkDriver.FreeNetwork',
  given: { allocation: anAllocation() },
  when: ({ allocation }) => ({ NetworkID: allocation.id }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.free-network.succeeds#refused',
});

export const freedUnknown = check({
  id: 'free-network.unknown',
  clause: 'network-driver.free-network.repeatable',
  title: 'Giving back an unknown allocation is answered',
  stage: 'last',
  needs: ['scope-global'],
  op: 'NetworkDriver.FreeNetwork',
  given: {},
  when: (_, draw) => ({ NetworkID: draw.swarmId() }),
  expect: { wire: { status: anything }, mayClose: true },
  brokenBy: 'network-driver.free-network.repeatable#hangs-on-unknown',
});

import { check, seen } from '../../check.js';
import { anOutcome } from '../../fixtures/an-outcome.js';
import { anything } from '../../patterns/matchers.js';

const node = { DiscoveryType: 1, DiscoveryData: { Address: '192.0.2.7', BindAddress: '', Self: false } };

export const answered = check({
  id: 'discover-new.answered',
  clause: 'network-driver.discover-new.answered',
  title: 'Notices that a node came and went are answered',
  op: 'NetworkDriver.DiscoverNew',
  given: {},
  when: () => node,
  expect: { wire: { status: anything } },
  afterwards: () => [seen('NetworkDriver.DiscoverDelete', node, { wire: { status: anything } })],
  brokenBy: 'network-driver.discover-new.answered#closes-on-leave',
});

export const unknownType = check({
  id: 'discover-new.unknown-type',
  clause: 'network-driver.discover-new.unknown-type',
  title: 'Discovery of an unknown type is ignored without an error',
  stage: 'last',
  op: 'NetworkDriver.DiscoverNew',
  given: { known: anOutcome('NetworkDriver.DiscoverNew', () => node) },
  when: () => ({ DiscoveryType: 9, DiscoveryData: {} }),
  expect: ({ known }) => (known.isSuccess ? { succeeds: {} } : { answers: {} }),
  brokenBy: 'network-driver.discover-new.unknown-type#refuses-type',
});

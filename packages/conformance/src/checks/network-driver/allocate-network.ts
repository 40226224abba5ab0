import { check } from '../../check.js';
import { anAllocation, anAllocationRequest } from '../../fixtures/an-allocation.js';

export const servedWhenGlobal = check({
  id: 'allocate-network.served-when-global',
  clause: 'network-driver.allocate-network.served-when-global',
  title: 'A driver of global scope allocates a network',
  optional: false,
  needs: ['scope-global'],
  op: 'NetworkDriver.AllocateNetwork',
  given: { request: anAllocationRequest() },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.allocate-network.served-when-global#global-without',
});

export const shape = check({
  id: 'allocate-network.shape',
  clause: 'network-driver.allocate-network.shape',
  title: 'The options of an allocation are a map of text',
  needs: ['scope-global'],
  op: 'NetworkDriver.AllocateNetwork',
  given: { request: anAllocationRequest() },
  when: ({ request }) => request,
  expect: { answers: {} },
  brokenBy: 'network-driver.allocate-network.shape#numbers',
});

export const repeatable = check({
  id: 'allocate-network.repeatable',
  clause: 'network-driver.allocate-network.repeatable',
  title: 'A network that is allocated again keeps its options',
  needs: ['scope-global'],
  op: 'NetworkDriver.AllocateNetwork',
  given: { first: anAllocation() },
  when: ({ first }) => ({ ...first.request, Options: first.options }),
  expect: ({ first }) => ({ succeeds: { Options: first.options } }),
  brokenBy: 'network-driver.allocate-network.repeatable#new-options',
});

export const nullIpv6 = check({
  id: 'allocate-network.null-ipv6',
  clause: 'network-driver.allocate-network.null-ipv6',
  title: 'An allocation with IPv6Data null is served',
  needs: ['scope-global'],
  op: 'NetworkDriver.AllocateNetwork',
  given: { request: anAllocationRequest() },
  when: ({ request }) => ({ ...request, IPv6Data: null }),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.allocate-network.null-ipv6#refuses-null',
});

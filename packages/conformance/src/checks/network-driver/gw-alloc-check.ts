import { check, seen } from '../../check.js';
import { equalOrAbsent } from '../../patterns/matchers.js';

const request = {
  Options: {
    'com.docker.network.enable_ipv4': true,
    'com.docker.network.enable_ipv6': false,
    'com.docker.network.generic': {},
  },
};

export const served = check({
  id: 'gw-alloc-check.served',
  clause: 'network-driver.gw-alloc-check.served',
  title: 'A driver that announces GwAllocChecker serves GwAllocCheck',
  needs: ['gw-alloc-check'],
  optional: false,
  op: 'NetworkDriver.GwAllocCheck',
  given: {},
  when: () => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.gw-alloc-check.served#missing',
});

export const booleans = check({
  id: 'gw-alloc-check.booleans',
  clause: 'network-driver.gw-alloc-check.booleans',
  title: 'The answer to GwAllocCheck has booleans',
  needs: ['gw-alloc-check'],
  op: 'NetworkDriver.GwAllocCheck',
  given: {},
  when: () => request,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.gw-alloc-check.booleans#text',
});

export const pure = check({
  id: 'gw-alloc-check.pure',
  clause: 'network-driver.gw-alloc-check.pure',
  title: 'The same options get the same answer from GwAllocCheck',
  needs: ['gw-alloc-check'],
  op: 'NetworkDriver.GwAllocCheck',
  given: {},
  when: () => request,
  expect: { succeeds: {} },
  afterwards: (_, { SkipIPv4 = false, SkipIPv6 = false }) => [
    seen('NetworkDriver.GwAllocCheck', request, {
      succeeds: { SkipIPv4: equalOrAbsent(SkipIPv4), SkipIPv6: equalOrAbsent(SkipIPv6) },
    }),
  ],
  brokenBy: 'network-driver.gw-alloc-check.pure#alternates',
});

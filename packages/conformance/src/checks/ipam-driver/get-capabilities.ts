import { check } from '../../check.js';
import { aPool } from '../../fixtures/a-pool.js';
import { anAddress } from '../../fixtures/an-address.js';
import { firstIpamCapabilities, ipamCapabilities } from '../../fixtures/ipam-answers.js';
import { sameAs } from '../../patterns/addresses.js';
import { absent, oneOf } from '../../patterns/matchers.js';

const aBoolean = oneOf(true, false, absent);

export const served = check({
  id: 'ipam-get-capabilities.served',
  clause: 'ipam-driver.get-capabilities.served',
  title: 'An IPAM driver serves GetCapabilities',
  optional: false,
  op: 'IpamDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.get-capabilities.served#missing',
});

export const servedAgain = check({
  id: 'ipam-get-capabilities.served-again',
  clause: 'ipam-driver.get-capabilities.served',
  title: 'An IPAM driver that served GetCapabilities once serves it again',
  optional: false,
  op: 'IpamDriver.GetCapabilities',
  given: { pool: aPool() },
  when: () => undefined,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.get-capabilities.served#missing-later',
});

export const booleans = check({
  id: 'ipam-get-capabilities.booleans',
  clause: 'ipam-driver.get-capabilities.booleans',
  title: 'The capabilities of an IPAM driver are booleans',
  op: 'IpamDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { succeeds: { RequiresMACAddress: aBoolean, RequiresRequestReplay: aBoolean } },
  brokenBy: 'ipam-driver.get-capabilities.booleans#mac-as-text',
});

export const repeatable = check({
  id: 'ipam-get-capabilities.repeatable',
  clause: 'ipam-driver.get-capabilities.repeatable',
  title: 'An IPAM driver tells the same capabilities twice in a row',
  op: 'IpamDriver.GetCapabilities',
  given: { earlier: ipamCapabilities() },
  when: () => undefined,
  expect: ({ earlier }) => ({
    succeeds: {
      RequiresMACAddress: sameAs(earlier.RequiresMACAddress),
      RequiresRequestReplay: sameAs(earlier.RequiresRequestReplay),
    },
  }),
  brokenBy: 'ipam-driver.get-capabilities.repeatable#alternates',
});

export const repeatableWithPool = check({
  id: 'ipam-get-capabilities.repeatable-with-pool',
  clause: 'ipam-driver.get-capabilities.repeatable',
  title: 'An IPAM driver tells the same capabilities while a pool is held',
  op: 'IpamDriver.GetCapabilities',
  given: { earlier: ipamCapabilities(), pool: aPool() },
  when: () => undefined,
  expect: ({ earlier }) => ({
    succeeds: {
      RequiresMACAddress: sameAs(earlier.RequiresMACAddress),
      RequiresRequestReplay: sameAs(earlier.RequiresRequestReplay),
    },
  }),
  brokenBy: 'ipam-driver.get-capabilities.repeatable#changes-with-pool',
});

export const repeatableWithMac = check({
  id: 'ipam-get-capabilities.repeatable-with-mac',
  clause: 'ipam-driver.get-capabilities.repeatable',
  title: 'An IPAM driver tells the same capabilities once a request had a MAC address',
  op: 'IpamDriver.GetCapabilities',
  given: { first: firstIpamCapabilities(), pool: aPool(), address: anAddress({ from: 'pool', mac: true }) },
  when: () => undefined,
  expect: ({ first }) => ({ succeeds: { RequiresMACAddress: sameAs(first.RequiresMACAddress) } }),
  brokenBy: 'ipam-driver.get-capabilities.repeatable#changes-with-mac',
});

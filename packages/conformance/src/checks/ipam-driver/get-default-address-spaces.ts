import { check } from '../../check.js';
import { aPool } from '../../fixtures/a-pool.js';
import { addressSpaces } from '../../fixtures/ipam-answers.js';
import { sameAs } from '../../patterns/addresses.js';
import { present } from '../../patterns/matchers.js';
import { matching } from '../../patterns/matching.js';

export const strings = check({
  id: 'get-default-address-spaces.strings',
  clause: 'ipam-driver.get-default-address-spaces.strings',
  title: 'The names of the address spaces are strings',
  stage: 'first',
  op: 'IpamDriver.GetDefaultAddressSpaces',
  given: {},
  when: () => undefined,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.get-default-address-spaces.strings#local-number',
});

export const stable = check({
  id: 'get-default-address-spaces.stable',
  clause: 'ipam-driver.get-default-address-spaces.stable',
  title: 'The names of the address spaces are the same twice in a row',
  op: 'IpamDriver.GetDefaultAddressSpaces',
  given: { earlier: addressSpaces() },
  when: () => undefined,
  expect: ({ earlier }) => ({
    succeeds: {
      LocalDefaultAddressSpace: sameAs(earlier.LocalDefaultAddressSpace),
      GlobalDefaultAddressSpace: sameAs(earlier.GlobalDefaultAddressSpace),
    },
  }),
  brokenBy: 'ipam-driver.get-default-address-spaces.stable#alternates',
});

export const stableWithPool = check({
  id: 'get-default-address-spaces.stable-with-pool',
  clause: 'ipam-driver.get-default-address-spaces.stable',
  title: 'The names of the address spaces do not change while a pool is held',
  op: 'IpamDriver.GetDefaultAddressSpaces',
  given: { earlier: addressSpaces(), pool: aPool() },
  when: () => undefined,
  expect: ({ earlier }) => ({
    succeeds: {
      LocalDefaultAddressSpace: sameAs(earlier.LocalDefaultAddressSpace),
      GlobalDefaultAddressSpace: sameAs(earlier.GlobalDefaultAddressSpace),
    },
  }),
  brokenBy: 'ipam-driver.get-default-address-spaces.stable#changes-with-pool',
});

export const nonEmpty = check({
  id: 'get-default-address-spaces.non-empty',
  clause: 'ipam-driver.get-default-address-spaces.distinct-names',
  title: 'Neither address space has an empty name',
  op: 'IpamDriver.GetDefaultAddressSpaces',
  given: {},
  when: () => undefined,
  expect: { succeeds: { LocalDefaultAddressSpace: present, GlobalDefaultAddressSpace: present } },
  brokenBy: 'ipam-driver.get-default-address-spaces.distinct-names#empty-global',
});

export const distinct = check({
  id: 'get-default-address-spaces.distinct',
  clause: 'ipam-driver.get-default-address-spaces.distinct-names',
  title: 'The two address spaces have different names',
  op: 'IpamDriver.GetDefaultAddressSpaces',
  given: { names: addressSpaces() },
  when: () => undefined,
  expect: ({ names }) => ({
    succeeds: {
      LocalDefaultAddressSpace: matching(
        `another name than the global space, ${names.GlobalDefaultAddressSpace}`,
        (name) => name !== names.GlobalDefaultAddressSpace,
      ),
    },
  }),
  brokenBy: 'ipam-driver.get-default-address-spaces.distinct-names#same-name',
});

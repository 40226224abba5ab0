import { check } from '../../check.js';
import { aPool, theReleaseOf } from '../../fixtures/a-pool.js';
import {
  addressRequest,
  allAddresses,
  anAddress,
  aReleasedAddress,
  aServedAddress,
} from '../../fixtures/an-address.js';
import { anAddressCidr, theAddress, withPrefixLength } from '../../patterns/addresses.js';
import { anAddressIn, present } from '../../patterns/matchers.js';

const upperHalf = { prefix: 25, at: 128 };

export const served = check({
  id: 'request-address.served',
  clause: 'ipam-driver.request-address.served',
  title: 'An address is granted, of the choice of the driver or by name',
  stage: 'first',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), request: aServedAddress({ from: 'pool' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.served#refuses-all',
});

export const servedByLargePool = check({
  id: 'request-address.served-by-large-pool',
  clause: 'ipam-driver.request-address.served',
  title: 'A pool of 65 536 addresses grants one, of the choice of the driver or by name',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ large: true }), request: aServedAddress({ from: 'pool' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.served#large-pool',
});

export const chosenInLargePool = check({
  id: 'request-address.chosen-in-large-pool',
  clause: 'ipam-driver.request-address.served',
  title: 'A driver that chooses an address in a small pool chooses one in a pool of 65 536 addresses',
  op: 'IpamDriver.RequestAddress',
  given: {
    small: aPool(),
    chosen: aReleasedAddress({ from: 'small' }),
    gone: theReleaseOf('small'),
    pool: aPool({ large: true }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-address.served#large-pool-choice',
});

export const chosenCidr = check({
  id: 'request-address.chosen-cidr',
  clause: 'ipam-driver.request-address.cidr',
  title: 'An address that the driver chooses has a prefix length',
  stage: 'first',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { answers: { Address: anAddressCidr(4) } },
  brokenBy: 'ipam-driver.request-address.cidr#no-prefix',
});

export const namedCidr = check({
  id: 'request-address.named-cidr',
  clause: 'ipam-driver.request-address.cidr',
  title: 'An address that is granted by name has a prefix length',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 9 }),
  expect: { answers: { Address: anAddressCidr(4) } },
  brokenBy: 'ipam-driver.request-address.cidr#no-prefix-explicit',
});

export const v6Cidr = check({
  id: 'request-address.v6-cidr',
  clause: 'ipam-driver.request-address.cidr',
  title: 'An IPv6 address that the driver chooses has a prefix length',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { answers: { Address: anAddressCidr() } },
  brokenBy: 'ipam-driver.request-address.cidr#no-prefix-v6',
});

export const gatewayCidr = check({
  id: 'request-address.gateway-cidr',
  clause: 'ipam-driver.request-address.cidr',
  title: 'A gateway that the driver chooses has a prefix length',
  stage: 'first',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { gateway: true }),
  expect: { answers: { Address: anAddressCidr(4) } },
  brokenBy: 'ipam-driver.request-address.cidr#no-prefix-gateway',
});

export const poolPrefix = check({
  id: 'request-address.pool-prefix',
  clause: 'ipam-driver.request-address.pool-prefix',
  title: 'A chosen address has the prefix length of its pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: withPrefixLength(pool.pool) } }),
  brokenBy: 'ipam-driver.request-address.pool-prefix#host-prefix',
});

export const poolPrefixV6 = check({
  id: 'request-address.pool-prefix-v6',
  clause: 'ipam-driver.request-address.pool-prefix',
  title: 'A chosen IPv6 address has the prefix length of its pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: withPrefixLength(pool.pool) } }),
  brokenBy: 'ipam-driver.request-address.pool-prefix#host-prefix-v6',
});

export const poolPrefixOfSubPool = check({
  id: 'request-address.pool-prefix-of-sub-pool',
  clause: 'ipam-driver.request-address.pool-prefix',
  title: 'An address from a sub-pool has the prefix length of the pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ subPool: upperHalf }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: withPrefixLength(pool.pool) } }),
  brokenBy: 'ipam-driver.request-address.pool-prefix#sub-pool-prefix',
});

export const poolPrefixOfSmallPool = check({
  id: 'request-address.pool-prefix-of-small-pool',
  clause: 'ipam-driver.request-address.pool-prefix',
  title: 'An address of a pool smaller than /24 has the prefix length of its pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 27 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: withPrefixLength(pool.pool) } }),
  brokenBy: 'ipam-driver.request-address.pool-prefix#always-24',
});

export const poolPrefixOfSmallPoolV6 = check({
  id: 'request-address.pool-prefix-of-small-pool-v6',
  clause: 'ipam-driver.request-address.pool-prefix',
  title: 'An address of an IPv6 pool smaller than /64 has the prefix length of its pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, prefix: 112 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: withPrefixLength(pool.pool) } }),
  brokenBy: 'ipam-driver.request-address.pool-prefix#always-64',
});

export const poolPrefixOfGateway = check({
  id: 'request-address.pool-prefix-of-gateway',
  clause: 'ipam-driver.request-address.pool-prefix',
  title: 'A gateway that the driver chooses has the prefix length of its pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { gateway: true }),
  expect: ({ pool }) => ({ answers: { Address: withPrefixLength(pool.pool) } }),
  brokenBy: 'ipam-driver.request-address.pool-prefix#gateway-host-prefix',
});

export const notEmpty = check({
  id: 'request-address.not-empty',
  clause: 'ipam-driver.request-address.not-empty',
  title: 'The second address of a pool is not empty',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), first: anAddress({ from: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { answers: { Address: present } },
  brokenBy: 'ipam-driver.request-address.not-empty#empty-second-time',
});

export const notEmptyNamed = check({
  id: 'request-address.not-empty-named',
  clause: 'ipam-driver.request-address.not-empty',
  title: 'The answer to a request that names an address is not empty',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 9 }),
  expect: { answers: { Address: present } },
  brokenBy: 'ipam-driver.request-address.not-empty#empty-explicit',
});

export const notEmptyV6 = check({
  id: 'request-address.not-empty-v6',
  clause: 'ipam-driver.request-address.not-empty',
  title: 'A chosen IPv6 address is not empty',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { answers: { Address: present } },
  brokenBy: 'ipam-driver.request-address.not-empty#empty-v6',
});

export const notEmptyWhenFull = check({
  id: 'request-address.not-empty-when-full',
  clause: 'ipam-driver.request-address.not-empty',
  title: 'A full pool does not grant an empty address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 30 }), all: allAddresses({ of: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: { answers: { Address: present } },
  brokenBy: 'ipam-driver.request-address.not-empty#absent-when-full',
});

export const inPool = check({
  id: 'request-address.in-pool',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'The second address that the driver chooses lies in its pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), first: anAddress({ from: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#outside',
});

export const inPoolV6 = check({
  id: 'request-address.in-pool-v6',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'An IPv6 address that the driver chooses lies in its pool',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#outside-v6',
});

export const inSmallPool = check({
  id: 'request-address.in-small-pool',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'An address that the driver chooses lies in its pool, also in one that does not begin with .0',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#from-last-octet',
});

export const inSmallPoolV6 = check({
  id: 'request-address.in-small-pool-v6',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'An IPv6 address that the driver chooses lies in its pool, also in one of a few addresses',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, prefix: 126 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#from-last-64-bits',
});

export const inPoolOfTwo = check({
  id: 'request-address.in-pool-of-two',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'An address that the driver chooses lies in its pool, also in one of two addresses',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 31 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#third-of-two',
});

export const inPoolOfTwoV6 = check({
  id: 'request-address.in-pool-of-two-v6',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'An IPv6 address that the driver chooses lies in its pool, also in one of two addresses',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, prefix: 127 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#third-of-two-v6',
});

export const inPoolWhenFull = check({
  id: 'request-address.in-pool-when-full',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'A full pool does not grant addresses behind its end',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 30 }), all: allAddresses({ of: 'pool' }) },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#outside-when-full',
});

export const inOwnPool = check({
  id: 'request-address.in-own-pool',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'A chosen address lies in the pool that was asked, not in the newest one',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), newer: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#other-pool',
});

export const inThirdPool = check({
  id: 'request-address.in-third-pool',
  clause: 'ipam-driver.request-address.in-pool',
  title: 'A chosen address lies in the pool that was asked, also when it is the third',
  op: 'IpamDriver.RequestAddress',
  given: { first: aPool(), second: aPool(), pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  expect: ({ pool }) => ({ answers: { Address: anAddressIn(pool.net.cidr) } }),
  brokenBy: 'ipam-driver.request-address.in-pool#third-pool',
});

export const explicit = check({
  id: 'request-address.explicit',
  clause: 'ipam-driver.request-address.explicit',
  title: 'A request that names an address gets that address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 9 }),
  expect: ({ pool }) => ({ answers: { Address: theAddress(pool.net.ip(9)) } }),
  brokenBy: 'ipam-driver.request-address.explicit#ignores',
});

export const explicitGateway = check({
  id: 'request-address.explicit-gateway',
  clause: 'ipam-driver.request-address.explicit',
  title: 'A request that names a gateway gets that gateway',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 254, gateway: true }),
  expect: ({ pool }) => ({ answers: { Address: theAddress(pool.net.ip(254)) } }),
  brokenBy: 'ipam-driver.request-address.explicit#ignores-gateway',
});

export const explicitV6 = check({
  id: 'request-address.explicit-v6',
  clause: 'ipam-driver.request-address.explicit',
  title: 'A request that names an IPv6 address gets that address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }) },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 9 }),
  expect: ({ pool }) => ({ answers: { Address: theAddress(pool.net.ip(9)) } }),
  brokenBy: 'ipam-driver.request-address.explicit#ignores-v6',
});

export const explicitSecond = check({
  id: 'request-address.explicit-second',
  clause: 'ipam-driver.request-address.explicit',
  title: 'A second request that names an address of a pool gets that address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), first: anAddress({ from: 'pool', n: 9 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 11 }),
  expect: ({ pool }) => ({ answers: { Address: theAddress(pool.net.ip(11)) } }),
  brokenBy: 'ipam-driver.request-address.explicit#ignores-second',
});

export const explicitFarOff = check({
  id: 'request-address.explicit-far-off',
  clause: 'ipam-driver.request-address.explicit',
  title: 'A request that names an address in the fourth /24 of a pool gets that address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 22 }) },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 777 }),
  expect: ({ pool }) => ({ answers: { Address: theAddress(pool.net.ip(777)) } }),
  brokenBy: 'ipam-driver.request-address.explicit#last-octet-only',
});

export const explicitWideV6 = check({
  id: 'request-address.explicit-wide-v6',
  clause: 'ipam-driver.request-address.explicit',
  title: 'A request that names an address beyond the first /64 of an IPv6 pool gets that address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true, prefix: 56 }) },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: pool.net.ip(pool.net.size / 2n + 9n) }),
  expect: ({ pool }) => ({ answers: { Address: theAddress(pool.net.ip(pool.net.size / 2n + 9n)) } }),
  brokenBy: 'ipam-driver.request-address.explicit#low-half-only-v6',
});

export const explicitFarOffV6 = check({
  id: 'request-address.explicit-far-off-v6',
  clause: 'ipam-driver.request-address.explicit',
  title: 'A request that names an address in the upper half of an IPv6 pool gets that address',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }) },
  when: ({ pool }, draw) => ({ ...addressRequest(pool, draw), Address: pool.net.ip(pool.net.size / 2n + 9n) }),
  expect: ({ pool }) => ({ answers: { Address: theAddress(pool.net.ip(pool.net.size / 2n + 9n)) } }),
  brokenBy: 'ipam-driver.request-address.explicit#low-bits-only-v6',
});

import { burstCheck, check, seen } from '../../check.js';
import { aPool, theReleaseOf } from '../../fixtures/a-pool.js';
import { addressRequest, addressRequests, anAddress, aReleasedAddress } from '../../fixtures/an-address.js';
import { besides, keptAddress, namedAgain } from '../../fixtures/named-addresses.js';
import { allAddressesDiffer, theAddress } from '../../patterns/addresses.js';
import { anything } from '../../patterns/matchers.js';

export const named = check({
  id: 'release-address.named',
  clause: 'ipam-driver.release-address.frees',
  title: 'An address that was held by name and released is granted again',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), released: aReleasedAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, released }, draw) => namedAgain(pool, released, draw),
  expect: ({ released }) => ({ succeeds: { Address: theAddress(released.ip) } }),
  brokenBy: 'ipam-driver.release-address.frees#keeps-named',
});

export const chosen = check({
  id: 'release-address.chosen',
  clause: 'ipam-driver.release-address.frees',
  title: 'An address that the driver chose and that was released is granted by name',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    named: aReleasedAddress({ from: 'pool', n: 9 }),
    released: aReleasedAddress({ from: 'pool' }),
  },
  when: ({ pool, released }, draw) => namedAgain(pool, released, draw),
  expect: ({ released }) => ({ succeeds: { Address: theAddress(released.ip) } }),
  brokenBy: 'ipam-driver.release-address.frees#keeps-chosen',
});

export const v6 = check({
  id: 'release-address.v6',
  clause: 'ipam-driver.release-address.frees',
  title: 'An IPv6 address that was released is granted again',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ v6: true }), released: aReleasedAddress({ from: 'pool', n: 9 }) },
  when: ({ pool, released }, draw) => namedAgain(pool, released, draw),
  expect: ({ released }) => ({ succeeds: { Address: theAddress(released.ip) } }),
  brokenBy: 'ipam-driver.release-address.frees#keeps-v6',
});

export const outsideSubPool = check({
  id: 'release-address.outside-sub-pool',
  clause: 'ipam-driver.release-address.frees',
  title: 'An address that the sub-pool does not hold and that was released is granted again',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool({ subPool: { prefix: 25, at: 128 } }),
    released: aReleasedAddress({ from: 'pool', n: 9, freely: true }),
  },
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 9 }),
  expect: ({ released }) => ({ succeeds: { Address: theAddress(released.ip) } }),
  brokenBy: 'ipam-driver.release-address.frees#keeps-outside-sub-pool',
});

export const ofReleasedPool = check({
  id: 'release-address.of-released-pool',
  clause: 'ipam-driver.release-address.unknown',
  title: 'The release of an address of a pool that was released before is answered',
  stage: 'last',
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 9 }), gone: theReleaseOf('pool') },
  when: ({ pool, held }) => ({ PoolID: pool.id, Address: held.ip }),
  expect: { answers: {}, mayClose: true },
  brokenBy: 'ipam-driver.release-address.unknown#hangs-on-released-pool',
});

export const secondTime = check({
  id: 'release-address.second-time',
  clause: 'ipam-driver.release-address.frees',
  title: 'An address that was granted and released twice is granted a third time',
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    first: aReleasedAddress({ from: 'pool', n: 9 }),
    second: aReleasedAddress({ from: 'pool', n: 9 }),
  },
  when: ({ pool, second }, draw) => namedAgain(pool, second, draw),
  expect: ({ second }) => ({ succeeds: { Address: theAddress(second.ip) } }),
  brokenBy: 'ipam-driver.release-address.frees#keeps-second-time',
});

export const gateway = check({
  id: 'release-address.gateway',
  clause: 'ipam-driver.release-address.frees',
  title: 'The address of a gateway that was released is granted again',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), released: aReleasedAddress({ from: 'pool', n: 1, gateway: true }) },
  when: ({ pool, released }, draw) => namedAgain(pool, released, draw, { gateway: true }),
  expect: ({ released }) => ({ succeeds: { Address: theAddress(released.ip) } }),
  brokenBy: 'ipam-driver.release-address.frees#keeps-gateway',
});

export const unknown = check({
  id: 'release-address.unknown',
  clause: 'ipam-driver.release-address.unknown',
  title: 'The release of an address that nobody requested is answered',
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool() },
  when: ({ pool }) => ({ PoolID: pool.id, Address: pool.net.ip(1) }),
  expect: { answers: {} },
  brokenBy: 'ipam-driver.release-address.unknown#closes',
});

export const unknownBystander = check({
  id: 'release-address.unknown-bystander',
  clause: 'ipam-driver.release-address.unknown',
  title: 'The release of an address that nobody requested leaves a held one as it is',
  needs: ['without-replay'],
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 9 }), firm: keptAddress({ of: 'held', from: 'pool' }) },
  when: ({ pool, held }) => ({ PoolID: pool.id, Address: besides(held, pool) }),
  expect: { answers: {}, mayClose: true },
  afterwards: ({ pool, held }, _, draw) => [
    seen('IpamDriver.RequestAddress', namedAgain(pool, held, draw), { refuses: anything }),
  ],
  brokenBy: 'ipam-driver.release-address.unknown#frees-lowest',
});

export const outsideBystander = check({
  id: 'release-address.outside-bystander',
  clause: 'ipam-driver.release-address.unknown',
  title: 'The release of an address outside the pool leaves a held one as it is',
  needs: ['without-replay'],
  stage: 'last',
  op: 'IpamDriver.ReleaseAddress',
  given: {
    pool: aPool({ bounded: true }),
    held: anAddress({ from: 'pool', n: 9 }),
    firm: keptAddress({ of: 'held', from: 'pool' }),
  },
  when: ({ pool }) => ({ PoolID: pool.id, Address: pool.net.ip(pool.net.size + 9n) }),
  expect: { answers: {}, mayClose: true },
  afterwards: ({ pool, held }, _, draw) => [
    seen('IpamDriver.RequestAddress', namedAgain(pool, held, draw), { refuses: anything }),
  ],
  brokenBy: 'ipam-driver.release-address.unknown#outside-frees',
});

export const twice = check({
  id: 'release-address.twice',
  clause: 'ipam-driver.release-address.unknown',
  title: 'A pool grants addresses after one of them was released twice',
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool(), released: aReleasedAddress({ from: 'pool', n: 9 }) },
  when: ({ released }) => ({ PoolID: released.poolId, Address: released.ip }),
  expect: { answers: {}, mayClose: true },
  afterwards: ({ pool, released }, _, draw) => [
    seen('IpamDriver.RequestAddress', namedAgain(pool, released, draw), { succeeds: {} }),
  ],
  brokenBy: 'ipam-driver.release-address.unknown#forgets-pool',
});

export const twiceThenChosen = burstCheck({
  id: 'release-address.twice-then-chosen',
  clause: 'ipam-driver.release-address.unknown',
  title: 'An address that was released twice is chosen once',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool({ prefix: 29 }), released: aReleasedAddress({ from: 'pool', n: 3, times: 2 }) },
  when: ({ pool }, draw) => addressRequests(pool, draw, 8),
  expect: { answers: {} },
  together: [allAddressesDiffer],
  brokenBy: 'ipam-driver.release-address.unknown#doubles-free',
});

export const plainIp = check({
  id: 'release-address.plain-ip',
  clause: 'ipam-driver.release-address.succeeds',
  title: 'A release without prefix length succeeds',
  stage: 'first',
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool' }) },
  when: ({ held }) => ({ PoolID: held.poolId, Address: held.ip }),
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.release-address.succeeds#refuses-what-it-did',
});

export const plainIpFrees = check({
  id: 'release-address.plain-ip-frees',
  clause: 'ipam-driver.release-address.plain-ip',
  title: 'A release without prefix length frees the address',
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool(), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ held }) => ({ PoolID: held.poolId, Address: held.ip }),
  expect: { answers: {} },
  afterwards: ({ pool, held }, _, draw) => [
    seen('IpamDriver.RequestAddress', namedAgain(pool, held, draw), { succeeds: {} }),
  ],
  brokenBy: 'ipam-driver.release-address.plain-ip#ignores-plain',
});

export const plainIpFreesV6 = check({
  id: 'release-address.plain-ip-frees-v6',
  clause: 'ipam-driver.release-address.plain-ip',
  title: 'A release without prefix length frees an IPv6 address',
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool({ v6: true }), held: anAddress({ from: 'pool', n: 9 }) },
  when: ({ held }) => ({ PoolID: held.poolId, Address: held.ip }),
  expect: { answers: {} },
  afterwards: ({ pool, held }, _, draw) => [
    seen('IpamDriver.RequestAddress', namedAgain(pool, held, draw), { succeeds: {} }),
  ],
  brokenBy: 'ipam-driver.release-address.plain-ip#ignores-plain-v6',
});

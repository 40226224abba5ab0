import { asked, callsCheck, negativeCheck, seen } from '../../check.js';
import type { Draw } from '../../draw.js';
import { aPool, aReleasedPool, type PoolMade } from '../../fixtures/a-pool.js';
import { type AddressMade, addressRequest, anAddress, aReleasedAddress } from '../../fixtures/an-address.js';
import { keptAddress } from '../../fixtures/named-addresses.js';
import { aPoolRequest } from '../../fixtures/requests.js';
import { anything } from '../../patterns/matchers.js';

const kept = {
  pool: aPool(),
  held: anAddress({ from: 'pool', n: 9 }),
  firm: keptAddress({ of: 'held', from: 'pool' }),
} as const;

/** The address is held: another request for it is refused. */
const isHeld = ({ held }: { readonly held: AddressMade }) => [
  seen('IpamDriver.RequestAddress', { PoolID: held.poolId, Address: held.ip, Options: null }, { refuses: anything }),
];

/** Every call that names a pool, with a name that nobody has. */
const aboutNothing = (pool: PoolMade, draw: Draw) => {
  const PoolID = draw.networkId();
  return [
    asked('IpamDriver.RequestAddress', { ...addressRequest(pool, draw), PoolID }),
    asked('IpamDriver.RequestAddress', { ...addressRequest(pool, draw, { n: 9 }), PoolID }),
    asked('IpamDriver.ReleaseAddress', { PoolID, Address: pool.net.ip(9) }),
    asked('IpamDriver.ReleasePool', { PoolID }),
  ];
};

export const unknownPoolsAnswered = callsCheck({
  id: 'nonsense.unknown-pools-answered',
  clause: 'plugin.nonsense.answered',
  title: 'Calls about a pool that is not there are answered',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => aboutNothing(pool, draw),
  expect: { wire: { status: anything } },
  brokenBy: 'plugin.nonsense.answered#closes-on-unknown-pool',
});

export const unknownPoolsSurvived = callsCheck({
  id: 'nonsense.unknown-pools-survived',
  clause: 'plugin.nonsense.survives',
  title: 'A pool grants an address after calls about one that is not there',
  stage: 'last',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool(), served: aReleasedAddress({ from: 'pool' }) },
  when: ({ pool }, draw) => aboutNothing(pool, draw),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ pool }, _, draw) => [seen('IpamDriver.RequestAddress', addressRequest(pool, draw), { succeeds: {} })],
  brokenBy: 'plugin.nonsense.survives#stops-after-unknown-pool',
});

export const requestPoolAnswered = negativeCheck({
  id: 'nonsense.request-pool-answered',
  clause: 'plugin.nonsense.answered',
  title: 'A RequestPool that is wrong in any way is answered',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest() },
  when: ({ request }) => request,
  brokenBy: 'plugin.nonsense.answered#closes-when-huge',
});

export const requestAddressAnswered = negativeCheck({
  id: 'nonsense.request-address-answered',
  clause: 'plugin.nonsense.answered',
  title: 'A RequestAddress that is wrong in any way is answered',
  op: 'IpamDriver.RequestAddress',
  given: { pool: aPool() },
  when: ({ pool }, draw) => addressRequest(pool, draw),
  brokenBy: 'plugin.nonsense.answered#hangs-on-bytes',
});

export const releaseAddressAnswered = negativeCheck({
  id: 'nonsense.release-address-answered',
  clause: 'plugin.nonsense.answered',
  title: 'A ReleaseAddress that is wrong in any way is answered',
  op: 'IpamDriver.ReleaseAddress',
  given: { pool: aPool(), free: aReleasedAddress({ from: 'pool' }) },
  when: ({ free }) => ({ PoolID: free.poolId, Address: free.ip }),
  brokenBy: 'plugin.nonsense.answered#closes-on-type',
});

export const requestPoolSurvived = negativeCheck({
  id: 'nonsense.request-pool-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An address is still held after each wrong RequestPool',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestPool',
  given: { ...kept, request: aPoolRequest() },
  when: ({ request }) => request,
  afterwards: isHeld,
  brokenBy: 'plugin.nonsense.survives#wrong-pool-forgets',
});

export const releasePoolSurvived = negativeCheck({
  id: 'nonsense.release-pool-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An address is still held after each wrong ReleasePool of another pool',
  needs: ['without-replay'],
  op: 'IpamDriver.ReleasePool',
  given: { gone: aReleasedPool(), ...kept },
  when: ({ gone }) => ({ PoolID: gone.id }),
  afterwards: isHeld,
  brokenBy: 'plugin.nonsense.survives#missing-pool-releases-all',
});

export const requestAddressSurvived = negativeCheck({
  id: 'nonsense.request-address-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An address is still held after each wrong RequestAddress of its pool',
  needs: ['without-replay'],
  op: 'IpamDriver.RequestAddress',
  given: kept,
  when: ({ pool }, draw) => addressRequest(pool, draw, { n: 5 }),
  afterwards: isHeld,
  brokenBy: 'plugin.nonsense.survives#wrong-address-forgets',
});

export const releaseAddressSurvived = negativeCheck({
  id: 'nonsense.release-address-survived',
  clause: 'plugin.nonsense.survives',
  title: 'An address is still held after each wrong ReleaseAddress of another one',
  needs: ['without-replay'],
  op: 'IpamDriver.ReleaseAddress',
  given: { ...kept, free: aReleasedAddress({ from: 'pool' }) },
  when: ({ free }) => ({ PoolID: free.poolId, Address: free.ip }),
  afterwards: isHeld,
  brokenBy: 'plugin.nonsense.survives#null-address-releases-all',
});

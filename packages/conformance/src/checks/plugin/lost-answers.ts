import type { CreateEndpointRequest } from '@opencnm/spec';
import { type Made, rawCheck, seen } from '../../check.js';
import type { Draw } from '../../draw.js';
import {
  aLostEndOfEndpoint,
  aLostEndOfNetwork,
  aLostEndpoint,
  aLostGrant,
  aLostJoin,
  aLostLeave,
  aLostNetwork,
  aLostRelease,
  aPoolLostInRelease,
} from '../../fixtures/a-lost-call.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { anotherPool, aPool } from '../../fixtures/a-pool.js';
import { anAddress, aReleasedAddress } from '../../fixtures/an-address.js';
import {
  aJoinedEndpoint,
  anEndpoint,
  anEndpointRequest,
  type EndpointMade,
  idsOf,
  joinRequest,
} from '../../fixtures/an-endpoint.js';
import { keptAddress } from '../../fixtures/named-addresses.js';
import { aNetworkRequest } from '../../fixtures/requests.js';
import { anything } from '../../patterns/matchers.js';

/** An address whose release had no answer, beside one that is held. */
const aReleaseWithoutAnswer = {
  pool: aPool(),
  other: anAddress({ from: 'pool', n: 9 }),
  firm: keptAddress({ of: 'other', from: 'pool' }),
  address: anAddress({ from: 'pool', n: 7 }),
  lost: aLostRelease({ of: 'address' }),
};

const freeBesideHeld = ({ other, address: { poolId, ip } }: Made<typeof aReleaseWithoutAnswer>) => [
  seen('IpamDriver.RequestAddress', { PoolID: poolId, Address: ip, Options: null }, { succeeds: {} }),
  seen('IpamDriver.RequestAddress', { PoolID: poolId, Address: other.ip, Options: null }, { refuses: anything }),
];

const endedBesideJoined = (
  { other, endpoint }: { readonly other: EndpointMade; readonly endpoint: EndpointMade },
  _: unknown,
  draw: Draw,
) => [
  seen('NetworkDriver.DeleteEndpoint', idsOf(endpoint), { succeeds: {} }),
  seen('NetworkDriver.Join', joinRequest(other, draw.sandboxKey()), { succeeds: {} }),
];

/** An engine never uses an EndpointID again. */
const oneLike = (request: CreateEndpointRequest, draw: Draw) =>
  seen('NetworkDriver.CreateEndpoint', { ...request, EndpointID: draw.endpointId() }, { succeeds: {} });

export const createNetwork = rawCheck({
  id: 'lost-answer.create-network',
  clause: 'plugin.lost-answer.harmless',
  title: 'A network whose answer was lost can be deleted and made again after the retry',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: {
    request: aNetworkRequest(),
    lost: aLostNetwork({ of: 'request' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ request }) => [
    seen('NetworkDriver.DeleteNetwork', { NetworkID: request.NetworkID }, { succeeds: {} }),
    seen('NetworkDriver.CreateNetwork', request, { succeeds: {} }),
  ],
  brokenBy: 'plugin.lost-answer.harmless#empty-network-blocks',
});

export const deleteNetwork = rawCheck({
  id: 'lost-answer.delete-network',
  clause: 'plugin.lost-answer.harmless',
  title: 'A network whose end had no answer can be made again, and others stay',
  stage: 'last',
  op: 'NetworkDriver.DeleteNetwork',
  given: {
    other: aNetwork(),
    endpoint: anEndpoint({ on: 'other' }),
    network: aNetwork(),
    lost: aLostEndOfNetwork({ of: 'network' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ endpoint, network }, _, draw) => [
    seen('NetworkDriver.CreateNetwork', network.request, { succeeds: {} }),
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.lost-answer.harmless#empty-network-delete-ends-all',
});

export const createEndpoint = rawCheck({
  id: 'lost-answer.create-endpoint',
  clause: 'plugin.lost-answer.harmless',
  title: 'An endpoint whose answer was lost can be deleted, and one like it be made, and others stay',
  stage: 'last',
  op: 'NetworkDriver.CreateEndpoint',
  given: {
    network: aNetwork(),
    other: anEndpoint({ on: 'network' }),
    request: anEndpointRequest({ on: 'network' }),
    lost: aLostEndpoint({ of: 'request' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ other, request: { NetworkID, EndpointID }, request }, _, draw) => [
    seen('NetworkDriver.DeleteEndpoint', { NetworkID, EndpointID }, { succeeds: {} }),
    oneLike(request, draw),
    seen('NetworkDriver.Join', joinRequest(other, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.lost-answer.harmless#empty-create-ends-all',
});

export const deleteEndpoint = rawCheck({
  id: 'lost-answer.delete-endpoint',
  clause: 'plugin.lost-answer.harmless',
  title: 'One like an endpoint whose end had no answer can be made, and others stay',
  stage: 'last',
  op: 'NetworkDriver.DeleteEndpoint',
  given: {
    network: aNetwork(),
    other: anEndpoint({ on: 'network' }),
    endpoint: anEndpoint({ on: 'network' }),
    lost: aLostEndOfEndpoint({ of: 'endpoint' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ other, endpoint }, _, draw) => [
    oneLike(endpoint.request, draw),
    seen('NetworkDriver.Join', joinRequest(other, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.lost-answer.harmless#empty-delete-ends-all',
});

export const addressByName = rawCheck({
  id: 'lost-answer.address-by-name',
  clause: 'plugin.lost-answer.harmless',
  title: 'An address whose grant had no answer is free once it is released, and others stay held',
  stage: 'last',
  needs: ['without-replay', 'without-mac'],
  op: 'IpamDriver.RequestAddress',
  given: {
    pool: aPool(),
    other: anAddress({ from: 'pool', n: 9 }),
    firm: keptAddress({ of: 'other', from: 'pool' }),
    address: aReleasedAddress({ from: 'pool', n: 7 }),
    lost: aLostGrant({ of: 'address' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: (made) => [
    seen('IpamDriver.ReleaseAddress', { PoolID: made.pool.id, Address: made.address.ip }, { answers: anything }),
    ...freeBesideHeld(made),
  ],
  brokenBy: 'plugin.lost-answer.harmless#empty-request-counts',
});

export const requestPool = rawCheck({
  id: 'lost-answer.request-pool',
  clause: 'plugin.lost-answer.harmless',
  title: 'A pool whose grant is tried again without a body can be released and had again, and others stay',
  stage: 'last',
  needs: ['without-replay', 'without-mac'],
  op: 'IpamDriver.RequestPool',
  given: {
    held: aPool(),
    other: anAddress({ from: 'held', n: 9 }),
    firm: keptAddress({ of: 'other', from: 'held' }),
    // To a driver an answer that never arrived looks like any other; the suite has to know what to release.
    pool: anotherPool({ than: 'held' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ other: { poolId, ip }, pool }) => [
    seen('IpamDriver.ReleasePool', { PoolID: pool.id }, { succeeds: {} }),
    seen('IpamDriver.RequestPool', pool.request, { succeeds: {} }),
    seen('IpamDriver.RequestAddress', { PoolID: poolId, Address: ip, Options: null }, { refuses: anything }),
  ],
  brokenBy: 'plugin.lost-answer.harmless#empty-pool-request-frees-all',
});

export const requestAddress = rawCheck({
  id: 'lost-answer.request-address',
  clause: 'plugin.lost-answer.harmless',
  title: 'An address whose release had no answer can be had again, and others stay held',
  stage: 'last',
  needs: ['without-replay', 'without-mac'],
  op: 'IpamDriver.RequestAddress',
  given: aReleaseWithoutAnswer,
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: freeBesideHeld,
  brokenBy: 'plugin.lost-answer.harmless#empty-request-frees-all',
});

export const join = rawCheck({
  id: 'lost-answer.join',
  clause: 'plugin.lost-answer.harmless',
  title: 'An endpoint whose Join had no answer can be deleted, and others join',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: {
    network: aNetwork(),
    other: anEndpoint({ on: 'network' }),
    endpoint: anEndpoint({ on: 'network' }),
    lost: aLostJoin({ of: 'endpoint' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: endedBesideJoined,
  brokenBy: 'plugin.lost-answer.harmless#empty-join-ends-all',
});

export const leave = rawCheck({
  id: 'lost-answer.leave',
  clause: 'plugin.lost-answer.harmless',
  title: 'An endpoint whose Leave had no answer can be deleted, and others join',
  stage: 'last',
  op: 'NetworkDriver.Leave',
  given: {
    network: aNetwork(),
    other: anEndpoint({ on: 'network' }),
    endpoint: aJoinedEndpoint({ on: 'network' }),
    lost: aLostLeave({ of: 'endpoint' }),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: endedBesideJoined,
  brokenBy: 'plugin.lost-answer.harmless#empty-leave-ends-all',
});

export const releaseAddress = rawCheck({
  id: 'lost-answer.release-address',
  clause: 'plugin.lost-answer.harmless',
  title: 'An address whose release is tried again without a body is free, and others stay held',
  stage: 'last',
  needs: ['without-replay', 'without-mac'],
  op: 'IpamDriver.ReleaseAddress',
  given: aReleaseWithoutAnswer,
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: freeBesideHeld,
  brokenBy: 'plugin.lost-answer.harmless#empty-release-frees-all',
});

export const releasePool = rawCheck({
  id: 'lost-answer.release-pool',
  clause: 'plugin.lost-answer.harmless',
  title: 'A pool whose release had no answer can be had again, and addresses of others stay held',
  stage: 'last',
  needs: ['without-replay', 'without-mac'],
  op: 'IpamDriver.ReleasePool',
  given: {
    held: aPool(),
    other: anAddress({ from: 'held', n: 9 }),
    firm: keptAddress({ of: 'other', from: 'held' }),
    pool: aPoolLostInRelease(),
  },
  when: () => ({ body: '' }),
  expect: { wire: { status: anything }, mayClose: true },
  afterwards: ({ other: { poolId, ip }, pool }) => [
    seen('IpamDriver.RequestPool', pool.request, { succeeds: {} }),
    seen('IpamDriver.RequestAddress', { PoolID: poolId, Address: ip, Options: null }, { refuses: anything }),
  ],
  brokenBy: 'plugin.lost-answer.harmless#empty-pool-frees-all',
});

import { check } from '../../check.js';
import { aPool, aReleasedPool } from '../../fixtures/a-pool.js';
import { aPoolRequest } from '../../fixtures/requests.js';
import { withHostBits } from '../../net.js';
import { aCidr, aPoolOrNone, theSubnet, withoutHostBits } from '../../patterns/addresses.js';
import { absent, anything, containing, oneOf, present } from '../../patterns/matchers.js';

const upperHalf = { prefix: 25, at: 128 };

export const explicitCidr = check({
  id: 'request-pool.explicit-cidr',
  clause: 'ipam-driver.request-pool.cidr',
  title: 'A named pool is answered as a subnet with prefix length',
  stage: 'first',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest() },
  when: ({ request }) => request,
  expect: { answers: { Pool: aCidr() } },
  brokenBy: 'ipam-driver.request-pool.cidr#explicit-no-prefix',
});

export const dynamicCidr = check({
  id: 'request-pool.dynamic-cidr',
  clause: 'ipam-driver.request-pool.cidr',
  title: 'A pool that the driver chooses is answered as a subnet with prefix length',
  stage: 'first',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ pool: 'dynamic' }) },
  when: ({ request }) => request,
  expect: { answers: aPoolOrNone },
  brokenBy: 'ipam-driver.request-pool.cidr#dynamic-no-prefix',
});

export const v6Cidr = check({
  id: 'request-pool.v6-cidr',
  clause: 'ipam-driver.request-pool.cidr',
  title: 'A named IPv6 pool is answered as a subnet with prefix length',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ v6: true }) },
  when: ({ request }) => request,
  expect: { answers: { Pool: aCidr() } },
  brokenBy: 'ipam-driver.request-pool.cidr#empty-v6',
});

export const explicit = check({
  id: 'request-pool.explicit',
  clause: 'ipam-driver.request-pool.explicit',
  title: 'A named pool is granted as named while another one is held',
  op: 'IpamDriver.RequestPool',
  given: { other: aPool(), request: aPoolRequest() },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: { Pool: theSubnet(request.Pool) } }),
  brokenBy: 'ipam-driver.request-pool.explicit#first-pool-again',
});

export const explicitV6 = check({
  id: 'request-pool.explicit-v6',
  clause: 'ipam-driver.request-pool.explicit',
  title: 'A named IPv6 pool is granted as named',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ v6: true }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: { Pool: theSubnet(request.Pool) } }),
  brokenBy: 'ipam-driver.request-pool.explicit#longer-prefix-v6',
});

export const explicitWithSubPool = check({
  id: 'request-pool.explicit-with-sub-pool',
  clause: 'ipam-driver.request-pool.explicit',
  title: 'A named pool is granted whole when a sub-pool is named too',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ subPool: upperHalf }) },
  when: ({ request }) => request,
  expect: ({ request }) => ({ answers: { Pool: theSubnet(request.Pool) } }),
  brokenBy: 'ipam-driver.request-pool.explicit#sub-pool-as-pool',
});

export const idNotEmpty = check({
  id: 'request-pool.id-not-empty',
  clause: 'ipam-driver.request-pool.id-not-empty',
  title: 'A named pool gets a PoolID',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest() },
  when: ({ request }) => request,
  expect: { answers: { PoolID: present } },
  brokenBy: 'ipam-driver.request-pool.id-not-empty#empty',
});

export const idNotEmptyV6 = check({
  id: 'request-pool.id-not-empty-v6',
  clause: 'ipam-driver.request-pool.id-not-empty',
  title: 'A named IPv6 pool gets a PoolID',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ v6: true }) },
  when: ({ request }) => request,
  expect: { answers: { PoolID: present } },
  brokenBy: 'ipam-driver.request-pool.id-not-empty#empty-v6',
});

export const idNotEmptyDynamic = check({
  id: 'request-pool.id-not-empty-dynamic',
  clause: 'ipam-driver.request-pool.id-not-empty',
  title: 'A pool that the driver chooses gets a PoolID',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ pool: 'dynamic' }) },
  when: ({ request }) => request,
  expect: { answers: { PoolID: present } },
  brokenBy: 'ipam-driver.request-pool.id-not-empty#empty-dynamic',
});

export const sameId = check({
  id: 'request-pool.same-id',
  clause: 'ipam-driver.request-pool.same-id',
  title: 'A pool that is requested again has the PoolID that it had',
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool({ named: true }) },
  when: ({ pool }) => pool.request,
  expect: ({ pool }) => ({ answers: { PoolID: pool.id } }),
  brokenBy: 'ipam-driver.request-pool.same-id#new-id-each-time',
});

export const sameIdWithSubPool = check({
  id: 'request-pool.same-id-with-sub-pool',
  clause: 'ipam-driver.request-pool.same-id',
  title: 'A pool that is requested again with its sub-pool has the PoolID that it had',
  op: 'IpamDriver.RequestPool',
  given: { pool: aPool({ subPool: upperHalf }) },
  when: ({ pool }) => pool.request,
  expect: ({ pool }) => ({ answers: { PoolID: pool.id } }),
  brokenBy: 'ipam-driver.request-pool.same-id#new-id-with-sub-pool',
});

export const canonicalDynamic = check({
  id: 'request-pool.canonical-dynamic',
  clause: 'ipam-driver.request-pool.canonical',
  title: 'A pool that the driver chooses has no host bits',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ pool: 'dynamic' }) },
  when: ({ request }) => request,
  expect: { answers: { Pool: oneOf(absent, withoutHostBits) } },
  brokenBy: 'ipam-driver.request-pool.canonical#dynamic-host-bits',
});

export const canonicalDynamicV6 = check({
  id: 'request-pool.canonical-dynamic-v6',
  clause: 'ipam-driver.request-pool.canonical',
  title: 'An IPv6 pool that the driver chooses has no host bits',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ pool: 'dynamic', v6: true }) },
  when: ({ request }) => request,
  expect: { answers: { Pool: oneOf(absent, withoutHostBits) } },
  brokenBy: 'ipam-driver.request-pool.canonical#v6-host-bits',
});

export const canonicalExplicit = check({
  id: 'request-pool.canonical-explicit',
  clause: 'ipam-driver.request-pool.canonical',
  title: 'A pool that is named with host bits is granted without them, or refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest() },
  when: ({ request }) => ({ ...request, Pool: withHostBits(request.Pool) }),
  expect: { answers: { Pool: oneOf(absent, withoutHostBits) } },
  brokenBy: 'ipam-driver.request-pool.canonical#explicit-host-bits',
});

export const nullOptions = check({
  id: 'request-pool.null-options',
  clause: 'ipam-driver.request-pool.null-options',
  title: 'A named pool that was granted with empty Options is granted with null',
  op: 'IpamDriver.RequestPool',
  given: { served: aReleasedPool({ emptyOptions: true }), request: aPoolRequest({ like: 'served' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.null-options#refuses',
});

export const nullOptionsDynamic = check({
  id: 'request-pool.null-options-dynamic',
  clause: 'ipam-driver.request-pool.null-options',
  title: 'A driver that chooses a pool with empty Options chooses one with null',
  op: 'IpamDriver.RequestPool',
  given: {
    served: aReleasedPool({ pool: 'dynamic', emptyOptions: true }),
    request: aPoolRequest({ pool: 'dynamic' }),
  },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.null-options#refuses-dynamic',
});

export const nullOptionsV6 = check({
  id: 'request-pool.null-options-v6',
  clause: 'ipam-driver.request-pool.null-options',
  title: 'A named IPv6 pool that was granted with empty Options is granted with null',
  op: 'IpamDriver.RequestPool',
  given: { served: aReleasedPool({ v6: true, emptyOptions: true }), request: aPoolRequest({ like: 'served' }) },
  when: ({ request }) => request,
  expect: { succeeds: {} },
  brokenBy: 'ipam-driver.request-pool.null-options#refuses-v6',
});

export const unknownOption = check({
  id: 'request-pool.unknown-option',
  clause: 'ipam-driver.request-pool.unknown-option',
  title: 'An unknown option for the IPAM driver is ignored, or refused by its name',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { served: aReleasedPool({ named: true }), request: aPoolRequest({ like: 'served' }) },
  when: ({ request }) => ({ ...request, Options: { ...request.Options, 'opencnm.unknown': 'x' } }),
  expect: { answers: {}, refusal: containing('opencnm.unknown') },
  brokenBy: 'ipam-driver.request-pool.unknown-option#nameless',
});

export const unicodeOption = check({
  id: 'request-pool.unicode-option',
  clause: 'ipam-driver.request-pool.unknown-option',
  title: 'An option for the IPAM driver with letters beyond ASCII is ignored, or refused by its name',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { served: aReleasedPool({ named: true }), request: aPoolRequest({ like: 'served' }) },
  when: ({ request }) => ({ ...request, Options: { ...request.Options, 'opencnm.unknown': 'Zürich' } }),
  expect: { answers: {}, refusal: containing('opencnm.unknown') },
  brokenBy: 'ipam-driver.request-pool.unknown-option#ascii-only',
});

export const unknownSpace = check({
  id: 'request-pool.unknown-space',
  clause: 'ipam-driver.request-pool.unknown-space',
  title: 'A pool in an address space that nobody named is refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest() },
  when: ({ request }) => ({ ...request, AddressSpace: 'opencnm-no-such-space' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-pool.unknown-space#grants',
});

export const unknownSpaceV6 = check({
  id: 'request-pool.unknown-space-v6',
  clause: 'ipam-driver.request-pool.unknown-space',
  title: 'An IPv6 pool in an address space that nobody named is refused',
  stage: 'last',
  op: 'IpamDriver.RequestPool',
  given: { request: aPoolRequest({ v6: true }) },
  when: ({ request }) => ({ ...request, AddressSpace: 'opencnm-no-such-space' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'ipam-driver.request-pool.unknown-space#grants-v6',
});

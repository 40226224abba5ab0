import { check, rawCheck, seen } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { anEndpoint, joinRequest } from '../../fixtures/an-endpoint.js';
import { anything, present } from '../../patterns/matchers.js';

export const activatedWithoutBody = check({
  id: 'activate.empty-body',
  clause: 'plugin.transport.empty-body-where-none',
  title: 'The handshake works with an empty body',
  needs: ['handshake'],
  op: 'Plugin.Activate',
  given: {},
  when: () => undefined,
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.empty-body-where-none#wants-body',
});

export const capabilitiesWithoutBody = check({
  id: 'transport.capabilities-without-body',
  clause: 'plugin.transport.empty-body-where-none',
  title: 'The capabilities are told to a request with an empty body',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.empty-body-where-none#wants-body-capabilities',
});

export const spacesWithoutBody = check({
  id: 'transport.spaces-without-body',
  clause: 'plugin.transport.empty-body-where-none',
  title: 'The address spaces are told to a request with an empty body',
  op: 'IpamDriver.GetDefaultAddressSpaces',
  given: {},
  when: () => undefined,
  expect: { succeeds: {} },
  brokenBy: 'plugin.transport.empty-body-where-none#wants-body-spaces',
});

export const nullBody = rawCheck({
  id: 'transport.null-body',
  clause: 'plugin.transport.null-body',
  title: 'The handshake works with the body null, as Docker 1.9 sent it',
  stage: 'last',
  needs: ['handshake'],
  op: 'Plugin.Activate',
  given: {},
  when: () => ({ body: 'null\n' }),
  expect: { succeeds: { Implements: present } },
  brokenBy: 'plugin.transport.null-body#refuses-null',
});

export const emptyCreate = rawCheck({
  id: 'transport.empty-create',
  clause: 'plugin.transport.refuses-empty-body',
  title: 'A CreateNetwork with an empty body is refused',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: {},
  when: () => ({ body: '' }),
  expect: { refuses: anything, mayClose: true },
  brokenBy: 'plugin.transport.refuses-empty-body#takes-empty',
});

export const emptyDelete = rawCheck({
  id: 'transport.empty-delete',
  clause: 'plugin.transport.refuses-empty-body',
  title: 'A DeleteNetwork with an empty body is refused, and the network lives on',
  stage: 'last',
  op: 'NetworkDriver.DeleteNetwork',
  given: { network: aNetwork(), endpoint: anEndpoint({ on: 'network' }) },
  when: () => ({ body: '' }),
  expect: { refuses: anything, mayClose: true },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'plugin.transport.refuses-empty-body#deletes-on-empty',
});

import { check, seen } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { anActivation, theCapabilities, theFirstScope } from '../../fixtures/an-activation.js';
import { aJoinedEndpoint } from '../../fixtures/an-endpoint.js';
import { sameAs } from '../../patterns/addresses.js';
import { absent, oneOf } from '../../patterns/matchers.js';

export const scope = check({
  id: 'get-capabilities.scope',
  clause: 'network-driver.get-capabilities.scope',
  title: 'The scope is local or global',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { succeeds: { Scope: oneOf('local', 'global') } },
  brokenBy: 'network-driver.get-capabilities.scope#upper-case',
});

export const connectivityScope = check({
  id: 'get-capabilities.connectivity-scope',
  clause: 'network-driver.get-capabilities.connectivity-scope',
  title: 'The connectivity scope is absent, empty, local or global',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { succeeds: { ConnectivityScope: oneOf(absent, 'local', 'global') } },
  brokenBy: 'network-driver.get-capabilities.connectivity-scope#cluster',
});

export const repeatable = check({
  id: 'get-capabilities.repeatable',
  clause: 'network-driver.get-capabilities.repeatable',
  title: 'The capabilities are the same when they are asked for again',
  op: 'NetworkDriver.GetCapabilities',
  given: {},
  when: () => undefined,
  expect: { succeeds: {} },
  afterwards: (_, first) => [
    seen('NetworkDriver.GetCapabilities', undefined, { succeeds: { Scope: first.Scope } }),
    seen('NetworkDriver.GetCapabilities', undefined, { succeeds: { Scope: first.Scope } }),
  ],
  brokenBy: 'network-driver.get-capabilities.repeatable#fails-second-time',
});

export const repeatableWithNetwork = check({
  id: 'get-capabilities.repeatable-with-network',
  clause: 'network-driver.get-capabilities.repeatable',
  title: 'The capabilities are the same once a network exists',
  op: 'NetworkDriver.GetCapabilities',
  given: { before: theFirstScope(), network: aNetwork() },
  when: () => undefined,
  expect: ({ before }) => ({ succeeds: { Scope: before.Scope } }),
  brokenBy: 'network-driver.get-capabilities.repeatable#changes-after-network',
});

export const repeatableWithEndpoint = check({
  id: 'get-capabilities.repeatable-with-endpoint',
  clause: 'network-driver.get-capabilities.repeatable',
  title: 'The capabilities are the same once an endpoint joined',
  op: 'NetworkDriver.GetCapabilities',
  given: { before: theCapabilities(), network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: () => undefined,
  expect: ({ before }) => ({
    succeeds: { Scope: before.Scope, ConnectivityScope: sameAs(before.ConnectivityScope) },
  }),
  brokenBy: 'network-driver.get-capabilities.repeatable#changes-with-endpoint',
});

export const firstCall = check({
  id: 'get-capabilities.first-call',
  clause: 'network-driver.get-capabilities.first-call',
  title: 'The capabilities are told right after the handshake',
  needs: ['handshake'],
  op: 'NetworkDriver.GetCapabilities',
  given: { activation: anActivation() },
  when: () => undefined,
  expect: { succeeds: {} },
  brokenBy: 'network-driver.get-capabilities.first-call#not-ready',
});

import { check, seen } from '../../check.js';
import { each, including, oneOf } from '../../patterns/matchers.js';
import { matching } from '../../patterns/matching.js';

const known = [
  'NetworkDriver',
  'IpamDriver',
  'volumedriver',
  'VolumeDriver',
  'GraphDriver',
  'authz',
  'LogDriver',
  'MetricsCollector',
  'secretprovider',
];

export const implementsNames = check({
  id: 'activate.implements',
  clause: 'plugin.activate.implements',
  title: 'The handshake lists the interfaces of the plugin by their exact names',
  needs: ['handshake'],
  op: 'Plugin.Activate',
  given: {},
  when: () => undefined,
  expect: { succeeds: { Implements: including(oneOf('NetworkDriver', 'IpamDriver')) } },
  brokenBy: 'plugin.activate.implements#lower-case',
});

export const knownNames = check({
  id: 'activate.known-names',
  clause: 'plugin.activate.known-names',
  title: 'The handshake lists known interfaces only',
  needs: ['handshake'],
  op: 'Plugin.Activate',
  given: {},
  when: () => undefined,
  expect: { succeeds: { Implements: each(oneOf(...known)) } },
  brokenBy: 'plugin.activate.known-names#unknown-name',
});

export const repeatable = check({
  id: 'activate.repeatable',
  clause: 'plugin.activate.repeatable',
  title: 'The handshake answers the same again',
  needs: ['handshake'],
  op: 'Plugin.Activate',
  given: {},
  when: () => undefined,
  expect: { succeeds: { Implements: including(oneOf('NetworkDriver', 'IpamDriver')) } },
  afterwards: (_, first) => [seen('Plugin.Activate', undefined, { succeeds: { Implements: [...first.Implements] } })],
  brokenBy: 'plugin.activate.repeatable#once',
});

export const fast = check({
  id: 'activate.fast',
  clause: 'plugin.activate.fast',
  title: 'The handshake takes less than a second',
  needs: ['handshake'],
  op: 'Plugin.Activate',
  given: {},
  when: () => undefined,
  expect: { wire: { ms: matching('less than 1000 ms', (ms) => Number(ms) < 1000) } },
  brokenBy: 'plugin.activate.fast#slow',
});

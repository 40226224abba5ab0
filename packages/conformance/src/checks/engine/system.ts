import { check, rawCheck } from '../../check.js';
import { aRunningContainer } from '../../fixtures/a-container.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { theApiVersion, theRelease } from '../../fixtures/the-engine.js';
import { containing, including, like, oneOf } from '../../patterns/matchers.js';
import { matching } from '../../patterns/matching.js';

const aCount = matching('one or more', (value) => typeof value === 'number' && value >= 1);
const aVersion = like(/^\d+\.\d+$/, 'a version such as 1.41');

export const pingVersion = check({
  id: 'engine-ping.version',
  clause: 'engine.ping.version',
  title: 'The ping names an API version',
  op: 'SystemPing',
  given: {},
  when: () => undefined,
  expect: { wire: { status: 200, headers: { 'api-version': aVersion } } },
  brokenBy: 'engine.ping.version#missing',
});

export const pingOs = check({
  id: 'engine-ping.os',
  clause: 'engine.ping.os',
  title: 'The ping names the operating system',
  op: 'SystemPing',
  given: {},
  when: () => undefined,
  expect: { wire: { status: 200, headers: { ostype: oneOf('linux', 'windows') } } },
  brokenBy: 'engine.ping.os#missing',
});

export const pingNotKept = check({
  id: 'engine-ping.not-kept',
  clause: 'engine.ping.not-kept',
  title: 'The ping forbids caches',
  op: 'SystemPing',
  given: {},
  when: () => undefined,
  expect: { wire: { status: 200, headers: { 'cache-control': containing('no-cache') } } },
  brokenBy: 'engine.ping.not-kept#missing',
});

export const pingHead = check({
  id: 'engine-ping-head.same',
  clause: 'engine.ping-head.same',
  title: 'HEAD of the ping is answered as GET, without a body',
  op: 'SystemPingHead',
  given: { version: theApiVersion() },
  when: () => undefined,
  expect: ({ version }) => ({ wire: { status: 200, headers: { 'api-version': version }, body: '' } }),
  brokenBy: 'engine.ping-head.same#no-version',
});

export const versionAsPing = check({
  id: 'engine-version.as-ping',
  clause: 'engine.version.as-ping',
  title: 'The version is that of the ping',
  op: 'SystemVersion',
  given: { version: theApiVersion() },
  when: () => undefined,
  expect: ({ version }) => ({ status: 200, body: { ApiVersion: version } }),
  brokenBy: 'engine.version.as-ping#older',
});

export const versionRange = check({
  id: 'engine-version.range',
  clause: 'engine.version.range',
  title: 'The oldest version is not above the newest',
  op: 'SystemVersion',
  given: {},
  when: () => undefined,
  expect: {
    status: 200,
    body: matching('MinAPIVersion up to ApiVersion', (value) => {
      const { ApiVersion = '', MinAPIVersion = '' } = value as Readonly<Record<string, string>>;
      return numberOf(MinAPIVersion) <= numberOf(ApiVersion);
    }),
  },
  brokenBy: 'engine.version.range#above',
});

export const versionBelowVersion = rawCheck({
  id: 'engine-version.with-version',
  clause: 'engine.version.with-version',
  title: 'The version is told below a path version too',
  op: 'SystemVersion',
  given: { version: theApiVersion() },
  when: ({ version }) => ({ path: `/v${version}/version` }),
  expect: ({ version }) => ({ status: 200, body: { ApiVersion: version } }),
  brokenBy: 'engine.version.with-version#not-found',
});

export const networkDrivers = check({
  id: 'engine-info.network-drivers',
  clause: 'engine.info.network-drivers',
  title: 'The engine names bridge among its network drivers',
  op: 'SystemInfo',
  given: { network: anEngineNetwork() },
  when: () => undefined,
  expect: { status: 200, body: { Plugins: { Network: including('bridge') } } },
  brokenBy: 'engine.info.network-drivers#no-bridge',
});

export const pingBody = check({
  id: 'engine-ping.body',
  clause: 'engine.ping.body',
  title: 'The body of the ping is OK',
  op: 'SystemPing',
  given: {},
  when: () => undefined,
  expect: { wire: { status: 200, body: like(/^OK\s*$/, 'OK') } },
  brokenBy: 'engine.ping.body#json',
});

export const pingBelowVersion = rawCheck({
  id: 'engine-ping.with-version',
  clause: 'engine.ping.with-version',
  title: 'The ping is answered below a path version, too',
  op: 'SystemPing',
  given: { version: theApiVersion() },
  when: ({ version }) => ({ path: `/v${version}/_ping` }),
  expect: { wire: { status: 200 } },
  brokenBy: 'engine.ping.with-version#not-found',
});

export const counts = check({
  id: 'engine-info.counts',
  clause: 'engine.info.counts',
  title: 'A running container is counted twice, among all and among those that run',
  op: 'SystemInfo',
  given: { container: aRunningContainer() },
  when: () => undefined,
  expect: { status: 200, body: { Containers: aCount, ContainersRunning: aCount } },
  brokenBy: 'engine.info.counts#none-running',
});

export const serverVersion = check({
  id: 'engine-info.server-version',
  clause: 'engine.info.server-version',
  title: 'The release is that of the version',
  op: 'SystemInfo',
  given: { release: theRelease() },
  when: () => undefined,
  expect: ({ release }) => ({ status: 200, body: { ServerVersion: release } }),
  brokenBy: 'engine.info.server-version#empty',
});

/** 1.41 as 1041. */
function numberOf(version: string): number {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryIpamDriver, startMock } from '@opencnm/mock-server';
import { servePlugin } from '@opencnm/sdk/driver-kit';
import type { FaultId, IpamDriver, RequestAddressResponse } from '@opencnm/spec';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runScale } from '../src/scale/run-scale.js';
import { scaleText } from '../src/scale/scale-text.js';

// Each run makes and removes some hundreds of things, call by call.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Measures the mock with a fault. */
async function measured(fault: FaultId, sizes: readonly number[]) {
  const mock = await startMock({ plugin: `unix://${folder}/plugin.sock`, faults: [fault] });
  try {
    return await runScale({ target: `unix://${folder}/plugin.sock`, seed: 5, sizes });
  } finally {
    await mock.close();
  }
}

describe('what a driver gives away twice fails a run of scale', () => {
  it('where it only does so once it holds much', async () => {
    const report = await measured('ipam-driver.request-address.unique#duplicate-past-octet', [10, 300]);
    expect(report).toMatchObject({ sizes: [10], exitCode: 1, leftBehind: [] });
    expect(report.leftOut[0]?.reason).toMatch(/^IpamDriver\.RequestAddress granted \S+ of pool \S+, which is held$/);
    expect(scaleText(report)).toContain('FAILED on the way');
  });

  it('where it does so with the last addresses of a pool', async () => {
    const inner = memoryIpamDriver();
    const granted: RequestAddressResponse[] = [];
    const requestAddress: IpamDriver['requestAddress'] = async (request) => {
      const answer = await inner.requestAddress(request);
      return (granted.push(answer) > 250 && granted[200]) || answer;
    };
    const socket = join(folder, 'driver.sock');
    const driver = await servePlugin({ ipamDriver: { ...inner, requestAddress } }, { socket });
    const report = await runScale({ target: `unix://${socket}`, seed: 5, sizes: [1] }).finally(() => driver.close());
    expect(report).toMatchObject({ sizes: [1], exitCode: 1 });
    expect(report.notFilled).toMatch(/^IpamDriver\.RequestAddress granted \S+ of pool \S+, which is held$/);
  });

  it('where it is a link', async () => {
    const report = await measured('network-driver.join.src-name-unique#of-network', [10]);
    expect(report).toMatchObject({ sizes: [], exitCode: 1, leftBehind: [] });
    expect(report.leftOut[0]?.reason).toMatch(/^NetworkDriver\.Join named \S+, the link of another endpoint$/);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mock, type MockOptions, startMock } from '@opencnm/mock-server';
import { clauseOf } from '@opencnm/spec';
import type { Check } from '../src/check.js';
import { type Report, type RunOptions, runSuite } from '../src/index.js';

/** A mock on sockets in a folder of its own, and runs of the suite against it. */
export interface OnMock {
  readonly mock: Mock;
  readonly run: (checks: readonly Check[], options?: Partial<RunOptions>) => Promise<Report>;
  readonly close: () => Promise<void>;
}

/** Starts a mock for a test. */
export async function onMock(options: Partial<MockOptions> = {}): Promise<OnMock> {
  const folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  const mock = await startMock({
    plugin: `unix://${folder}/plugin.sock`,
    engine: `unix://${folder}/engine.sock`,
    ...options,
  });
  return {
    mock,
    run: (checks, more = {}) => {
      const isEngine = checks.every((check) => clauseOf(check.clause).face === 'engine');
      return runSuite({
        target: (isEngine ? mock.engineUrl : mock.pluginUrl) ?? '',
        profiles: isEngine ? ['engine'] : ['network-driver', 'ipam-driver'],
        checks,
        seed: 7,
        budget: 100,
        settings: { timeoutMs: 2_000 },
        ...more,
      });
    },
    close: async () => {
      await mock.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMock } from '@opencnm/mock-server';
import { findProgram } from './find-program.js';
import type { EngineKind, RealEngine } from './real-engine.js';

/** The mock engine in the place of a real one: the same tests run on it, anywhere. */
export const mockEngine: EngineKind = {
  name: 'The mock engine',
  missing: () => undefined,
  start: startMockEngine,
};

/** The same, for tests that speak to it with the docker command. */
export const mockEngineWithCli: EngineKind = {
  ...mockEngine,
  missing: () => (findProgram('docker') === undefined ? 'docker not found; install docker-cli' : undefined),
};

async function startMockEngine(): Promise<RealEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'opencnm-mock-'));
  const mock = await startMock({ engine: `unix://${join(folder, 'engine.sock')}` });
  return {
    host: mock.engineUrl ?? '',
    importImage: async () => 'opencnm-busybox:latest',
    stop: async () => {
      await mock.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

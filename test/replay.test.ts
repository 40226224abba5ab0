import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mock, startMock } from '@opencnm/mock-server';
import { type Operation, operations, type SchemaName, validate } from '@opencnm/spec';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { healthyScenarios, recording } from './recordings/recording.js';
import { replay } from './recordings/replay.js';

let folder = '';
let mock: Mock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opencnm-replay-'));
  mock = await startMock({ plugin: `unix://${join(folder, 'driver.sock')}` });
});

afterEach(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

it.each(healthyScenarios)('Every recorded call of %s succeeds on the mock driver', async (scenario) => {
  const replayed = await replay(join(folder, 'driver.sock'), recording(scenario));
  for (const { path, body, status, answer } of replayed) {
    const row = Object.values<Operation>(operations).find((each) => each.path === path);
    const schema = row?.responses['200']?.schema as SchemaName;
    const { Err = '', Error: error = '' } = answer as { readonly Err?: string; readonly Error?: string };
    expect({ path, body, status, Err, error, problems: validate(schema, answer) }).toEqual({
      ...{ path, body, status: 200, Err: '', error: '', problems: [] },
    });
  }
});

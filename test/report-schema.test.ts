import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonReport, runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';

const schema = JSON.parse(
  readFileSync(new URL('../packages/conformance/report.schema.json', import.meta.url), 'utf8'),
) as object;

it('writes reports that their schema accepts, green or not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  const mock = await startMock({ plugin: `unix://${folder}/plugin.sock` });
  const accepts = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  try {
    for (const faults of [
      [],
      ['network-driver.delete-network.succeeds#refused', 'plugin.transport.answers#closes'] as const,
    ]) {
      mock.reset(faults);
      const report = await runSuite({ target: mock.pluginUrl ?? '', seed: 3, settings: { timeoutMs: 2_000 } });
      expect(accepts(JSON.parse(jsonReport(report))) ? [] : accepts.errors).toEqual([]);
      expect(report.exitCode).toBe(faults.length === 0 ? 0 : 1);
    }
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

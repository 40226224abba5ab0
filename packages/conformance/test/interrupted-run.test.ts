import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readReport } from '../src/read-report.js';
import { signalledCli } from './cli.js';

const mockCommand = fileURLToPath(new URL('../../mock-server/dist/cli.js', import.meta.url));

it.each(['SIGINT', 'SIGTERM'] as const)(
  'a run that is interrupted by %s removes what it made, and reports how far it came',
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
    const target = `unix://${folder}/mock.sock`;
    const file = join(folder, 'state.json');
    const mock = spawn(process.execPath, [mockCommand, '--plugin', target, '--state', file, '--latency', '5-5ms']);
    await new Promise((resolve) => mock.stdout.once('data', resolve));
    try {
      const { code, err, out } = await signalledCli(
        ['run', target, '--jobs', '4', '--report', folder],
        async (signal) => {
          await expect
            .poll(() => existsSync(file) && readFileSync(file, 'utf8').split('"subnets"').length, {
              timeout: 20_000,
              interval: 5,
            })
            // The questions before the first check make no more networks at once than two.
            .toBeGreaterThan(4);
          signal(name);
        },
      );
      expect(code).toBe(130);
      expect(err).toContain('stopping');
      expect(out).toMatch(/NOT-TESTED.*\d checks not run: a signal ended the run/);
      const report = readReport(join(folder, 'report.json'));
      expect(report.verdict).toBe('not-tested');
      expect(report.counts.pass).toBeGreaterThan(0);
      expect(report.outcomes.filter(({ reason }) => reason === 'not tried: a signal ended the run')).toHaveLength(
        report.counts.error,
      );
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
        networks: { networks: [] },
        pools: { grants: [] },
      });
    } finally {
      mock.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

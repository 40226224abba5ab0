import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { signalledCli } from './cli.js';

const mockCommand = fileURLToPath(new URL('../../mock-server/dist/cli.js', import.meta.url));

it.each(['SIGINT', 'SIGTERM'] as const)('a run that is interrupted by %s removes what it made', async (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  const target = `unix://${folder}/mock.sock`;
  const file = join(folder, 'state.json');
  const mock = spawn(process.execPath, [mockCommand, '--plugin', target, '--state', file, '--latency', '5-5ms']);
  await new Promise((resolve) => mock.stdout.once('data', resolve));
  try {
    const { code, err, out } = await signalledCli(['run', target, '--jobs', '4'], async (signal) => {
      await expect
        .poll(() => existsSync(file) && readFileSync(file, 'utf8').includes('"subnets"'), {
          timeout: 20_000,
          interval: 5,
        })
        .toBe(true);
      signal(name);
    });
    expect(code).toBe(130);
    expect(err).toContain('stopping');
    expect(out).not.toContain('CONFORMANT');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ networks: { networks: [] }, pools: { grants: [] } });
  } finally {
    mock.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

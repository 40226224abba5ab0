import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signalledCli } from './cli.js';

const mockCommand = fileURLToPath(new URL('../../mock-server/dist/cli.js', import.meta.url));
// Each run makes and removes some hundreds of things, call by call.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('opencnm-conformance scale', () => {
  const target = () => `unix://${folder}/mock.sock`;
  const scale = (flags: readonly string[], started?: Parameters<typeof signalledCli>[1]) =>
    signalledCli(['scale', target(), ...flags], started);
  async function withMock(use: () => Promise<void>): Promise<void> {
    const mock = spawn(process.execPath, [mockCommand, '--plugin', target(), '--state', join(folder, 'state.json')]);
    await new Promise((resolve) => mock.stdout.once('data', resolve));
    try {
      await use();
    } finally {
      mock.kill('SIGKILL');
    }
  }
  const state = () => JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as unknown;
  const empty = { networks: { networks: [] }, pools: { grants: [] } };

  it('prints the table and writes figures and plot', async () => {
    await withMock(async () => {
      const { code, out } = await scale(['--sizes', '20,5,5', '--report', join(folder, 'report'), '--seed', '3']);
      expect(code).toBe(0);
      expect(out).toMatch(/^ +5 +20 +growth$/m);
      for (const name of ['CreateNetwork', 'RequestAddress', 'EndpointOperInfo', 'scale.svg', 'seed 3'])
        expect(out).toContain(name);
      expect(state()).toMatchObject(empty);
    });
    expect(JSON.parse(readFileSync(join(folder, 'report', 'scale.json'), 'utf8'))).toMatchObject({ sizes: [5, 20] });
    expect(readFileSync(join(folder, 'report', 'scale.svg'), 'utf8')).toMatch(/^<svg xmlns=/);
    expect(readFileSync(join(folder, 'report', 'scale.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('asks as the config says, and as the flags say against it', async () => {
    const config = join(folder, 'acme.yaml');
    writeFileSync(
      config,
      `target: ${target()}\nimplements: [IpamDriver]\nseed: 9\nipamOptions: {zone: a}\nreport: figures\n`,
    );
    await withMock(async () => {
      const { code, out } = await scale(['--config', config, '--sizes', '2', '--seed', '4']);
      expect(code).toBe(0);
      expect(out).not.toContain('CreateNetwork');
    });
    expect(JSON.parse(readFileSync(join(folder, 'figures', 'scale.json'), 'utf8'))).toMatchObject({
      seed: 4,
      settings: { ipamOptions: { zone: 'a' } },
    });
  });

  it('removes everything when it is interrupted', async () => {
    await withMock(async () => {
      const { code } = await scale(['--sizes', '5000'], async (signal) => {
        await expect
          .poll(() => (existsSync(join(folder, 'state.json')) ? JSON.stringify(state()).length : 0), {
            timeout: 20_000,
          })
          .toBeGreaterThan(2_000);
        signal('SIGINT');
      });
      expect(code).toBe(130);
      expect(state()).toMatchObject(empty);
    });
  });

  it.each([
    [['--sizes', '10,many'], 2, 'must be a whole number'],
    [['--sizes', '0'], 2, 'must be a whole number'],
    [['--max-seconds', '0'], 2, 'must be a whole number'],
    [['--implements', 'VolumeDriver'], 2, '--implements VolumeDriver is not known'],
    [['--config', '/nowhere.yaml'], 2, 'cannot be read'],
    [['--pool', '10.1'], 2, '--pool 10.1 is not an address with a prefix length'],
    [[], 3, 'cannot be reached'],
    [['--implements', 'NetworkDriver'], 3, 'cannot be reached'],
  ])('refuses %j with exit code %i in one line', async (flags, wanted, message) => {
    const { code, err } = await scale(flags);
    expect(code).toBe(wanted);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('is helped with examples and exit codes', async () => {
    const { code, out } = await scale(['--help']);
    expect(code).toBe(0);
    for (const part of ['Examples:', 'Exit codes:', '--max-seconds']) expect(out).toContain(part);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

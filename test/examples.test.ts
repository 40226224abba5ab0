import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const tsx = join(root, 'node_modules/.bin/tsx');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs an example to its end; the lines that it prints. */
function example(name: string, env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(tsx, ['--conditions=@opencnm/source', `examples/${name}.ts`], {
      cwd: root,
      env: { ...process.env, ...env },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        text += String(chunk);
      });
    }
    child.on('close', (code) => (code === 0 ? resolve(text.trim().split('\n')) : reject(new Error(text))));
  });
}

it.each(['opencnm-conformance', 'opencnm-mock'])('%s is a command after an install', (name) => {
  const help = execFileSync(join(root, 'node_modules/.bin', name), ['--help'], { encoding: 'utf8' });
  expect(help).toContain(`Usage: ${name}`);
});

describe('the examples', () => {
  it('use networks as an application', async () => {
    const mock = await startMock({ engine: `unix://${folder}/engine.sock` });
    const lines = await example('app', { DOCKER_HOST: mock.engineUrl ?? '' });
    await mock.close();
    expect(lines).toEqual([
      expect.stringMatching(/^1 network of the shop: [0-9a-f]{12}$/),
      'refused with 409 (conflict): NetworkCreate: network with name shop already exists',
      'removed shop',
    ]);
  });

  it('test an application against a mock with a fault', async () => {
    expect(await example('mock')).toEqual([expect.stringMatching(/^asked for 10\.5\.0\.77, got 10\.5\.0\.[2-9]$/)]);
  });

  it('serve a driver that conforms', async () => {
    const socket = join(folder, 'acme.sock');
    const child = spawn(tsx, ['--conditions=@opencnm/source', 'examples/driver.ts', socket], { cwd: root });
    const ended = new Promise((resolve) => child.on('close', resolve));
    try {
      await expect.poll(() => existsSync(socket), { timeout: 20_000 }).toBe(true);
      const { judged, verdict } = await runSuite({
        target: `unix://${socket}`,
        seed: 5,
        settings: { timeoutMs: 5_000 },
      });
      expect(
        judged
          .filter((row) => ['fail', 'blocked', 'error'].includes(row.verdict))
          .map(({ id, reason }) => `${id}: ${reason}`),
      ).toEqual([]);
      expect(verdict).toBe('conformant');
    } finally {
      child.kill();
      await ended;
    }
  });

  it('run in CI what the config says, which is a whole profile, and publish what comes of it', async () => {
    const text = (name: string) => readFileSync(join(root, 'examples', name), 'utf8');
    const workflow = text('ci.yaml');
    const [, args = ''] = /- run: npx @opencnm\/conformance ([^#\n]*)/.exec(workflow) ?? [];
    const mock = await startMock({ plugin: `unix://${folder}/acme.sock` });
    const config = text('opencnm.config.yaml').replace('unix:///tmp/acme.sock', mock.pluginUrl ?? '');
    writeFileSync(join(folder, 'opencnm.config.yaml'), config);
    writeFileSync(join(folder, 'known-failures.yaml'), '[]\n');
    const bin = join(root, 'node_modules/.bin/opencnm-conformance');
    const child = spawn(bin, args.trim().split(' '), { cwd: folder, stdio: 'ignore' });
    const code = await new Promise((resolve) => child.on('close', resolve));
    await mock.close();
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'reports', 'badge.json'), 'utf8')).toContain('conformant, ');
    const published = [...workflow.matchAll(/path: (\S+?)[ }]/g)].map(([, path = '']) => path);
    expect(new Set(published)).toEqual(new Set(['reports']));
    for (const [, file = ''] of workflow.matchAll(/reports\/([\w.]+)/g))
      expect(readdirSync(join(folder, 'reports'))).toContain(file);
  });

  it.each(['driver', 'app', 'mock'])('stand in the README as they are: %s', (name) => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const code = readFileSync(join(root, 'examples', `${name}.ts`), 'utf8');
    const snippets = [...readme.matchAll(/<!-- examples\/(\w+)\.ts -->\n```ts\n(.*?)```/gs)].filter(
      ([, file]) => file === name,
    );
    expect(snippets.length).toBe(1);
    for (const [, , snippet = ''] of snippets) {
      expect(snippet.split('\n').filter((line) => line.trim()).length).toBeLessThanOrEqual(15);
      for (const part of snippet.split('// ...\n')) expect(code).toContain(part.trim());
    }
  });
});

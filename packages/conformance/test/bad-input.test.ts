import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFiles } from '../src/reports/write-reports.js';
import { cli } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
let mock: OnMock;
let folder: string;
let url: string;
let pipe: string;

beforeAll(async () => {
  mock = await onMock();
  url = mock.mock.pluginUrl ?? '';
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  pipe = join(folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  mkdirSync(join(folder, 'tls'));
  for (const name of ['ca.pem', 'cert.pem', 'key.pem']) writeFileSync(join(folder, 'tls', name), 'no certificate\n');
});
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

describe('a command that cannot be meant', () => {
  const run =
    (...flags: readonly string[]) =>
    () => ['run', url, ...flags];
  const table: readonly [string, () => readonly string[], string][] = [
    ['a flag that is nearly one', () => ['list', '--jsn'], "unknown option '--jsn' (Did you mean --json?)"],
    ['a port that there is not', () => ['run', 'tcp://127.0.0.1:99999'], 'is not a target: there is no port 99999'],
    ['a time that no timer waits', run('--timeout', '2147483648'), 'must be a whole number from 1 to 2147483647'],
    ['more jobs than a target bears', run('--jobs', '1025'), 'must be a whole number from 1 to 1024'],
    [
      'an engine API that there is not',
      run('--api-version', 'v1.41'),
      'must be a version of the engine API, as in 1.41',
    ],
    ['an empty folder for the reports', run('--report', ''), '--report is empty'],
    ['an empty list of known failures', run('--known-failures', ''), '--known-failures is empty'],
    ['a device for a list', run('--known-failures', '/dev/zero'), 'the known-failures file /dev/zero is not a file'],
    ['a pipe for a config', () => ['run', url, '--config', pipe], 'is not a file'],
    ['a report that is a pipe', () => ['verify', pipe], 'is not a file'],
    ['a report folder below a file system of the kernel', run('--report', '/proc/none/x'), 'cannot be written'],
    [
      'certificates for a unix socket',
      () => ['run', 'unix:///acme.sock', '--tls', folder],
      'has no TLS: leave --tls out',
    ],
    ['no certificates', () => ['run', 'https://127.0.0.1:1', '--tls', folder], 'ca.pem cannot be read'],
    [
      'certificates that are none',
      () => ['run', 'https://127.0.0.1:1', '--tls', join(folder, 'tls')],
      'are no certificates with a key',
    ],
  ];

  it.each(table)('for %s is refused in one line', async (_, flags, message) => {
    const { code, out, err } = await cli(...flags());
    expect(err).toContain(message);
    expect(err).toMatch(/^opencnm-conformance: [^\n]+\n$/);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('a target that is no plugin', () => {
  it.each([
    ['says half a handshake', '{"Implements":["Netw', 'no usable answer: '],
    ['says 200 to everything, as web servers do', '<html>welcome</html>', '<html>'],
    ['implements nothing that is known', '{"Implements":["VolumeDriver"]}', '{"Implements":["VolumeDriver"]}'],
  ])('but %s ends in a line that quotes it', async (_, body, message) => {
    const socket = join(folder, 'web.sock');
    const server = createServer((request, response) => request.resume().on('end', () => response.end(body)));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const { code, err } = await cli('run', `unix://${socket}`);
    server.close();
    expect(err).toMatch(
      /^opencnm-conformance: \S+ is no engine \(\/_ping\), and answers Plugin\.Activate with [^\n]+\n$/,
    );
    expect(err).toContain(message);
    expect(code).toBe(3);
  });
});

describe('reports', () => {
  it('are written all or none', () => {
    const reports = join(folder, 'reports');
    mkdirSync(join(reports, 'b.json'), { recursive: true });
    writeFileSync(join(reports, 'a.json'), 'before');
    expect(() => writeFiles(reports, { 'a.json': 'now', 'b.json': 'now', 'c.json': 'now' })).toThrow(
      `${join(reports, 'b.json')} cannot be written`,
    );
    expect(readdirSync(reports).sort()).toEqual(['a.json', 'b.json']);
    expect(readFileSync(join(reports, 'a.json'), 'utf8')).toBe('before');
  });

  it('have no folder where nothing could be tested', async () => {
    const above = join(folder, 'above');
    const reports = join(above, 'reports');
    const { code } = await cli('run', `unix://${folder}/nobody.sock`, '--report', reports);
    expect(code).toBe(3);
    expect(existsSync(above)).toBe(false);
    mkdirSync(reports, { recursive: true });
    await cli('run', `unix://${folder}/nobody.sock`, '--report', reports);
    expect(readdirSync(reports)).toEqual([]);
  });

  it('are written though nobody reads the output any more', async () => {
    const reports = join(folder, 'unread');
    const child = spawn(process.execPath, [command, 'run', url, '--only', 'get-capabilities.*', '--report', reports]);
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(readdirSync(reports)).toContain('report.json');
  });

  it.runIf(existsSync('/dev/full'))('are asked for in vain where the output cannot be written', async () => {
    const child = spawn(process.execPath, [command, 'run', url, '--only', 'get-capabilities.*'], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    let err = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      err += String(chunk);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(err).toMatch(/^opencnm-conformance: the output cannot be written: [^\n]+\n$/);
    expect(code).toBe(2);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

let mock: OnMock;
let folder: string;
let plugin: string;
let engine: string;

beforeAll(async () => {
  mock = await onMock();
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  plugin = mock.mock.pluginUrl ?? '';
  engine = mock.mock.engineUrl ?? '';
});
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('a wrong command', () => {
  const run =
    (...flags: readonly string[]) =>
    () => ['run', plugin, ...flags];
  const yaml = (text: string) => () => ['run', plugin, '--known-failures', file('wrong.yaml', text)];
  const table: readonly [string, () => readonly string[], number, string][] = [
    ['an unknown flag', run('--nope'), 2, "unknown option '--nope'"],
    ['an unknown command', () => ['walk'], 2, "unknown command 'walk'"],
    ['no target', () => ['run'], 2, "missing required argument 'target'"],
    ['a target that is no address', () => ['run', 'acme.sock'], 2, 'is not a target: give unix:///path/to.sock'],
    ['a relative socket', () => ['run', 'unix://acme.sock'], 2, 'needs an absolute path'],
    ['an unknown profile', run('--profile', 'volume'), 2, '--profile volume is not known'],
    ['a pool that is none', run('--pool', '10.1.0.0'), 2, '--pool 10.1.0.0 is not an address with a prefix length'],
    ['an unknown interface', run('--implements', 'VolumeDriver'), 2, '--implements VolumeDriver is not known'],
    ['a glob that fits nothing', run('--only', 'nope.*'), 2, '--only nope.* fits no check'],
    ['an option without a value', run('--network-option', 'x'), 2, 'needs the form key=value'],
    ['a timeout that is no number', run('--timeout', 'soon'), 2, 'must be a whole number'],
    ['no jobs', run('--jobs', '0'), 2, 'must be a whole number'],
    ['an unknown IPAM mode', run('--ipam', 'dhcp'), 2, 'Allowed choices are composed, engine, null'],
    ['a known-failures file that is missing', run('--known-failures', '/nowhere.yaml'), 2, 'cannot be read'],
    ['a known-failures file that is no YAML', yaml('- id: [unclosed'), 2, 'is not YAML'],
    ['a known-failures file that is no list', yaml('id: x'), 2, 'must be a list'],
    ['a known failure without a reason', yaml('- id: get-capabilities.scope'), 2, 'needs an id and a reason'],
    [
      'a known failure with a number for a reason',
      yaml('- {id: get-capabilities.scope, reason: 4711}'),
      2,
      'in quotes',
    ],
    ['a known failure that no check has', yaml('- id: no.such\n  reason: x'), 2, 'no check is named "no.such"'],
    [
      'a known failure listed twice',
      yaml('- {id: get-capabilities.scope, reason: x}\n- {id: get-capabilities.scope, reason: y}'),
      2,
      'is listed twice',
    ],
    [
      'a known failure with an unknown key',
      yaml('- {id: get-capabilities.scope, reason: x, colour: red}'),
      2,
      'unknown key "colour"',
    ],
    ['a report folder that is a file', () => ['run', plugin, '--report', file('taken', '')], 2, 'cannot be written'],
    ['a check that does not exist', () => ['explain', 'no.such'], 2, 'no check is named "no.such"'],
    ['a socket that is not there', () => ['run', `unix://${folder}/nobody.sock`], 3, 'cannot be reached'],
    [
      'an engine that is run as a driver',
      () => ['run', engine, '--profile', 'network-driver'],
      3,
      'is an engine and no plugin: run it with --profile engine',
    ],
    ['a driver that is run as an engine', run('--profile', 'engine'), 3, 'is a plugin and no engine: leave out'],
    [
      'checks of another profile',
      run('--profile', 'ipam-driver', '--only', 'join.*'),
      3,
      'no check of ipam-driver was selected',
    ],
    ['profiles of a driver and an engine', run('--profile', 'engine,ipam-driver'), 2, 'run the engine profile alone'],
  ];

  it.each(table)('with %s is one clear line', async (_, flags, code, message) => {
    const ended = await cli(...flags());
    expect(ended.err).toContain(message);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toMatch(/\n\s+at /);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
  });

  it('writes no report for a target that is no plugin', async () => {
    const socket = join(folder, 'web.sock');
    const server = createServer((_, response) => response.writeHead(404).end('<html>not here</html>')).listen(socket);
    mkdirSync(join(folder, 'empty'));
    const { code, err } = await cli('run', `unix://${socket}`, '--report', join(folder, 'empty'));
    server.close();
    expect(code).toBe(3);
    expect(err).toContain('is no engine (/_ping), and answers Plugin.Activate with');
    expect(readdirSync(join(folder, 'empty'))).toEqual([]);
    expect(existsSync(socket)).toBe(false);
  });
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WrittenReport } from '../src/written-report.js';
import { cliIn } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

const mockCommand = fileURLToPath(new URL('../../mock-server/dist/cli.js', import.meta.url));
let mock: OnMock;
let folder: string;

beforeAll(async () => {
  mock = await onMock();
});
beforeEach(() => {
  mock.mock.reset();
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  return () => rmSync(folder, { recursive: true });
});
afterAll(() => mock.close());

/** Writes a config, by default the one of the folder. */
function config(text: string, name = 'opencnm.config.yaml'): void {
  writeFileSync(join(folder, name), text.replace('MOCK', mock.mock.pluginUrl ?? ''));
}

function read(...path: readonly string[]): WrittenReport {
  return JSON.parse(readFileSync(join(folder, ...path, 'report.json'), 'utf8')) as WrittenReport;
}

const full = `
target: MOCK
profiles: [network-driver]
networkOptions: {acme.vlan: '10', acme.mode: l2}
ipamOptions: {acme.zone: a=b}
pool: 10.77.0.0/24
gateway: 10.77.0.9/24
address: 10.77.0.33/24
ipam: engine
timeout: 1234
seed: 41
budget: 3
jobs: 2
image: acme:1
apiVersion: '1.40'
knownFailures: known.yaml
report: out
features: [discovery]
only: ['get-capabilities.*']
skip: ['*.repeatable*']
level: MUST
`;

describe('opencnm.config.yaml', () => {
  it('of the working folder says what a run is about', async () => {
    config(full);
    writeFileSync(join(folder, 'known.yaml'), '- {id: get-capabilities.scope, reason: bug 7}\n');
    const { code, out } = await cliIn(folder, 'run');
    const { target, settings, seed, budget, selection, outcomes } = read('out');
    expect(target).toMatchObject({ url: mock.mock.pluginUrl, profiles: ['network-driver'] });
    expect(settings).toEqual({
      networkOptions: { 'acme.vlan': '10', 'acme.mode': 'l2' },
      ipamOptions: { 'acme.zone': 'a=b' },
      pool: '10.77.0.0/24',
      gateway: '10.77.0.9/24',
      address: '10.77.0.33/24',
      ipam: 'engine',
      timeoutMs: 1234,
      image: 'acme:1',
      apiVersion: '1.40',
      features: ['discovery'],
    });
    expect([seed, budget]).toEqual([41, 3]);
    expect(selection).toEqual({ only: ['get-capabilities.*'], skip: ['*.repeatable*'], level: 'MUST' });
    expect(outcomes.find(({ id }) => id === 'get-capabilities.scope')?.verdict).toBe('stale');
    expect(out).toContain('config: opencnm.config.yaml\nreport: out/report.json\n');
    expect(code).toBe(2);
  });

  it('is won over by the flags, option by option', async () => {
    config(full.replace('knownFailures: known.yaml', ''));
    const flags = ['--seed', '7', '--only', 'leave.*', '--level', 'MAY', '--report', 'other', '--timeout', '2000'];
    await cliIn(folder, 'run', mock.mock.pluginUrl ?? '', ...flags, '--network-option', 'acme.vlan=20');
    const { settings, seed, selection } = read('other');
    expect(settings).toMatchObject({ timeoutMs: 2000, networkOptions: { 'acme.vlan': '20', 'acme.mode': 'l2' } });
    expect(seed).toBe(7);
    expect(selection).toEqual({ only: ['leave.*'], skip: ['*.repeatable*'], level: 'MAY' });
  });

  it('may be another file, whose folder its paths are relative to', async () => {
    mkdirSync(join(folder, 'ci'));
    config('nothing: here');
    config('{target: MOCK, report: out, only: [get-capabilities.scope]}', 'ci/acme.yaml');
    const { code, out } = await cliIn(folder, 'run', '--config', 'ci/acme.yaml');
    expect(code).toBe(0);
    expect(out).toContain('config: ci/acme.yaml');
    expect(read('ci', 'out').outcomes).toHaveLength(1);
  });

  it('may say what a plugin without a handshake implements', async () => {
    config('{target: MOCK, report: out, implements: [NetworkDriver], only: [get-capabilities.scope, activate.*]}');
    mock.mock.reset(['plugin.activate.implements#missing']);
    expect((await cliIn(folder, 'run')).code).toBe(0);
    expect(read('out').target.profiles).toEqual(['network-driver']);
  });

  const own = () => `target: unix://${folder}/own.sock\n`;
  const mocked = () => `exec ${process.execPath} ${mockCommand} --plugin unix://${folder}/own.sock`;
  it.each([
    ['how the driver is started', () => 'driverCommand: echo mine >&2; exit 3', [], 'exit code 3 (mine)'],
    ['how long that may take', () => 'driverCommand: exec sleep 60\nstartTimeout: 200', [], 'no answer within 200 ms'],
    ['who restarts it otherwise', () => 'hookRestart: "true"', [], 'start the driver first'],
    ['how it is looked into', () => `driverCommand: ${mocked()}\nhookState: echo`, [], '--hook-state has to print'],
    [
      'nothing that a flag says otherwise',
      () => 'hookRestart: "true"\nstartTimeout: 100',
      ['--driver-command', 'exec sleep 60', '--start-timeout', '150'],
      'no answer within 150 ms',
    ],
  ])('says to resilience %s', async (_, text, flags, message) => {
    config(own() + text());
    const { code, err } = await cliIn(folder, 'resilience', ...flags);
    expect(err).toContain(message);
    expect(code).toBe(3);
  });

  it('says to scale what is measured', async () => {
    config('{target: MOCK, implements: [IpamDriver], sizes: [3, 2], maxSeconds: 599, report: out}');
    expect((await cliIn(folder, 'scale')).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'out', 'scale.json'), 'utf8'))).toMatchObject({
      sizes: [2, 3],
      maxSeconds: 599,
    });
  });

  it('has to be clear about who restarts a driver', async () => {
    config('{target: MOCK, driverCommand: a, hookRestart: b}');
    const { code, err } = await cliIn(folder, 'resilience');
    expect([code, err]).toEqual([2, expect.stringContaining('exclude each other')]);
  });

  it.each([
    ['an unknown key', 'colour: red', 'opencnm.config.yaml:1: colour is not known'],
    [
      'an unknown key further down',
      '# mine\n\njobs: 2\ncolour: red\nseed: 1',
      'opencnm.config.yaml:4: colour is not known',
    ],
    [
      'a bad value in a map',
      'networkOptions:\n  a: b\n  c: 1',
      'opencnm.config.yaml:3: networkOptions.c must be string',
    ],
    ['a bad item', 'profiles:\n- engine\n- volume', 'opencnm.config.yaml:3: profiles.1 must be one of'],
    ['an unknown feature', 'features: [flight]', 'features.0 must be one of gw-alloc-check,'],
    ['a number for an option', 'networkOptions: {acme.vlan: 10}', 'networkOptions.acme.vlan must be string'],
    ['an unknown profile', 'profiles: [volume]', 'profiles.0 must be one of network-driver, ipam-driver, engine'],
    ['a pool that is no subnet', 'pool: big', 'pool must look like 10.77.0.0/24'],
    ['no jobs', 'jobs: 0', 'jobs must be at least 1'],
    ['a list', '- a', 'opencnm.config.yaml:1: the document must be object'],
    ['a key twice', 'jobs: 1\njobs: 2', 'opencnm.config.yaml is not YAML: Map keys must be unique'],
    ['an alias', 'only: &a [x]\nskip: *a', 'opencnm.config.yaml is not YAML: '],
    ['a prototype', '__proto__: {target: x}', '__proto__ is not known'],
    ['control characters', '"\\e[31m": x', '\\u001b[31m is not known'],
    ['a glob that fits nothing', 'target: MOCK\nskip: [nope.*]', '--skip nope.* fits no check'],
    ['no target', 'jobs: 1', "missing required argument 'target'"],
  ])('with %s is refused in a line', async (_, text, message) => {
    config(text);
    const { code, err } = await cliIn(folder, 'run');
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('has to be there when it is named', async () => {
    const { code, err } = await cliIn(folder, 'run', '--config', 'none.yaml');
    expect([code, err]).toEqual([2, expect.stringContaining('the config file none.yaml cannot be read')]);
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WrittenReport } from '../src/written-report.js';
import { cli } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';
import { sealed } from './sealed.js';

const fault = 'network-driver.get-capabilities.scope#upper-case';
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

/** Runs into a folder of a name; the file of the report. */
async function reported(name: string, ...flags: readonly string[]): Promise<string> {
  const url = mock.mock.pluginUrl ?? '';
  const fixed = ['--profile', 'network-driver', '--seed', '7', '--jobs', '4'];
  await cli('run', url, ...fixed, '--report', join(folder, name), ...flags);
  return join(folder, name, 'report.json');
}

function read(file: string): WrittenReport {
  return JSON.parse(readFileSync(file, 'utf8')) as WrittenReport;
}

describe('merge', () => {
  const only = ['--only', 'get-capabilities.*'];

  it('makes of all shards the report that one run would have written', async () => {
    mock.mock.reset([fault]);
    const whole = read(await reported('whole'));
    const shards = [await reported('1', '--shard', '1/3'), await reported('2', '--shard', '2/3')];
    shards.push(await reported('3', '--shard', '3/3'));
    const { code, out } = await cli('merge', ...shards, '--report', join(folder, 'all'));
    const all = read(join(folder, 'all', 'report.json'));
    expect(all.digest).toBe(whole.digest);
    expect(all.selection).toBeUndefined();
    expect(all.ms).toBe(shards.map((file) => read(file).ms).reduce((sum, ms) => sum + ms));
    expect(readdirSync(join(folder, 'all'))).toContain('junit.xml');
    expect(out).toContain(`FAIL get-capabilities.scope`);
    expect(out).toContain('NOT-CONFORMANT: ');
    expect(code).toBe(1);
    expect((await cli('verify', join(folder, 'all', 'report.json'))).code).toBe(0);
  });

  it('refuses to be without a shard, and writes nothing', async () => {
    const joins = ['--only', 'join.*'];
    const shards = [await reported('4', '--shard', '4/4', ...joins), await reported('1', '--shard', '1/4', ...joins)];
    const { code, err } = await cli('merge', ...shards, '--report', join(folder, 'all'));
    expect(err).toBe('opencnm-conformance: of 4 shards 2, 3 are missing; give the report.json of each\n');
    expect(code).toBe(2);
    expect(readdirSync(folder)).not.toContain('all');
  });

  it('does not miss a shard that no check fell into', async () => {
    const one = ['--only', 'get-capabilities.scope'];
    const ended = await Promise.all([1, 2].map((part) => reported(`${part}`, ...one, '--shard', `${part}/2`)));
    const file = ended.find((each) => existsSync(each)) ?? '';
    const { code, out } = await cli('merge', file, '--report', join(folder, 'all'));
    expect(out.replaceAll('\n', ' ')).toContain('left out by --only get-capabilities.scope');
    expect(out).toContain('PASSED: ');
    expect(code).toBe(0);
    expect((await cli('verify', join(folder, 'all', 'report.json'))).code).toBe(0);
  });

  it('keeps known failures known', async () => {
    mock.mock.reset([fault]);
    const known = join(folder, 'known.yaml');
    await reported('first', '--only', 'get-capabilities.*', '--write-known-failures', known);
    const flags = ['--only', 'get-capabilities.*', '--known-failures', known];
    const shards = [await reported('1', '--shard', '1/2', ...flags), await reported('2', '--shard', '2/2', ...flags)];
    const { code, out } = await cli('merge', ...shards, '--report', join(folder, 'all'));
    expect(out).toContain('known failures');
    expect(code).toBe(0);
  });

  it.each([
    ['another seed', [...only, '--shard', '2/2', '--seed', '8'], 'differ in the seed'],
    ['other settings', [...only, '--shard', '2/2', '--timeout', '9999'], 'differ in the settings'],
    ['another selection', ['--only', 'leave.*', '--shard', '2/2'], 'differ in the selection'],
    ['other shards', [...only, '--shard', '2/3'], 'differ in the selection'],
    ['the same shard', [...only, '--shard', '1/2'], 'both have the check get-capabilities.'],
  ])('refuses a report with %s, and writes nothing', async (_, flags, message) => {
    const first = await reported('1', ...only, '--shard', '1/2');
    const { code, err } = await cli('merge', first, await reported('2', ...flags), '--report', join(folder, 'all'));
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
    expect(readdirSync(folder)).not.toContain('all');
  });

  it('refuses other profiles, and an edited report', async () => {
    const first = await reported('1', ...only, '--shard', '1/2');
    const second = await reported('2', ...only, '--shard', '2/2', '--profile', 'network-driver,ipam-driver');
    const profiles = await cli('merge', first, second, '--report', join(folder, 'all'));
    expect([profiles.code, profiles.err]).toEqual([2, expect.stringContaining('differ in the profiles')]);
    writeFileSync(first, readFileSync(first, 'utf8').replace('"seed": 7', '"seed": 9'));
    const edited = await cli('merge', first, '--report', join(folder, 'all'));
    expect([edited.code, edited.err]).toEqual([2, expect.stringContaining(`${first} is refused: its digest`)]);
  });
});

describe('diff', () => {
  const only = ['--only', 'get-capabilities.scope', '--only', 'activate.fast'];

  it('finds nothing between two runs of one target', async () => {
    const { code, out } = await cli('diff', await reported('a', ...only), await reported('b', ...only));
    expect([code, out]).toEqual([0, '0 better, 0 worse, 0 new, 0 gone\n']);
  });

  it('tells worse and better, whatever is known', async () => {
    const good = await reported('a', ...only);
    mock.mock.reset([fault]);
    const known = join(folder, 'known.yaml');
    writeFileSync(known, '- {id: get-capabilities.scope, reason: x}\n');
    const bad = await reported('b', ...only, '--known-failures', known);
    const worse = await cli('diff', good, bad);
    expect([worse.code, worse.out]).toEqual([
      1,
      'worse  get-capabilities.scope: pass -> fail\n0 better, 1 worse, 0 new, 0 gone\n',
    ]);
    const better = await cli('diff', bad, good);
    expect([better.code, better.out]).toEqual([
      0,
      'better get-capabilities.scope: fail -> pass\n1 better, 0 worse, 0 new, 0 gone\n',
    ]);
  });

  it('tells new and gone, with text of strangers as escapes', async () => {
    const first = await reported('a', '--only', 'get-capabilities.scope');
    const report = read(await reported('b', '--only', 'activate.fast'));
    const edited = { ...report, outcomes: report.outcomes.map((each) => ({ ...each, id: `x\u001b[31m` })) };
    writeFileSync(join(folder, 'c.json'), JSON.stringify(sealed(edited)));
    const { code, out } = await cli('diff', first, join(folder, 'c.json'));
    expect(out).toBe(
      'gone   get-capabilities.scope: pass\nnew    x\\u001b[31m: pass\n0 better, 0 worse, 1 new, 1 gone\n',
    );
    expect(code).toBe(0);
  });

  it('refuses an edited report', async () => {
    const file = await reported('a', ...only);
    writeFileSync(file, readFileSync(file, 'utf8').replace(': "pass"', ': "known"'));
    const { code, err } = await cli('diff', file, file);
    expect([code, err]).toEqual([2, expect.stringContaining('is refused: its digest or its seal does not fit')]);
  });
});

it.each(['verify', 'replay', 'merge', 'diff'])('the help of %s has examples and fits 80 columns', async (name) => {
  const { code, out } = await cli(name, '--help');
  expect(code).toBe(0);
  expect(out).toMatch(/Examples?:\n {2}\$ opencnm-conformance/);
  expect(out).toContain('Exit codes:');
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

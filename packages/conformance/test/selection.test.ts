import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clauseOf } from '@opencnm/spec';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checks } from '../src/index.js';
import { select } from '../src/select.js';
import { everything } from '../src/selection.js';
import { cli, type Ended } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

let mock: OnMock;
let folder: string;

beforeAll(async () => {
  mock = await onMock();
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
beforeEach(() => mock.mock.reset());
afterAll(async () => {
  await mock.close();
  rmSync(folder, { recursive: true });
});

interface Written {
  readonly sentence: string;
  readonly exitCode: number;
  readonly outcomes: readonly {
    readonly id: string;
    readonly level: string;
    readonly verdict: string;
    readonly reason: string;
    readonly evidence: readonly unknown[];
  }[];
}

async function run(...flags: readonly string[]): Promise<Ended & Written & { readonly ids: readonly string[] }> {
  const url = mock.mock.pluginUrl ?? '';
  const ended = await cli('run', url, '--profile', 'network-driver', '--report', folder, '--seed', '7', ...flags);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Written;
  return { ...ended, ...report, ids: report.outcomes.map(({ id }) => id) };
}

describe('--skip', () => {
  it('leaves checks out, and the sentence says so', async () => {
    const { ids, sentence, code, out } = await run('--skip', 'create-*', '--skip', 'join.*', '--jobs', '4');
    expect(ids.filter((id) => /^(create-|join\.)/.test(id))).toEqual([]);
    expect(ids).toContain('leave.succeeds');
    expect(sentence).toMatch(
      /^nothing failed that is not known; \d+ checks of the profiles left out by --skip create-\*, --skip join\.\*$/,
    );
    expect(out).toContain('PASSED: ');
    expect(code).toBe(0);
  });

  it('goes before --only', async () => {
    const { ids } = await run('--only', 'get-capabilities.*', '--skip', '*.scope');
    expect(ids).toContain('get-capabilities.connectivity-scope');
    expect(ids).not.toContain('get-capabilities.scope');
  });

  it('says nothing where nothing of the profiles is left out', async () => {
    const { sentence } = await run('--skip', 'network-inspect.*', '--jobs', '4');
    expect(sentence).toBe('every MUST of the claimed profiles passed and nothing was left unrun');
  });
});

describe('--level', () => {
  it.each([
    ['MUST', ['MUST']],
    ['SHOULD', ['MUST', 'SHOULD']],
    ['MAY', ['MAY', 'MUST', 'SHOULD']],
  ])('%s plans %j', async (level, expected) => {
    const { outcomes, sentence } = await run('--level', level, '--only', 'create-endpoint.*', '--jobs', '4');
    expect([...new Set(outcomes.map((each) => each.level))].sort()).toEqual(expected);
    expect(sentence.includes(`--level ${level}`)).toBe(level !== 'MAY');
  });
});

describe('--shard', () => {
  it('cuts the checks in parts that have nothing in common and lack nothing', async () => {
    const parts = await Promise.all(
      [1, 2, 3].map((ran) => select(checks, { ...everything, shards: { of: 3, ran: [ran] } })),
    );
    expect(
      parts
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(checks.map(({ id }) => id).sort());
    for (const part of parts) expect(part.length).toBeGreaterThan(checks.length / 5);
  });

  it('runs one part, whatever else is selected', async () => {
    const every = (await run('--only', 'join.*', '--jobs', '4')).ids;
    const first = await run('--only', 'join.*', '--shard', '1/2');
    const second = await run('--only', 'join.*', '--shard', '2/2');
    expect([...first.ids, ...second.ids].sort()).toEqual(every);
    expect(first.ids.length * second.ids.length).toBeGreaterThan(0);
    expect(first.sentence).toContain('left out by --only join.*, --shard 1/2');
  });
});

describe('--bail', () => {
  it('runs nothing after the first failure, which decides the exit code', async () => {
    mock.mock.reset(['network-driver.delete-network.succeeds#refused']);
    const { code, out, outcomes, sentence } = await run('--bail', '--only', '*network.*');
    const notRun = outcomes.filter(({ verdict }) => verdict === 'error');
    const failed = outcomes.filter(({ verdict }) => verdict === 'fail' || verdict === 'blocked');
    expect(failed).toHaveLength(1);
    expect(notRun.length).toBeGreaterThan(5);
    for (const { reason, evidence } of notRun) {
      expect(reason).toBe(`not tried: --bail, and ${failed[0]?.id} failed before`);
      expect(evidence).toEqual([]);
    }
    expect(code).toBe(1);
    expect(sentence).toContain(`; ${notRun.length} not run after the first, as --bail asks`);
    expect(out.match(/^(FAIL|BLOCKED|ERROR) /gm)).toHaveLength(1);
  });

  it('goes on behind a known failure', async () => {
    mock.mock.reset(['network-driver.get-capabilities.scope#upper-case']);
    const known = join(folder, 'first.yaml');
    await run('--only', 'get-capabilities.*', '--write-known-failures', known);
    const { code, outcomes } = await run('--bail', '--only', 'get-capabilities.*', '--known-failures', known);
    expect(outcomes.filter(({ verdict }) => verdict === 'error')).toEqual([]);
    expect(code).toBe(0);
  });
});

it.each([
  [['--skip', 'nope.*'], '--skip nope.* fits no check'],
  [['--level', 'must'], 'Allowed choices are MUST, SHOULD, MAY'],
  [['--shard', '6/5'], 'It must be a part of a whole'],
  [['--shard', '0/5'], 'It must be a part of a whole'],
  [['--shard', '2'], 'It must be a part of a whole'],
  [['--shard', '1/2/3'], 'It must be a part of a whole'],
  [['--jobs', '1e3'], 'must be a whole number'],
  [['--bail', '--write-known-failures', '/tmp/first.yaml'], 'exclude each other'],
])('%j is refused in a line', async (flags, message) => {
  const { code, err } = await cli('run', 'unix:///nowhere.sock', ...flags);
  expect(err).toContain(message);
  expect(code).toBe(2);
});

it('the levels of the suite are those that can be selected', () => {
  expect(new Set(checks.map(({ clause }) => clauseOf(clause).level))).toEqual(new Set(['MUST', 'SHOULD', 'MAY']));
});

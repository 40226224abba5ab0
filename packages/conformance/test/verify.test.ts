import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { doubtOf } from '../src/doubt.js';
import type { WrittenReport } from '../src/written-report.js';
import { cli } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';
import { sealed } from './sealed.js';

/** A report to edit. */
interface Edited {
  digest: string;
  seal: string;
  seed: number;
  settings: object;
  suite: object;
  target: object;
  selection?: unknown;
  outcomes: { [key: string]: unknown; evidence: { response: { status: number } }[] }[];
}

const fault = 'network-driver.get-capabilities.scope#upper-case';
let mock: OnMock;
let folder: string;
let url: string;

beforeAll(async () => {
  mock = await onMock();
  url = mock.mock.pluginUrl ?? '';
});
beforeEach(() => {
  mock.mock.reset([fault]);
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  return () => rmSync(folder, { recursive: true });
});
afterAll(() => mock.close());

async function reported(...flags: readonly string[]): Promise<string> {
  const { code } = await cli('run', url, '--only', 'get-capabilities.*', '--report', folder, ...flags);
  expect([0, 1, 2]).toContain(code);
  return join(folder, 'report.json');
}

/** A list in which one entry is known and one is stale. */
function known(): string {
  const file = join(folder, 'known.yaml');
  writeFileSync(file, '- {id: get-capabilities.scope, reason: x}\n- {id: activate.fast, reason: x}\n');
  return file;
}

function edit(file: string, change: (report: Edited) => unknown, seal = false): void {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Edited;
  change(report);
  writeFileSync(file, JSON.stringify(seal ? sealed(report as unknown as WrittenReport) : report));
}

/** The paths of all values in a document that are no object and no array. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** Puts another value of the same type to a place. */
function change(report: object, path: readonly string[]): void {
  const parent = path
    .slice(0, -1)
    .reduce((each, key) => each[key] as Record<string, unknown>, report as Record<string, unknown>);
  const [key = ''] = path.slice(-1);
  const value = parent[key];
  parent[key] = typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : !value;
}

describe('verify', () => {
  it('accepts a report as it was written, green or not, and tells its digest', async () => {
    const file = await reported();
    const { code, out } = await cli('verify', file);
    const { digest } = JSON.parse(readFileSync(file, 'utf8')) as Edited;
    expect(out).toContain('is as a run wrote it: ');
    expect(out).toContain(`\n${digest}\n`);
    expect(code).toBe(0);
  });

  it('accepts reports with known and stale failures, shards and a bail', async () => {
    for (const flags of [['--known-failures', known(), '--only', 'activate.*'], ['--shard', '1/2'], ['--bail']]) {
      const { code, out } = await cli('verify', await reported(...flags));
      expect([code, out]).toEqual([0, expect.stringContaining('is as a run wrote it')]);
    }
  });

  it('looks at neither the order of keys nor blanks', async () => {
    const file = await reported();
    edit(file, (report) => {
      report.suite = Object.fromEntries(Object.entries(report.suite).reverse());
    });
    expect((await cli('verify', file)).code).toBe(0);
  });

  it('has a digest without times, which two runs share, and a seal with them', async () => {
    const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Edited;
    const first = read(await reported('--seed', '7'));
    const second = read(await reported('--seed', '7'));
    expect(second.digest).toBe(first.digest);
    expect(second.seal).not.toBe(first.seal);
  });

  it('refuses a report in which anything was edited, in a line', async () => {
    const file = await reported('--known-failures', known(), '--only', 'activate.fast', '--feature', 'discovery');
    const whole = readFileSync(file, 'utf8');
    const places = leavesOf(JSON.parse(whole));
    // Arrays make equal places of unequal depth: one of each kind is enough, and there are many kinds.
    const kinds = new Map(places.map((path) => [path.filter((key) => !/^\d+$/.test(key)).join('.'), path]));
    expect(kinds.size).toBeGreaterThan(60);
    for (const [kind, path] of kinds) {
      const report = JSON.parse(whole) as WrittenReport;
      change(report, path);
      expect([kind, doubtOf(report)]).toEqual([kind, 'its digest or its seal does not fit, so it was edited']);
    }
    edit(file, (report) => Object.assign(report, { startedAt: '2020-01-01T00:00:00.000Z' }));
    const { code, out } = await cli('verify', file);
    expect(out).toBe(`REFUSED: ${file}: its digest or its seal does not fit, so it was edited\n`);
    expect(code).toBe(1);
  });

  const forgeries: readonly [string, (report: Edited) => unknown, string][] = [
    ['lacks a failed check', (report) => report.outcomes.shift(), 'its checks are not those'],
    [
      'has a check twice',
      (report) => report.outcomes.splice(0, 1, ...report.outcomes.slice(1, 2)),
      'its checks are not those',
    ],
    [
      'has a better verdict',
      (report) => Object.assign(report, { verdict: 'conformant' }),
      'its verdicts do not follow',
    ],
    [
      'says MAY of a MUST',
      (report) => report.outcomes.map((each) => Object.assign(each, { level: 'MAY' })),
      'its verdicts do not follow',
    ],
    ['hides what was left out', (report) => delete report.selection, 'its checks are not those'],
  ];
  it.each(forgeries)('refuses a report with a new digest that %s', async (_, change, message) => {
    const file = await reported();
    edit(file, change, true);
    const { code, out } = await cli('verify', file);
    expect(out).toContain(`REFUSED: ${file}: ${message}`);
    expect(code).toBe(1);
  });

  it('says that a report of another version cannot be looked at', async () => {
    const file = await reported();
    edit(file, (report) => Object.assign(report.suite, { version: '0.0.1' }), true);
    const { code, err } = await cli('verify', file);
    expect(err).toContain('is of version "0.0.1" of the suite');
    expect(code).toBe(2);
  });
});

describe('verify --sample', () => {
  it('runs so many checks again with the seed and settings of the report, and compares', async () => {
    const file = await reported('--seed', '41', '--network-option', 'acme.vlan=10');
    const { code, out } = await cli('verify', file, '--sample', '3', '--target', url);
    expect(code).toBe(0);
    expect(out.match(/^same get-capabilities\.\S+: \w+$/gm)).toHaveLength(3);
    expect(out).toMatch(/^3 drawn of \d+, 0 different \(seed 41\)$/m);
  });

  it('tells verdicts that are different now', async () => {
    const file = await reported();
    mock.mock.reset();
    const { code, out } = await cli('verify', file, '--sample', '1000', '--target', url);
    expect(code).toBe(1);
    expect(out).toContain('DIFFERENT get-capabilities.scope: fail in the report, pass now');
  });

  it('ends with 3 where the target is not there', async () => {
    const { code, err } = await cli('verify', await reported(), '--sample', '1', '--target', 'unix:///nowhere.sock');
    expect(err).toContain('cannot be reached');
    expect(code).toBe(3);
  });

  it.each([[['--sample', '3']], [['--target', 'unix:///x.sock']]])('with %j alone is refused', async (flags) => {
    const { code, err } = await cli('verify', 'report.json', ...flags);
    expect(err).toContain('belong together');
    expect(code).toBe(2);
  });
});

describe('a file that is no report', () => {
  it.each([
    ['text', 'hello', 'is not JSON'],
    ['another document', '{"a": 1}', 'is not a report of version 1: a is not known'],
    ['nothing', '{}', 'is not a report of version 1: lacks reportVersion'],
    ['a list', '[]', 'is not a report of version 1: must be object'],
    ['a report of another version', '{"reportVersion": 2}', 'is not a report of version 1: '],
  ])('but %s is refused in a line', async (_, text, message) => {
    const file = join(folder, 'x.json');
    writeFileSync(file, text);
    const { code, err } = await cli('verify', file);
    expect(err).toContain(`opencnm-conformance: ${file} ${message}`);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('is not read when it is a folder, missing or longer than 256 MiB', async () => {
    const file = join(folder, 'long.json');
    writeFileSync(file, '');
    truncateSync(file, 256 * 1024 * 1024 + 1);
    for (const [name, message] of [
      [file, 'is longer than 256 MiB'],
      [folder, 'is not a file'],
      [join(folder, 'none.json'), 'cannot be read'],
    ] as const) {
      const { code, err } = await cli('verify', name);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

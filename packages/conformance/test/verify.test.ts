import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../src/digest.js';
import type { WrittenReport } from '../src/written-report.js';
import { cli } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

/** A report to edit. */
interface Edited {
  digest: string;
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
  expect([0, 1]).toContain(code);
  return join(folder, 'report.json');
}

function edit(file: string, change: (report: Edited) => unknown, seal = false): void {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Edited;
  change(report);
  if (seal) report.digest = digestOf(report as unknown as WrittenReport);
  writeFileSync(file, JSON.stringify(report));
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
    const known = join(folder, 'known.yaml');
    writeFileSync(known, '- {id: get-capabilities.scope, reason: x}\n- {id: activate.fast, reason: x}\n');
    for (const flags of [['--known-failures', known, '--only', 'activate.*'], ['--shard', '1/2'], ['--bail']]) {
      const { code, out } = await cli('verify', await reported(...flags));
      expect([code, out]).toEqual([0, expect.stringContaining('is as a run wrote it')]);
    }
  });

  it('has a digest over neither the times nor the order of keys and blanks', async () => {
    const file = await reported();
    edit(file, (report) => {
      Object.assign(report, { ms: 7, startedAt: '2020-01-01T00:00:00Z' });
      for (const outcome of report.outcomes) outcome['ms'] = 7;
      report.suite = Object.fromEntries(Object.entries(report.suite).reverse());
    });
    expect((await cli('verify', file)).code).toBe(0);
  });

  const edits: readonly [string, (report: Edited) => unknown][] = [
    ['a verdict', (report) => Object.assign(report.outcomes[0] ?? {}, { verdict: 'known' })],
    ['the seed', (report) => Object.assign(report, { seed: report.seed + 1 })],
    ['a setting', (report) => Object.assign(report, { settings: { ...report.settings, timeoutMs: 1 } })],
    ['the sentence', (report) => Object.assign(report, { sentence: 'all is well' })],
    ['the target', (report) => Object.assign(report.target, { url: 'unix:///run/other.sock' })],
    ['the checks', (report) => report.outcomes.pop()],
    [
      'an answer',
      (report) => {
        const [exchange] = report.outcomes.find((each) => each['id'] === 'get-capabilities.scope')?.evidence ?? [];
        if (exchange) exchange.response.status = 500;
      },
    ],
  ];
  it.each(edits)('refuses a report in which %s was edited, in a line', async (_, change) => {
    const file = await reported();
    edit(file, change);
    const { code, out } = await cli('verify', file);
    expect(code).toBe(1);
    expect(out).toBe(`REFUSED: ${file}: its digest does not fit, so it was edited\n`);
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

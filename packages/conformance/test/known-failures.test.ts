import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readKnownFailures } from '../src/known-failures.js';
import type { Judged } from '../src/outcome.js';
import { writeKnownFailures } from '../src/write-known-failures.js';
import { cli } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

let mock: OnMock;
let folder: string;
let run: readonly string[];

beforeAll(async () => {
  mock = await onMock();
  run = ['run', mock.mock.pluginUrl ?? '', '--profile', 'network-driver', '--only', 'get-capabilities.scope'];
});
beforeEach(() => {
  mock.mock.reset(['network-driver.get-capabilities.scope#upper-case']);
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  return () => rmSync(folder, { recursive: true });
});
afterAll(() => mock.close());

function file(text: string): string {
  writeFileSync(join(folder, 'known.yaml'), text);
  return join(folder, 'known.yaml');
}

const entry = (rest: string) => `- {id: get-capabilities.scope, reason: bug 7, ${rest}}`;

describe('an entry of the known failures', () => {
  it('may have a link, which is reported, and a day to come on which it expires', async () => {
    const known = file(entry('link: "https://bugs.acme.example/7", expires: 9999-12-31'));
    const { code, out } = await cli(...run, '--known-failures', known, '--report', folder);
    expect(out).toContain('1 known to fail');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toContain('bug 7 (https://bugs.acme.example/7)');
  });

  it('that expired is an error before anything is asked', async () => {
    const known = file(entry('expires: 2020-02-29'));
    const { code, err } = await cli('run', `unix://${folder}/nobody.sock`, '--known-failures', known);
    expect(code).toBe(2);
    expect(err).toBe(
      `opencnm-conformance: ${known}: entry 1: "get-capabilities.scope" expired on 2020-02-29; mend it, or agree on a new day\n`,
    );
  });

  it('counts to the end of its last day', () => {
    const known = file(entry('expires: 2026-03-31'));
    const read = (moment: string) => readKnownFailures(known, new Set(['get-capabilities.scope']), new Date(moment));
    expect(read('2026-03-31T23:59:59Z')).toMatchObject([{ expires: '2026-03-31' }]);
    expect(() => read('2026-04-01T00:00:00Z')).toThrow('expired on 2026-03-31');
  });

  it.each([
    ['link: "ftp://acme.example/7"', 'its link must be an http or https URL'],
    ['link: 7', 'its link must be an http or https URL'],
    ['link: "https:// acme"', 'its link must be an http or https URL'],
    ['expires: 2026-02-30', 'expires must be a day'],
    ['expires: soon', 'expires must be a day'],
    ['expires: 20270331', 'expires must be a day'],
    ['expires: 9999-12-31T00:00:00Z', 'expires must be a day'],
  ])('with %s is refused', async (rest, message) => {
    const { code, err } = await cli(...run, '--known-failures', file(entry(rest)));
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('--write-known-failures', () => {
  it('lists what fails with what was wanted and what came, so that the next run is green', async () => {
    const known = join(folder, 'first.yaml');
    const { code, out } = await cli(...run, '--write-known-failures', known);
    expect(code).toBe(1);
    expect(out).toContain(`known failures: ${known} (1)`);
    expect(readdirSync(folder)).toEqual(['first.yaml']);
    expect(parse(readFileSync(known, 'utf8'))).toEqual([
      { id: 'get-capabilities.scope', reason: expect.stringMatching(/^wanted .+, got .+$/) },
    ]);
    expect((await cli(...run, '--known-failures', known)).code).toBe(0);
  });

  it('lists warnings and blocked checks as well', async () => {
    mock.mock.reset(['network-driver.get-capabilities.scope#upper-case', 'plugin.activate.known-names#unknown-name']);
    const known = join(folder, 'first.yaml');
    const { out } = await cli(
      ...run,
      '--only',
      'get-capabilities.*',
      '--only',
      'activate.*',
      '--write-known-failures',
      known,
    );
    const ids = (word: string) => [...out.matchAll(new RegExp(`^${word} (\\S+)`, 'gm'))].map(([, id]) => id);
    const expected = ['FAIL', 'WARN', 'BLOCKED'].map(ids);
    expect(expected.map((each) => each.length > 0)).toEqual([true, true, true]);
    const written = (parse(readFileSync(known, 'utf8')) as { id: string }[]).map(({ id }) => id);
    expect(written).toEqual(expected.flat().sort());
  });

  it('writes an empty list that is read again when nothing fails', async () => {
    mock.mock.reset();
    const known = join(folder, 'first.yaml');
    expect((await cli(...run, '--write-known-failures', known)).code).toBe(0);
    expect((await cli(...run, '--known-failures', known)).code).toBe(0);
  });

  it('keeps what a target said in one bounded line that is read again', () => {
    const got = `x\n- id: y\u001b[31m\u202e": {${'z'.repeat(10_000)}`;
    const result = { kind: 'broken', differences: [{ at: '', wanted: 'local', got }] } as const;
    const known = join(folder, 'first.yaml');
    writeKnownFailures(known, [{ id: 'a.b', verdict: 'fail', reason: '', result } as unknown as Judged]);
    const [row] = readKnownFailures(known, new Set(['a.b']));
    expect(row?.reason).toMatch(/^wanted local, got x - id: y\\u001b\[31m\\u202e": \{z+…$/);
    expect(row?.reason).toHaveLength(200);
  });

  it('is never written over a file', async () => {
    const known = file('# mine\n');
    const { code, err } = await cli('run', `unix://${folder}/nobody.sock`, '--write-known-failures', known);
    expect(err).toContain('is not written over it');
    expect(code).toBe(2);
    expect(readFileSync(known, 'utf8')).toBe('# mine\n');
  });

  it('is refused early where nothing can be written', async () => {
    const { code, err } = await cli(...run, '--write-known-failures', join(folder, 'none', 'first.yaml'));
    expect(err).toContain('cannot be written');
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

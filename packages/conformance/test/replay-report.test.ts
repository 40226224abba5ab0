import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../src/answer.js';
import { newNames } from '../src/new-names.js';
import type { WrittenReport } from '../src/written-report.js';
import { cli } from './cli.js';
import { type OnMock, onMock } from './on-mock.js';

const id = 'get-capabilities.scope';
let mock: OnMock;
let folder: string;
let file: string;

beforeAll(async () => {
  mock = await onMock({ plugin: 'tcp://127.0.0.1:0' });
});
beforeEach(async () => {
  mock.mock.reset(['network-driver.get-capabilities.scope#upper-case']);
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  file = join(folder, 'report.json');
  return () => rmSync(folder, { recursive: true });
});
afterAll(() => mock.close());

async function reported(...flags: readonly string[]): Promise<WrittenReport> {
  await cli('run', mock.mock.pluginUrl ?? '', '--report', folder, ...flags);
  return JSON.parse(readFileSync(file, 'utf8')) as WrittenReport;
}

/** Puts other exchanges in the place of those that were recorded. */
function record(report: WrittenReport, change: (exchange: Exchange) => Exchange): void {
  const outcomes = report.outcomes.map((each) => ({ ...each, evidence: each.evidence.map(change) }));
  writeFileSync(file, JSON.stringify({ ...report, outcomes }));
}

describe('replay', () => {
  it('sends the recorded requests again, to where the run was', async () => {
    await reported('--only', id, '--seed', '7');
    const { code, out } = await cli('replay', file, id);
    expect(out).toContain('1.   act POST /NetworkDriver.GetCapabilities\n     both  200 {"Scope":"Local"');
    expect(out).toContain(`1 exchanges of ${id}, 0 came out differently`);
    expect(out.replaceAll('\n', ' ')).toContain(
      `"opencnm-conformance run TARGET --only ${id} --seed 7" tells, with the flags`,
    );
    expect(code).toBe(0);
  });

  it('prints old and new answers, and tells the same status with another meaning apart', async () => {
    await reported('--only', id);
    mock.mock.reset(['network-driver.get-capabilities.first-call#not-ready']);
    const { code, out } = await cli('replay', file, id);
    expect(out).toMatch(/^ {5}old {3}200 \{"Scope":"Local"/m);
    expect(out).toMatch(/^ {5}new {3}\d+ /m);
    expect(out).toContain('DIFFERENT');
    expect(code).toBe(1);
  });

  it('goes to another target where one is given', async () => {
    await reported('--only', id);
    const other = await onMock();
    try {
      const { code, out } = await cli('replay', file, id, '--target', other.mock.pluginUrl ?? '');
      expect(out).toMatch(/old {3}200 \{"Scope":"Local"[\s\S]*new {3}200 \{"Scope":"local"/);
      expect(code).toBe(0);
    } finally {
      await other.close();
    }
  });

  it('speaks of networks and containers by the ids that they have now', async () => {
    mock.mock.reset(['engine.network-connect.shown#does-nothing']);
    await cli('run', mock.mock.engineUrl ?? '', '--report', folder, '--only', 'network-connect.shown');
    const { code, out } = await cli('replay', file, 'network-connect.shown');
    const made = /^ {5}(?:old|new) {3}201 \{"Id":"([0-9a-f]{12})/gm;
    expect(new Set([...out.matchAll(made)].map(([, each]) => each)).size).toBeGreaterThan(2);
    expect(out).toContain('0 came out differently');
    expect(code).toBe(0);
  });

  it('prints what a target says as escapes, in lines of 80 columns', async () => {
    const report = await reported('--only', id);
    record(report, (exchange) => ({
      ...exchange,
      response: { status: 200, headers: {}, body: `{"Scope":"\u001b[31m\u202e${'x'.repeat(500)}\n<b>"}` },
    }));
    const { out } = await cli('replay', file, id);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(out).toContain('\\u001b[31m\\u202e');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  const broken: readonly [string, Partial<Exchange['request']>, string][] = [
    [
      'a header with a line break',
      { headers: { Host: 'x', A: 'b\r\nC: d' } },
      'request 1 of the report cannot be sent',
    ],
    ['a path with a blank', { path: '/a b' }, 'request 1 of the report cannot be sent'],
    ['a body that was cut', { body: `${'x'.repeat(16_384)}… (20000 bytes)` }, 'its body is longer than 16 KiB'],
  ];
  it.each(broken)('refuses %s in a line', async (_, request, message) => {
    const report = await reported('--only', id);
    record(report, (exchange) => ({ ...exchange, request: { ...exchange.request, ...request } }));
    const { code, err } = await cli('replay', file, id);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('refuses a check that the report has not, or has no exchange of', async () => {
    await reported('--only', id, '--only', 'activate.*');
    const unknown = await cli('replay', file, 'no.such');
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('has no check named "no.such"')]);
    const green = await cli('replay', file, 'activate.fast');
    expect([green.code, green.err]).toEqual([2, expect.stringContaining('keeps no exchange of activate.fast (pass)')]);
  });

  it('ends with 3 where nobody listens', async () => {
    await reported('--only', id);
    const { code, err } = await cli('replay', file, id, '--target', `unix://${folder}/nobody.sock`);
    expect(err).toContain('cannot be reached');
    expect(code).toBe(3);
  });
});

describe('new names', () => {
  it('are learned from answers and put into paths and bodies, whole words only', () => {
    const names = newNames();
    names.learn(
      '{"PoolID":"pool-0001","Data":{"x":"ab"},"l":["10.1.0.0/16"]}',
      '{"PoolID":"pool-0002","Data":{"x":"cd"},"l":["10.2.0.0/16"]}',
    );
    expect(names.inBody('{"PoolID":"pool-0001","Address":"ab","Pool":"10.1.0.0/16","x":"pool-00011"}')).toBe(
      '{"PoolID":"pool-0002","Address":"ab","Pool":"10.2.0.0/16","x":"pool-00011"}',
    );
    expect(names.inPath('/pools/pool-0001?of=10.1.0.0%2F16')).toBe('/pools/pool-0002?of=10.2.0.0%2F16');
  });

  it('are learned of addresses as releases name them, without the prefix length', () => {
    const names = newNames();
    names.learn('{"Address":"10.0.114.4/24","l":["fd00::1/64"]}', '{"Address":"10.0.0.4/24","l":["fd01::1/64"]}');
    expect(names.inBody('{"Address":"10.0.114.4","x":"10.0.114.40","v6":"fd00::1"}')).toBe(
      '{"Address":"10.0.0.4","x":"10.0.114.40","v6":"fd01::1"}',
    );
  });

  it('are not taken from messages, or from what is no JSON', () => {
    const names = newNames();
    names.learn('{"message":"no such thing"}', '{"message":"another thing"}');
    names.learn('hello there', 'good morning');
    expect(names.inBody('"no such thing" hello there')).toBe('"no such thing" hello there');
  });
});

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonReport } from '@opencnm/conformance';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { problemOf, type Schema } from '../packages/conformance/src/problem-of.js';
import { readConfig } from '../packages/conformance/src/read-config.js';

const schema = JSON.parse(
  readFileSync(new URL('../packages/conformance/report.schema.json', import.meta.url), 'utf8'),
) as Schema;
const accepts = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

const exchange = {
  step: 'act',
  operation: 'X',
  request: { method: 'POST', path: '/', headers: { a: 'b' }, body: '' },
  response: { status: 200, headers: {}, body: '' },
  ms: 1.5,
};
const outcome = {
  ...{ id: 'a.b', clause: 'c', face: 'engine', level: 'MUST', title: 't', verdict: 'fail', reason: '', ms: 1 },
  result: { kind: 'broken', differences: [{ at: '', wanted: '', got: '' }] },
  leftBehind: [],
  evidence: [exchange],
  exchanges: 1,
};
const counts = {
  pass: 0,
  fail: 1,
  warn: 0,
  yes: 0,
  no: 0,
  blocked: 0,
  error: 0,
  inconclusive: 0,
  'not-applicable': 0,
  known: 0,
  stale: 0,
};
const good = JSON.parse(
  jsonReport({
    reportVersion: 1,
    suite: { version: '0', checks: 1 },
    target: { url: 'unix:///x', profiles: ['engine'], features: [] },
    settings: { ipam: 'engine', networkOptions: {}, ipamOptions: {}, timeoutMs: 1, image: '' },
    seed: 0,
    budget: 1,
    selection: { only: ['a'], skip: [], level: 'MAY', shards: { of: 2, ran: [1] } },
    startedAt: '',
    ms: 0,
    ...{ verdict: 'not-conformant', exitCode: 1, sentence: '', counts },
    judged: [outcome as never],
  }),
) as Record<string, unknown>;

/** Every value of a document, by its path. */
function paths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))];
}

/** A copy with another value at a path; without a value where `undefined` is put there. */
function changed(path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(good);
  if (path.length === 0) return value;
  const parent = path
    .slice(0, -1)
    .reduce((at: Record<string, unknown>, key) => at[key] as Record<string, unknown>, copy);
  const key = path.at(-1) ?? '';
  if (value === undefined && !Array.isArray(parent)) delete parent[key];
  else parent[key] = value ?? null;
  return copy;
}

it('accepts a report, as ajv does', () => {
  expect([problemOf(schema, good), accepts(good)]).toEqual([undefined, true]);
});

it.each([undefined, null, 1, -1, 1.5, 'x', true, [], {}, { x: 1 }, [1]])(
  'agrees with ajv when any value of a report is %j instead',
  (value) => {
    for (const path of paths(good)) {
      const document = changed(path, value);
      expect([path.join('/'), problemOf(schema, document) === undefined]).toEqual([path.join('/'), accepts(document)]);
    }
  },
);

describe('the config', () => {
  const folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const url = new URL('../packages/conformance/config.schema.json', import.meta.url);
  const isConfig = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(url, 'utf8')) as object);

  const goods: readonly unknown[] = [
    {},
    { target: 'tcp://127.0.0.1:9000' },
    { profiles: ['network-driver', 'ipam-driver'] },
    { networkOptions: { a: 'b', c: '' }, ipamOptions: {} },
    { pool: '10.0.0.0/8', gateway: '10.0.0.1/8', address: '10.0.0.2/8', ipam: 'null' },
    { ipamTarget: 'unix:///run/docker/plugins/acme-ipam.sock' },
    {
      timeout: 1,
      seed: 0,
      jobs: 1,
      budget: 1,
      image: 'a',
      apiVersion: '1.41',
      tls: 'certs',
      implements: ['IpamDriver'],
    },
    { features: ['gw-alloc-check', 'scope-global', 'external-connectivity', 'discovery'] },
    { driverCommand: 'a', hookRestart: 'b', hookState: 'c', startTimeout: 1, sizes: [1, 2], maxSeconds: 1 },
    { knownFailures: 'known.yaml', report: 'out', only: [], skip: ['*'], level: 'MAY' },
  ];
  const bads: readonly unknown[] = [
    ...[null, [], 'text', { unknown: 1 }, { constructor: 1 }],
    ...[{ target: 'acme.sock' }, { target: 'unix:///a b' }, { target: null }],
    ...[{ profiles: 'network-driver' }, { profiles: [] }, { profiles: ['volume'] }, { implements: ['VolumeDriver'] }],
    ...[{ networkOptions: { a: 1 } }, { networkOptions: ['a=b'] }, { ipamOptions: 'a=b' }],
    ...[
      { pool: '10.0.0.0' },
      { pool: '10.0.0.256/8' },
      { pool: '10.0.0.0/33' },
      { gateway: 1 },
      { address: '::1/64' },
      { ipam: 'dhcp' },
      { ipam: null },
      { ipamTarget: 'acme-ipam.sock' },
    ],
    ...[{ timeout: 0 }, { timeout: 2 ** 31 }, { timeout: 1.5 }, { timeout: '5' }, { seed: -1 }, { seed: 2 ** 54 }],
    ...[{ jobs: 1e9 }, { budget: 0 }, { image: '' }, { apiVersion: 1.41 }, { apiVersion: 'v1.41' }, { tls: true }],
    ...[{ features: ['flight'] }, { driverCommand: '' }, { startTimeout: 0 }, { sizes: [] }, { sizes: [0] }],
    ...[{ sizes: Array.from({ length: 17 }, (_, index) => index + 1) }, { maxSeconds: 0.5 }],
    ...[{ only: 'join.*' }, { only: [1] }, { skip: [''] }, { level: 'must' }, { report: null }, { knownFailures: '' }],
  ];
  const table = [...goods.map((value) => [value, true] as const), ...bads.map((value) => [value, false] as const)];
  it.each(table)('%j is one: %s, for the schema and the reader', (value, isGood) => {
    const file = join(folder, 'opencnm.config.yaml');
    writeFileSync(file, JSON.stringify(value));
    expect(isConfig(value)).toBe(isGood);
    const read = () => readConfig(file);
    if (isGood) expect(read).not.toThrow();
    else expect(read).toThrow(file);
  });

  it('stands among the examples, with its schema for editors', () => {
    const example = new URL('../examples/opencnm.config.yaml', import.meta.url);
    const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(example, 'utf8')) ?? [];
    expect(realpathSync(new URL(path, example))).toBe(realpathSync(url));
    expect(readConfig(fileURLToPath(example))).toMatchObject({ target: 'unix:///tmp/acme.sock', jobs: 4 });
  });
});

it('refuses keywords that it does not read', () => {
  expect(() => problemOf({ type: 'string', maxLength: 3 }, 'x')).toThrow('maxLength is not read');
});

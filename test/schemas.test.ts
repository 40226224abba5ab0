import { readFileSync } from 'node:fs';
import { jsonReport } from '@opencnm/conformance';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { problemOf, type Schema } from '../packages/conformance/src/problem-of.js';

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
};
const counts = {
  pass: 0,
  fail: 1,
  warn: 0,
  yes: 0,
  no: 0,
  blocked: 0,
  error: 0,
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

it('refuses keywords that it does not read', () => {
  expect(() => problemOf({ type: 'string', maxLength: 3 }, 'x')).toThrow('maxLength is not read');
});

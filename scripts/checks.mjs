// `npm run checks`: writes packages/conformance/CHECKS.md, and exchanges.json with an exchange of each check on the mock
// that holds and one that does not, both as `opencnm-conformance explain` shows them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checks, checksTable, runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { operation } from '@opencnm/spec';
import { newNames } from '../packages/conformance/dist/new-names.js';
import { replay } from '../packages/conformance/dist/replay.js';

/** How much of a body is kept, in characters. */
const kept = 400;

const file = (name) => new URL(`../packages/conformance/${name}`, import.meta.url);
writeFileSync(file('CHECKS.md'), checksTable(checks));
writeFileSync(file('exchanges.json'), `${JSON.stringify(await exchanges(), null, 2)}\n`);
console.log(`wrote ${checks.length} checks and their exchanges`);

async function exchanges() {
  const folder = mkdtempSync(join(tmpdir(), 'opencnm-'));
  const rows = {};
  const mocks = { local: await mockOf(folder, 'local'), global: await mockOf(folder, 'global') };
  try {
    for (const check of [...checks].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const mock = mocks[check.needs.includes('scope-global') ? 'global' : 'local'];
      rows[check.id] = await examples(mock, check);
    }
    return rows;
  } finally {
    for (const mock of Object.values(mocks)) await mock.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function mockOf(folder, scope) {
  return startMock({
    plugin: `unix://${folder}/${scope}.sock`,
    engine: `unix://${folder}/${scope}-engine.sock`,
    scope,
  });
}

/**
 * An exchange that holds and one that does not. Of a sequence that fails both have the same calls. Of calls that overlap
 * there is none: their answers are wrong together only, and differ from run to run.
 */
async function examples(mock, check) {
  if (check.act.kind === 'histories') return {};
  const broken = await outcomeOn(mock, check, [check.brokenBy]);
  const bad = exampleOf(check, broken);
  if (check.act.kind === 'sequences') return { good: await answeredRight(mock, check, broken.evidence, bad), bad };
  return { good: exampleOf(check, await outcomeOn(mock, check, [])), bad };
}

/**
 * The calls of a sequence that failed as the mock without the fault answers them, under the names of the first time; the
 * last one alone if no other differs.
 */
async function answeredRight(mock, check, evidence, bad) {
  mock.reset();
  const target = urlOf(mock, check);
  const calls = evidence.filter(({ step }) => step !== 'undo');
  const names = newNames();
  const answers = await replay(calls, { target, ranAt: target, timeoutMs: 500 });
  for (const { before, now } of answers.slice(0, -1)) names.learn(now.response.body, before.response.body);
  const [last, ...before] = answers.map(({ now }) => shown(now, names.inBody)).reverse();
  return isDeepStrictEqual(before.reverse(), bad.before) ? last : { before, ...last };
}

/**
 * The last exchange of a check's act, or what shows that it failed, where a later call or a call without an answer shows
 * it; what was wrong; and the calls before it, where a sequence of calls fails.
 */
function exampleOf(check, { evidence, reason, result }) {
  const acts = evidence.filter(({ step }) => step === 'act');
  const last = reason.startsWith('after')
    ? (evidence.findLast(({ step }) => step === 'afterwards') ?? acts.at(-1))
    : (check.act.kind === 'spoilt' && acts.find(({ failure }) => failure)) || acts.at(-1);
  if (!last) return undefined;
  // What overlapping calls are told differs from run to run.
  const [difference] = check.act.kind === 'burst' ? [] : (result.differences ?? []);
  const before = check.act.kind === 'sequences' ? evidence.filter(({ step }) => step !== 'undo').slice(0, -1) : [];
  return {
    ...(before.length > 0 ? { before: before.map((each) => shown(each)) } : {}),
    ...shown(last),
    ...(difference ? { wanted: cut(difference.wanted), got: cut(difference.got) } : {}),
  };
}

async function outcomeOn(mock, check, faults) {
  mock.reset(faults, check.needs.includes('replay') ? ['asks-for-replay'] : []);
  const { judged } = await runSuite({
    target: urlOf(mock, check),
    profiles: isEngine(check) ? ['engine'] : ['network-driver', 'ipam-driver'],
    checks: [check],
    seed: 7,
    budget: 100,
    keepsEvidence: true,
    settings: { timeoutMs: 500 },
  });
  return judged[0];
}

function urlOf(mock, check) {
  return isEngine(check) ? mock.engineUrl : mock.pluginUrl;
}

function isEngine(check) {
  return operation(check.op).face === 'engine';
}

function shown({ request, response }, named = (body) => body) {
  return {
    request: cut(`${request.method} ${request.path} ${named(request.body).trim()}`),
    ...(response ? { answer: cut(`${response.status} ${named(response.body).trim()}`) } : {}),
  };
}

/** Short, on one line, and without times, so that two runs write the same. */
function cut(text) {
  const plain = text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-01-01T00:00:00Z')
    .replaceAll(/("(?:time|timeNano|Created)":)\d+/g, '$11')
    .replaceAll(/((?:since|until)=)[\d.]+/g, '$11')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return plain.length > kept ? `${plain.slice(0, kept)}… (${plain.length} characters)` : plain;
}

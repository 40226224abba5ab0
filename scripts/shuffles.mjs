// `npm run shuffles [-- --runs N] [-- --latency MIN-MAX] [-- --face driver|engine]`: runs the profiles on the mock again
// and again, each time in another order, with answers that take MIN to MAX ms, with 1 and 8 jobs in turn, twice on each
// target and once more in 8 shards, and compares the verdicts. Fails when two runs differ. Each run tells how long it
// took; 50 of them take hours, nearly all of it the latency.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks, runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { operation } from '@opencnm/spec';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    latency: { type: 'string', default: '0-50' },
    face: { type: 'string', default: 'driver' },
  },
});
const [, min, max] = /^(\d+)-(\d+)$/.exec(values.latency)?.map(Number) ?? [];
if (!/^[1-9]\d*$/.test(values.runs) || max === undefined || !['driver', 'engine'].includes(values.face)) {
  console.error('--runs takes a whole number, --latency two as in 0-50, --face driver or engine');
  process.exit(2);
}
const isEngine = values.face === 'engine';
const own = checks.filter(({ op }) => (operation(op).face === 'engine') === isEngine);
const folder = mkdtempSync(join(tmpdir(), 'opencnm-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
const digests = new Map();

for (let run = 1; run <= Number(values.runs); run++) {
  const started = Date.now();
  const mock = await startMock({
    plugin: `unix://${folder}/plugin.sock`,
    engine: `unix://${folder}/engine.sock`,
    latencyMs: { min, max },
    seed: run,
  });
  const order = shuffled(own, run);
  const jobs = run % 2 === 1 ? 1 : 8;
  try {
    for (const round of ['first', 'second'])
      note(await judged(mock, order, jobs), `run ${run}, ${round}, ${jobs} jobs`);
    if (jobs === 8) note(await inShards(mock, order), `run ${run}, 8 shards`);
  } finally {
    await mock.close();
  }
  console.log(`run ${run} of ${values.runs} took ${Math.round((Date.now() - started) / 1000)} s`);
}
console.log(digests.size === 1 ? 'one digest' : `${digests.size} digests`);
process.exitCode = digests.size === 1 ? 0 : 1;

async function judged({ pluginUrl, engineUrl }, checks, jobs) {
  const report = await runSuite({ target: isEngine ? engineUrl : pluginUrl, checks, jobs, seed: 7, budget: 1 });
  return report.judged.map(({ id, verdict }) => [id, verdict]);
}

/** Eight runs at once, each of every eighth check. */
async function inShards(mock, order) {
  const parts = Array.from({ length: 8 }, (_, shard) => order.filter((_check, place) => place % 8 === shard));
  return (await Promise.all(parts.map((part) => judged(mock, part, 1)))).flat();
}

function note(rows, name) {
  const verdicts = rows.sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256').update(JSON.stringify(verdicts)).digest('hex').slice(0, 12);
  if (!digests.has(digest)) digests.set(digest, verdicts);
  console.log(`${digest} ${name}`);
  const [[, usual]] = digests;
  for (const [place, [id, verdict]] of verdicts.entries())
    if (usual[place][1] !== verdict) console.log(`  ${id}: ${usual[place][1]}, now ${verdict}`);
}

function shuffled(list, seed) {
  const key = ({ id }) => createHash('sha256').update(`${seed} ${id}`).digest('hex');
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

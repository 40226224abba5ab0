// `npm run shuffles [-- --runs N] [-- --latency MIN-MAX] [-- --face driver|engine] [-- --at-once N]`: runs the profiles on
// the mock again and again, each time in another order, with answers that take MIN to MAX ms, with 1 and 8 jobs in turn,
// twice on each target and, where there are 8 jobs, once more in 8 shards, and compares the verdicts. Fails when two runs
// differ, or when one breaks off. Runs wait most of the time, so many go at once, each in a process of its own.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    latency: { type: 'string', default: '0-50' },
    face: { type: 'string', default: 'driver' },
    'at-once': { type: 'string', default: '16' },
  },
});
const [, min, max] = /^(\d+)-(\d+)$/.exec(values.latency)?.map(Number) ?? [];
const isCount = (text) => /^[1-9]\d*$/.test(text);
if (
  !isCount(values.runs) ||
  !isCount(values['at-once']) ||
  max === undefined ||
  !/^(driver|engine)$/.test(values.face)
) {
  console.error('--runs and --at-once take a whole number, --latency two as in 0-50, --face driver or engine');
  process.exit(2);
}
const planned = Number(values.runs);
const started = performance.now();
const queue = Array.from({ length: planned }, (_, index) => index + 1);
const digests = new Map();
let ended = 0;

await Promise.all(Array.from({ length: Math.min(Number(values['at-once']), planned) }, work));
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
const outcome = digests.size === 1 ? 'one digest' : `${digests.size} digests`;
const broken = ended < planned ? `, and ${planned - ended} runs broke off` : '';
console.log(`${outcome} of ${ended} runs in ${minutes} min${broken}`);
process.exitCode = digests.size === 1 && ended === planned ? 0 : 1;

/** Does one run after the other, each in a process of its own. */
async function work() {
  for (let run = queue.shift(); run !== undefined; run = queue.shift()) await ofProcess(run);
}

function ofProcess(run) {
  return new Promise((resolve) => {
    const began = Date.now();
    const worker = fork(fileURLToPath(new URL('shuffles-worker.mjs', import.meta.url)));
    worker.on('message', ({ name, rows }) => note(rows, `run ${run}, ${name}`));
    worker.on('exit', (code, signal) => {
      const seconds = Math.round((Date.now() - began) / 1000);
      if (code === 0) ended++;
      console.log(
        `run ${run} of ${planned} ${code === 0 ? 'took' : `broke off (${signal ?? code}) after`} ${seconds} s`,
      );
      resolve();
    });
    worker.send({ run, latencyMs: { min, max }, face: values.face, jobs: run % 2 === 1 ? 1 : 8 });
  });
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

// `npm run mutation [-- --only TEXT] [-- --json FILE] [-- --first]`: which faults of the mock the suite finds, by face and
// by clause, by which checks, and which checks find nothing, or nothing alone. With --first each run ends with the first
// failure of the fault's clause: the rates are the same, and the other checks are not told.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checks } from '@opencnm/conformance';
import { faults } from '@opencnm/spec';
import { mutationReport } from './mutation-report.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'string' }, first: { type: 'boolean' } },
});
const queue = Object.keys(faults).filter((id) => !values.only || id.includes(values.only));
if (queue.length === 0) {
  console.error(`no fault has "${values.only}" in its id`);
  process.exit(2);
}
const planned = queue.length;
const started = performance.now();
const results = [];
let toldAt = started;

await Promise.all(Array.from({ length: Math.min(availableParallelism(), planned) }, work));
if (process.stderr.isTTY) process.stderr.write('\n');
results.sort((a, b) => (a.id < b.id ? -1 : 1));
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
// A part of the faults says nothing about checks that found none of them.
const { lines, isEnough } = mutationReport(results, values.only || values.first ? [] : checks);
for (const line of lines) console.log(line);
console.log(`${planned} faults in ${minutes(performance.now() - started)}`);
process.exitCode = isEnough ? 0 : 1;

/** Runs one fault after the other in a process of their own; a new one where that ends. */
function work() {
  return new Promise((resolve) => {
    const worker = fork(
      fileURLToPath(new URL('mutation-worker.mjs', import.meta.url)),
      values.first ? ['--first'] : [],
    );
    let current;
    const next = () => {
      current = queue.shift();
      worker.send(current ?? 'end');
    };
    worker.on('message', ({ ready, ...result }) => {
      if (!ready) note(result);
      next();
    });
    worker.on('exit', (code, signal) => {
      if (current === undefined && code === 0) return resolve();
      // What was not run was not found, whatever the others say.
      if (current !== undefined)
        note({ id: current, killers: [], problem: `its process ended with ${signal ?? code}` });
      resolve(queue.length > 0 && current !== undefined ? work() : undefined);
    });
  });
}

/** Notes a result, and tells of faults that are not found, and how far it is: always on a terminal, else every half minute. */
function note(result) {
  results.push(result);
  if (result.killers.length === 0) console.error(`${process.stderr.isTTY ? '\r' : ''}not found: ${result.id}`);
  const now = performance.now();
  const left = minutes(((now - started) / results.length) * (planned - results.length));
  const text = `${results.length}/${planned} faults, about ${left} to go`;
  if (process.stderr.isTTY) process.stderr.write(`\r${text}  `);
  else if (now - toldAt > 30_000) {
    toldAt = now;
    console.error(text);
  }
}

function minutes(ms) {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${(ms / 60_000).toFixed(1)} min`;
}

// `npm run mutation [-- --only TEXT] [-- --by clause] [-- --json FILE]`: which faults of the mock the suite finds, by face
// or by clause; --json says by which checks.
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checks } from '@opencnm/conformance';
import { clauses, faults } from '@opencnm/spec';

const { values } = parseArgs({
  options: { only: { type: 'string' }, by: { type: 'string', default: 'face' }, json: { type: 'string' } },
});
const queue = Object.keys(faults).filter((id) => !values.only || id.includes(values.only));
if (values.by !== 'face' && values.by !== 'clause') {
  console.error(`--by ${values.by} is not known; choose face or clause`);
  process.exit(2);
}
if (queue.length === 0) {
  console.error(`no fault has "${values.only}" in its id`);
  process.exit(2);
}
const planned = queue.length;
const results = [];

await Promise.all(Array.from({ length: Math.min(availableParallelism(), planned) }, work));
results.sort((a, b) => (a.id < b.id ? -1 : 1));
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
process.exitCode = tell();

function work() {
  return new Promise((resolve) => {
    const worker = fork(fileURLToPath(new URL('mutation-worker.mjs', import.meta.url)));
    worker.on('message', (message) => {
      if (message.id) results.push(message);
      if (process.stderr.isTTY) process.stderr.write(`\r${results.length}/${planned} faults`);
      worker.send(queue.shift() ?? 'end');
    });
    worker.on('exit', resolve);
  });
}

function tell() {
  const rows = results.map(({ id, killers }) => ({
    id,
    face: clauses[faults[id].clause].face,
    clause: faults[id].clause,
    isKilled: killers.length > 0,
    isRight: killers.some(({ clause }) => clause === faults[id].clause),
  }));
  const width = values.by === 'clause' ? 62 : 16;
  console.log(`\n${values.by.padEnd(width)} faults  killed  by a check of the clause`);
  for (const name of [...new Set(rows.map((row) => row[values.by])), 'all']) {
    const own = rows.filter((row) => name === 'all' || row[values.by] === name);
    const killed = own.filter(({ isKilled }) => isKilled).length;
    const right = own.filter(({ isRight }) => isRight).length;
    console.log(
      `${name.padEnd(width)} ${String(own.length).padStart(6)} ${String(killed).padStart(7)} ${String(right).padStart(8)} (${((100 * right) / own.length).toFixed(1)}%)`,
    );
  }
  for (const { id } of rows.filter(({ isKilled }) => !isKilled)) console.log(`survives: ${id}`);
  for (const { id } of rows.filter(({ isKilled, isRight }) => isKilled && !isRight))
    console.log(`found by other clauses only: ${id}`);
  if (!values.only) {
    const useful = new Set(results.flatMap(({ killers }) => killers.map(({ check }) => check)));
    for (const { id } of checks.filter((check) => !useful.has(check.id))) console.log(`kills nothing: ${id}`);
  }
  const isEnough =
    rows.every(({ isKilled }) => isKilled) && rows.filter(({ isRight }) => isRight).length >= 0.95 * rows.length;
  console.log(
    isEnough
      ? 'Every fault is found, at least 95% by a check of their clause.'
      : 'Not every fault is found, or fewer than 95% by a check of their clause.',
  );
  return isEnough ? 0 : 1;
}

// `npm run bench:conformance [-- --runs N]`: how long the two driver profiles take on the mock, beside the time that as
// many bare HTTP exchanges take on the same socket in the same run. Prints a table; `--json FILE` writes the figures.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runSuite } from '@opencnm/conformance';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' }, json: { type: 'string' } } });
/** What the driver profiles may take on two cores. */
const budget = { ms: 60_000, megabytes: 200 };

const folder = mkdtempSync(join(tmpdir(), 'opencnm-'));
const socketPath = join(folder, 'plugin.sock');
const target = `unix://${socketPath}`;

const mock = fork(fileURLToPath(new URL('cli.js', import.meta.resolve('@opencnm/mock-server'))), ['--plugin', target], {
  silent: true,
});
await new Promise((resolve) => mock.stdout.once('data', resolve));
try {
  await suite(1);
  const rows = [];
  for (let n = 0; n < Number(values.runs); n++) {
    const one = await suite(1);
    const eight = await suite(8);
    const kept = await bare(one.exchanges, true);
    const fresh = await bare(one.exchanges, false);
    rows.push({
      exchanges: one.exchanges,
      suiteMs: one.ms,
      jobs8Ms: eight.ms,
      bareMs: kept,
      bareFreshMs: fresh,
      cpuMs: one.cpuMs,
    });
  }
  tell(rows);
} finally {
  mock.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** One run of the suite: its exchanges, ms in all and ms of processor time of the suite's own process. */
async function suite(jobs) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { judged, verdict } = await runSuite({ target, jobs, seed: 7 });
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  if (verdict !== 'conformant') throw new Error(`the mock is ${verdict}: the figures would mean nothing`);
  return { ms, cpuMs: (user + system) / 1000, exchanges: judged.reduce((sum, { exchanges }) => sum + exchanges, 0) };
}

/** So many calls of GetCapabilities one after the other, over one connection or each over its own; ms. */
async function bare(count, keepAlive) {
  const agent = keepAlive ? new Agent({ keepAlive: true, maxSockets: 1 }) : false;
  const started = performance.now();
  for (let n = 0; n < count; n++) await exchange(agent);
  if (agent) agent.destroy();
  return performance.now() - started;
}

function exchange(agent) {
  return new Promise((resolve, reject) => {
    const message = request({ socketPath, agent, method: 'POST', path: '/NetworkDriver.GetCapabilities' }, (answer) => {
      answer.resume();
      answer.on('end', resolve);
    });
    message.on('error', reject);
    message.end();
  });
}

function tell(rows) {
  const median = (key) => rows.map((row) => row[key]).sort((a, b) => a - b)[Math.floor(rows.length / 2)];
  const figures = Object.fromEntries(Object.keys(rows[0]).map((key) => [key, Math.round(median(key))]));
  const { exchanges, suiteMs, jobs8Ms, bareMs, bareFreshMs, cpuMs } = figures;
  const row = (name, ms) =>
    console.log(`${name.padEnd(46)} ${String(ms).padStart(7)} ms ${(ms / bareMs).toFixed(2).padStart(6)}`);
  console.log(`\n${exchanges} exchanges, medians of ${rows.length} runs, Node ${process.version}`);
  console.log(`${''.padEnd(46)} ${'time'.padStart(10)} ${'ratio'.padStart(6)}`);
  row('bare exchanges over one connection', bareMs);
  row('bare exchanges, each over a connection', bareFreshMs);
  row('the driver profiles, --jobs 1', suiteMs);
  row('the driver profiles, --jobs 8', jobs8Ms);
  row("processor time of the suite's own process", cpuMs);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`peak memory of the suite's process: ${peak} MB`);
  if (suiteMs > budget.ms || peak > budget.megabytes) {
    console.log(`over the budget of ${budget.ms / 1000} s and ${budget.megabytes} MB`);
    process.exitCode = 1;
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

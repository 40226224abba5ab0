// One run of `npm run shuffles`: the checks in an order of its own, twice on one mock, and with several jobs in 8 shards, too.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { operation } from '@opencnm/spec';

const folder = mkdtempSync(join(tmpdir(), 'opencnm-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
// Whoever asked is gone.
process.on('disconnect', () => process.exit(1));
process.on('message', async ({ run, latencyMs, face, jobs }) => {
  const mock = await startMock({
    plugin: `unix://${folder}/plugin.sock`,
    engine: `unix://${folder}/engine.sock`,
    latencyMs,
    seed: run,
  });
  const target = face === 'engine' ? mock.engineUrl : mock.pluginUrl;
  const order = shuffled(run, face);
  for (const round of ['first', 'second']) await tell(`${round}, ${jobs} jobs`, await judged(target, order, jobs));
  if (jobs > 1) await tell('8 shards', await inShards(target, order));
  await mock.close();
  process.exit(0);
});

function tell(name, rows) {
  return new Promise((resolve) => {
    process.send({ name, rows }, resolve);
  });
}

async function judged(target, own, jobs) {
  const report = await runSuite({ target, checks: own, jobs, seed: 7, budget: 1 });
  return report.judged.map(({ id, verdict }) => [id, verdict]);
}

/** Eight runs at once, each of every eighth check. */
async function inShards(target, order) {
  const parts = Array.from({ length: 8 }, (_, shard) => order.filter((_check, place) => place % 8 === shard));
  return (await Promise.all(parts.map((part) => judged(target, part, 1)))).flat();
}

/** The checks of a face, in the order of a run. */
function shuffled(run, face) {
  const key = ({ id }) => createHash('sha256').update(`${run} ${id}`).digest('hex');
  const own = checks.filter(({ op }) => (operation(op).face === 'engine') === (face === 'engine'));
  return own.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

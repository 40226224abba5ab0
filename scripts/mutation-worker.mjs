// One worker of `npm run mutation`: runs the suite against the mock with one fault at a time, and tells which checks failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { faults } from '@opencnm/spec';

const folder = mkdtempSync(join(tmpdir(), 'opencnm-'));
const bad = new Set(['fail', 'warn', 'no']);

/** Faults that only show on a driver of global scope. */
const globalOnly = /allocate-network|free-network|allocated-options/;

/** Faults that only show on an IPAM driver that asks for replay. */
const replayOnly = /request-address\.replay#/;

async function failures(id) {
  const isEngine = /^(engine\.|[A-Z])/.test(faults[id].clause);
  const mock = await startMock({
    plugin: `unix://${folder}/plugin.sock`,
    engine: `unix://${folder}/engine.sock`,
    faults: [id],
    scope: globalOnly.test(id) ? 'global' : 'local',
    variants: replayOnly.test(id) ? ['asks-for-replay'] : [],
  });
  try {
    const { judged, exitCode } = await runSuite({
      target: isEngine ? mock.engineUrl : mock.pluginUrl,
      profiles: isEngine ? ['engine'] : ['network-driver', 'ipam-driver'],
      settings: { timeoutMs: 1_000 },
      seed: 7,
      // Sequences look long for faults that only they find, and briefly for those that single calls show.
      budget: id.includes('.sequence.') ? 100 : 10,
    });
    return {
      exitCode,
      killers: judged.filter(({ verdict }) => bad.has(verdict)).map(({ id: check, clause }) => ({ check, clause })),
    };
  } finally {
    await mock.close();
  }
}

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
// Whoever asked is gone.
process.on('disconnect', () => process.exit(1));
process.on('message', async (id) => {
  if (id === 'end') process.exit(0);
  process.send({ id, ...(await failures(id)) });
});
process.send({ ready: true });

// One worker of `npm run mutation`: runs the suite against the mock with one fault at a time, and tells which checks failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuite } from '@opencnm/conformance';
import { startMock } from '@opencnm/mock-server';
import { faults } from '@opencnm/spec';

const folder = mkdtempSync(join(tmpdir(), 'opencnm-'));
/** Whether a run ends with the first failure of the fault's clause, which is all that the rates need. */
const isBrief = process.argv.includes('--first');

/** Faults that only show on a driver of global scope. */
const globalOnly = /allocate-network|free-network|allocated-options/;

/** Faults that only show on an IPAM driver that asks for replay. */
const replayOnly = /request-address\.replay#/;

/** What ends a run that has shown enough. */
const found = new Error('found');

/** The checks that find a fault. */
async function killersOf(id) {
  const isEngine = /^(engine\.|[A-Z])/.test(faults[id].clause);
  const mock = await startMock({
    plugin: `unix://${folder}/plugin.sock`,
    engine: `unix://${folder}/engine.sock`,
    faults: [id],
    scope: globalOnly.test(id) ? 'global' : 'local',
    variants: replayOnly.test(id) ? ['asks-for-replay'] : [],
  });
  const killers = [];
  let isFound = false;
  try {
    await runSuite({
      target: isEngine ? mock.engineUrl : mock.pluginUrl,
      profiles: isEngine ? ['engine'] : ['network-driver', 'ipam-driver'],
      settings: { timeoutMs: 1_000 },
      seed: 7,
      // Sequences look long for faults that only they find, and briefly for those that single calls show.
      budget: id.includes('.sequence.') ? 100 : 10,
      interrupts: {
        isStopped: () => isFound,
        check() {
          if (isFound) throw found;
        },
      },
      onOutcome({ id: check, clause, result }) {
        if (result.kind === 'broken') killers.push({ check, clause });
        isFound ||= isBrief && killers.at(-1)?.clause === faults[id].clause;
      },
    });
    return killers;
  } catch (error) {
    if (error !== found) throw error;
    return killers;
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
  process.send({ id, killers: await killersOf(id) });
});
process.send({ ready: true });

import { join } from 'node:path';
import { checks, readKnownFailures, runSuite } from '@opencnm/conformance';
import { expect, it } from 'vitest';
import { complaints } from './complaints.js';
import { ovnDriver } from './drivers/ovn-driver.js';
import { onEngine } from './engines/on-engine.js';

onEngine(ovnDriver, (driver) => {
  it('conforms to the network driver profile, but for what its list of known failures says', {
    timeout: 1_200_000,
  }, async () => {
    const report = await runSuite({
      target: driver().url,
      settings: { timeoutMs: 60_000 },
      known: readKnownFailures(
        join(import.meta.dirname, '..', 'known-failures', 'ovn-overlay.yaml'),
        new Set(checks.map(({ id }) => id)),
      ),
      seed: 20,
      budget: 5,
      jobs: 4,
    });
    expect(complaints(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checks, type KnownFailure, readKnownFailures, runSuite } from '@opencnm/conformance';
import { expect, it } from 'vitest';
import { complaints } from './complaints.js';
import { askSocket } from './engines/ask-socket.js';
import { dockerEngine } from './engines/docker-engine.js';
import { onEngine } from './engines/on-engine.js';
import { podmanEngine } from './engines/podman-engine.js';
import type { RealEngine } from './engines/real-engine.js';

const kinds = [
  { kind: dockerEngine, product: 'docker' },
  { kind: podmanEngine, product: 'podman' },
] as const;

for (const { kind, product } of kinds) {
  onEngine<RealEngine>(kind, (engine) => {
    it('conforms to the engine profile, but for what its list of known failures says', {
      timeout: 1_200_000,
    }, async () => {
      const image = await engine().importImage();
      const report = await runSuite({
        target: engine().host,
        profiles: ['engine'],
        settings: { image, timeoutMs: 60_000 },
        known: await knownFailures(product, engine().host.slice('unix://'.length)),
        seed: 20,
        budget: 10,
        jobs: 4,
      });
      expect(complaints(report)).toEqual([]);
      expect(report.exitCode).toBe(0);
    });
  });
}

/** The list of the running release: `known-failures/docker-20.10.yaml`; a release without a list has to have none. */
async function knownFailures(product: string, socket: string): Promise<readonly KnownFailure[]> {
  const { Version } = JSON.parse((await askSocket({ socket, path: '/version' })).text) as { readonly Version: string };
  const release = Version.split('.').slice(0, 2).join('.');
  const file = join(import.meta.dirname, '..', 'known-failures', `${product}-${release}.yaml`);
  return existsSync(file) ? readKnownFailures(file, new Set(checks.map(({ id }) => id))) : [];
}

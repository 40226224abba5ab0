import { afterAll, beforeAll, describe } from 'vitest';
import type { PartKind, RealPart } from './real-engine.js';

/**
 * Declares tests that run on a real engine or driver, which starts before them and stops after them. Where it cannot run
 * they are skipped with a line that says why; with OPENCNM_REQUIRE_ENGINES=1 that is a failure.
 */
export function onEngine<P extends RealPart>(kind: PartKind<P>, declare: (engine: () => P) => void): void {
  const reason = kind.missing();
  const isRequired = process.env['OPENCNM_REQUIRE_ENGINES'] === '1';
  if (reason !== undefined && !isRequired) console.warn(`skipped: ${kind.name}: ${reason}`);
  describe.skipIf(reason !== undefined && !isRequired)(kind.name, () => {
    let engine: P | undefined;
    beforeAll(async () => {
      if (reason !== undefined) throw new Error(`${kind.name} is required (OPENCNM_REQUIRE_ENGINES=1), but ${reason}`);
      engine = await kind.start();
    });
    afterAll(async () => engine?.stop());
    declare(() => {
      if (engine === undefined) throw new Error(`${kind.name} is not running`);
      return engine;
    });
  });
}

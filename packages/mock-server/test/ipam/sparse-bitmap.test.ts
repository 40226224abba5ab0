import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sparseBitmap } from '../../src/ipam/sparse-bitmap.js';

test('a set of numbers finds the same gaps as a plain set', () => {
  // Few words are used, so that words fill up and several levels take part.
  const index = fc.bigInt({ min: 0n, max: 2100n });
  const step = fc.record({ kind: fc.constantFrom('add', 'remove', 'run', 'gap'), index });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const bitmap = sparseBitmap();
      const model = new Set<bigint>();
      const gap = (from: bigint) => {
        let at = from;
        while (model.has(at)) at++;
        return at;
      };
      for (const { kind, index: at } of steps) {
        if (kind === 'add') expect(bitmap.add(at)).toBe(!model.has(at));
        if (kind === 'add') model.add(at);
        if (kind === 'remove') expect(bitmap.remove(at)).toBe(model.delete(at));
        for (let n = at; kind === 'run' && n < at + 1100n; n++) if (bitmap.add(n)) model.add(n);
        expect(bitmap.has(at)).toBe(model.has(at));
        expect(bitmap.firstGap(at, 1n << 70n)).toBe(gap(at));
      }
    }),
    { numRuns: 60 },
  );
});

test('a range without a gap has none', () => {
  const bitmap = sparseBitmap();
  for (let n = 0n; n < 64n; n++) bitmap.add(n);
  expect(bitmap.firstGap(0n, 63n)).toBeUndefined();
  expect(bitmap.firstGap(0n, 64n)).toBe(64n);
});

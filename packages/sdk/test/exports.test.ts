import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The names that each entry point exports as values; a change here is a change of the public interface. */
const names = {
  '.': ['CnmError'],
  './engine': ['connectEngine'],
  './plugin': ['connectPlugin'],
  './driver-kit': ['handlePlugin', 'listen', 'readJson', 'servePlugin'],
};

it.each(Object.entries(names))('%s exports what it promises, and no more', async (entry, wanted) => {
  const exported: object = await import(/* @vite-ignore */ `@opencnm/sdk${entry.slice(1)}`);
  expect(Object.keys(exported).sort()).toEqual(wanted);
});

it('every entry point of the package stands in the table above', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { exports } = JSON.parse(text) as { exports: object };
  expect(Object.keys(exports)).toEqual(Object.keys(names));
});

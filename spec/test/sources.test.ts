import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Clause, clauses } from '../src/index.js';

const { sources } = parse(readFileSync(new URL('../requirements/sources.yaml', import.meta.url), 'utf8')) as {
  readonly sources: Readonly<Record<string, string>>;
};

/** Threads, paths, tags and releases say themselves what they are. */
const plain = [/^[\w.-]+(\/[\w.-]+)?#\d+/, /^[\w.-]+\/[\w./*-]+/, /^tag v/, /^(Docker|Podman) /];

it('says of every source of a clause what it is', () => {
  const unknown = Object.values<Clause>(clauses).flatMap(({ id, source }) =>
    source
      .filter((text) => !plain.some((form) => form.test(text)) && !Object.hasOwn(sources, text.split(' ')[0] ?? ''))
      .map((text) => `${id}: ${text}`),
  );
  expect(unknown).toEqual([]);
});

it('names no source that no clause has', () => {
  const used = new Set(
    Object.values<Clause>(clauses).flatMap(({ source }) => source.map((text) => text.split(/[ #]/)[0] ?? '')),
  );
  expect(Object.keys(sources).filter((name) => !used.has(name))).toEqual([]);
});

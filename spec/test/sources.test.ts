import { expect, it } from 'vitest';
import { sources } from '../generated/sources.js';
import { type Clause, clauses, sourceOf } from '../src/index.js';

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

it.each([
  ['LN#665', { what: 'a thread of moby/libnetwork', link: 'https://github.com/moby/libnetwork/issues/665' }],
  ['golang/go#61431', { what: 'a thread of golang/go', link: 'https://github.com/golang/go/issues/61431' }],
  ['I-DRV requestPool', sources['I-DRV']],
  ['Docker 20.10.24', { what: 'measured on this release' }],
  ['tag v1.9.0', { what: 'a release of Docker Engine' }],
  ['docker/cli enable.go', { what: 'a file of docker/cli', link: 'https://github.com/docker/cli' }],
  [
    'daemon/prune.go',
    { what: 'a path of Docker Engine', link: 'https://github.com/moby/moby/blob/b985e2313a/daemon/prune.go' },
  ],
])('says what %s is, and where', (cited, source) => {
  expect(sourceOf(cited)).toEqual(source);
});

it('takes no path of Docker Engine for a repository, or the other way round', () => {
  const cited = new Set(Object.values<Clause>(clauses).flatMap(({ source }) => source));
  const files = [...cited].filter((text) => sourceOf(text).what.startsWith('a file of '));
  expect(files.sort()).toEqual(['docker/cli enable.go', 'docker/node-sdk lib/docker-client.ts']);
});

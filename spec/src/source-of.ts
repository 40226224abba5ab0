import { sourceBase, sources } from '../generated/sources.js';

/** What a source of a clause is, in words, and its address, where it has one. */
export interface Source {
  readonly what: string;
  readonly link?: string;
}

/** The repositories whose threads are cited by a short name. */
const repositories: Readonly<Record<string, string>> = { moby: 'moby/moby', LN: 'moby/libnetwork' };

/** What a clause cites: a thread, a code of sources.yaml, a release, or a path of Docker Engine or another repository. */
export function sourceOf(cited: string): Source {
  const [, name = '', number] = /^([\w./-]+)#(\d+)$/.exec(cited) ?? [];
  if (number !== undefined) {
    const repository = repositories[name] ?? name;
    return { what: `a thread of ${repository}`, link: `https://github.com/${repository}/issues/${number}` };
  }
  const [code = ''] = cited.split(' ');
  if (Object.hasOwn(sources, code)) return sources[code] as Source;
  if (code === 'tag') return { what: 'a release of Docker Engine' };
  if (/^(Docker|Podman) \d/.test(cited)) return { what: 'measured on this release' };
  if (code.split('/').length > 2 || code.startsWith('daemon/'))
    return { what: 'a path of Docker Engine', link: new URL(code, sourceBase).href };
  return { what: `a file of ${code}`, link: `https://github.com/${code}` };
}

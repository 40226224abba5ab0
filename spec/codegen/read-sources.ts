import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** What a source of clauses is, and its address, where there is one. */
export interface SourceRow {
  readonly what: string;
  readonly link?: string;
}

/** Reads requirements/sources.yaml: the sources by the codes that clauses cite, and where the paths of others lead. */
export async function readSources(
  root: URL,
): Promise<{ readonly base: string; readonly sources: Readonly<Record<string, SourceRow>> }> {
  const { base, sources } = parse(await readFile(new URL('requirements/sources.yaml', root), 'utf8')) as {
    readonly base: string;
    readonly sources: Readonly<Record<string, { readonly what?: string; readonly at?: string }>>;
  };
  const rows = Object.entries(sources).map(([code, { what, at }]): readonly [string, SourceRow] => {
    if (!what) throw new Error(`requirements/sources.yaml: ${code} does not say what it is`);
    return [code, { what, ...(at === undefined ? {} : { link: new URL(at, base).href }) }];
  });
  return { base, sources: Object.fromEntries(rows) };
}

import { header } from './header.js';
import type { SourceRow } from './read-sources.js';

/** What the sources of clauses are, by the codes that clauses cite. */
export function emitSources({
  base,
  sources,
}: {
  readonly base: string;
  readonly sources: Readonly<Record<string, SourceRow>>;
}): string {
  const rows = Object.entries(sources).map(([code, row]) => `  ${JSON.stringify(code)}: ${JSON.stringify(row)},`);
  return `${header}
/** Where the paths that clauses cite lead. */
export const sourceBase = ${JSON.stringify(base)};

/** What each source is, and its address, by the code that clauses cite. */
export const sources: Readonly<Record<string, { readonly what: string; readonly link?: string }>> = {
${rows.join('\n')}
};
`;
}

import type { Definition } from './definition.js';

/** What editors show of an operation: its own words, and those of its parameters by name. */
export interface OperationDocs {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Described {
  readonly description?: string;
}
type Parameters = readonly (Described & { readonly name: string })[];
type Operation = Described & {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: Parameters;
};
type PathItem = Readonly<Record<string, Operation>> & { readonly parameters?: Parameters };

/** The words of every operation by its id. */
export function operationDocs({ document }: Definition): ReadonlyMap<string, OperationDocs> {
  const items = Object.values(document['paths'] as Readonly<Record<string, PathItem>>);
  return new Map(
    items.flatMap(({ parameters: shared = [], ...verbs }) =>
      Object.values(verbs as Readonly<Record<string, Operation>>).map((row) => [
        row.operationId,
        {
          text: [`${row.summary}.`, row.description ?? ''].join(' ').trim(),
          parameters: Object.fromEntries(
            [...shared, ...(row.parameters ?? [])].map(({ name, description = '' }) => [name, description]),
          ),
        },
      ]),
    ),
  );
}

/** A JSON Schema as data; the property order is the order on the wire. */
export type Schema = { readonly [keyword: string]: unknown };

/** One parameter of an operation, as the operation table keeps it. */
export interface ParameterRow {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly type: 'string' | 'boolean' | 'integer' | 'json';
  readonly schema?: string;
}

/** One row of the operation table. */
export interface OperationRow {
  readonly id: string;
  readonly face: 'plugin' | 'network-driver' | 'ipam-driver' | 'engine';
  readonly method: string;
  readonly path: string;
  readonly call: string;
  readonly summary: string;
  readonly group?: string;
  readonly verb?: string;
  readonly unversioned: boolean;
  readonly optional: boolean;
  readonly repeatable: boolean;
  readonly since?: string;
  readonly parameters: readonly ParameterRow[];
  readonly request?: { readonly required: boolean; readonly schema: string };
  readonly responses: Readonly<Record<string, { readonly schema?: string; readonly stream?: boolean }>>;
}

/** The definition after reading: the bundled document, its named schemas and its operations in document order. */
export interface Definition {
  readonly document: { readonly [key: string]: unknown };
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly operations: readonly OperationRow[];
}

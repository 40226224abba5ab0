/** Who implements an operation. */
export type Face = 'plugin' | 'network-driver' | 'ipam-driver' | 'engine';

/** A path or query parameter; `json` is JSON text in the query, as the engine's filters are. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly type: 'string' | 'boolean' | 'integer' | 'json';
  readonly schema?: string;
}

/** One row of the operation table. */
export interface Operation {
  readonly id: string;
  readonly face: Face;
  readonly method: string;
  readonly path: string;
  /** The method on the face's interface: `createNetwork`, `networkConnect`. */
  readonly call: string;
  readonly summary: string;
  /** The SDK's group and verb of an engine operation: `networks`, `create`. */
  readonly group?: string;
  readonly verb?: string;
  /** True for engine paths that are not below /v1.NN. */
  readonly unversioned: boolean;
  /** True where a driver may answer 404. */
  readonly optional: boolean;
  /** True where the call may be sent again after a lost answer. */
  readonly repeatable: boolean;
  readonly since?: string;
  readonly parameters: readonly Parameter[];
  readonly request?: { readonly required: boolean; readonly schema: string };
  readonly responses: Readonly<Record<string, { readonly schema?: string; readonly stream?: boolean }>>;
}

/** One request and what came back, as evidence; text longer than 16 KiB is cut. */
export interface Exchange {
  readonly step: 'given' | 'act' | 'afterwards' | 'undo' | 'probe';
  readonly operation: string;
  /** Where it was sent; the target of the run when absent. */
  readonly url?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  /** Why there is no response. */
  readonly failure?: string;
  /** How long the exchange took, in ms. */
  readonly ms: number;
}

/** An answer before anything is made of it. */
export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text. */
  readonly body: string;
  /** From the request to the end of the answer, in ms. */
  readonly ms: number;
}

/** What an engine makes of an answer; `wire` is there whenever a whole answer came. */
export type Answer<T = unknown> = (
  | { readonly outcome: 'success'; readonly status: number; readonly body: T; readonly problems: readonly string[] }
  | {
      readonly outcome: 'refusal';
      readonly status: number;
      readonly message: string;
      readonly body: unknown;
      readonly problems: readonly string[];
    }
  | {
      readonly outcome: 'broken';
      readonly status?: number;
      readonly problem: string;
      readonly unreachable: boolean;
      /** Whether the connection was closed instead of an answer. */
      readonly closed?: boolean;
    }
) & { readonly wire?: WireAnswer };

/** One requirement: what a schema cannot say. */
export interface Clause {
  readonly id: string;
  readonly face: string;
  readonly operations: readonly string[];
  readonly level: string;
  /** The rule, one sentence. */
  readonly text: string;
  /** What an engine or its user suffers when it is broken. */
  readonly why: string;
  /** What its author has to do so that it holds. */
  readonly mend: string;
  readonly source: readonly string[];
  /** Why no check exists, where none does. */
  readonly excluded?: string;
  /** The ids of the faults that break it. */
  readonly faults: readonly string[];
}

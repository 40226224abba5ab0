import type {
  ClauseId,
  ClausesOf,
  FaultId,
  GeneralClauseId,
  Inputs,
  OperationId,
  Outputs,
  Responses,
} from '@opencnm/spec';
import type { WireAnswer } from './answer.js';
import type { Draw } from './draw.js';
import type { Feature } from './feature.js';
import type { AnyModel } from './models/model.js';
import type { Pattern } from './patterns/pattern.js';
import type { Cause, World } from './world.js';

/** Makes a part of the world a check needs; earlier fixtures of the check are in `made`, undoing is the world's work. */
export type Fixture<T> = (world: World, made: Readonly<Record<string, unknown>>) => Promise<T>;

type Given = Readonly<Record<string, Fixture<unknown>>>;

/** What the fixtures of a check made, by name. */
export type Made<G extends Given> = { readonly [K in keyof G]: G[K] extends Fixture<infer T> ? T : never };

/** What is wanted of an answer; for drivers an outcome as an engine sees it, for engines a status and a body. */
export type Expected<O extends OperationId> =
  /** The answer as it came over the wire, whatever an engine makes of it. */
  ({ readonly wire: Pattern<WireAnswer> } & MayClose) | OutcomeExpected<O>;

/** For requests that are wrong: a target may close the connection and go on, which one check of its own warns of. */
interface MayClose {
  readonly mayClose?: true;
}

type OutcomeExpected<O extends OperationId> = O extends `${string}.${string}`
  ?
      | { readonly succeeds: Pattern<Outputs[O]> }
      | ({ readonly refuses: Pattern<string> } & MayClose)
      | ({ readonly answers: Pattern<Outputs[O]>; readonly refusal?: Pattern<string> } & MayClose)
  : {
      [S in keyof Responses[O]]: {
        readonly status: S extends `${infer N extends number}` ? N : S;
        readonly body?: Pattern<Responses[O][S]>;
      };
    }[keyof Responses[O]];

/** Any expectation, after the types have done their work. */
export type AnyExpected =
  | { readonly succeeds: unknown }
  | ({ readonly refuses: unknown } & MayClose)
  | ({ readonly answers: unknown; readonly refusal?: unknown } & MayClose)
  | ({ readonly wire: unknown } & MayClose)
  | { readonly status: number; readonly body?: unknown };

/** A call after the act that shows whether the world is as it must be. */
export interface Seen {
  readonly op: OperationId;
  readonly input: unknown;
  readonly expect: AnyExpected;
}

/** One of several calls. */
export type Asked = Pick<Seen, 'op' | 'input'>;

/** Bytes as they go over the wire; the path defaults to the operation's, the headers to an engine's. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  /** What stands in the operation's path for its parameters. */
  readonly at?: Readonly<Record<string, string>>;
  /** What follows the path and a question mark. */
  readonly query?: string;
  /** Replaces every header but Content-Length. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A condition over the bodies of a burst: `all addresses differ`. */
export interface Together {
  readonly name: string;
  readonly holds: (bodies: readonly never[]) => boolean;
}

interface CheckBase<G extends Given, O extends OperationId, C extends ClauseId> {
  readonly id: `${string}.${string}`;
  readonly clause: C;
  readonly title: string;
  /** Features of the target without which the check does not apply. */
  readonly needs?: readonly Feature[];
  /** `first` runs before all others and alone; `last` is for odd requests and runs after them. */
  readonly stage?: 'first' | 'last';
  /** False where even an optional operation has to be served. */
  readonly optional?: false;
  readonly op: O;
  readonly given: G;
  /** What is wanted; a function of what the fixtures made where the two are compared. */
  readonly expect: Expected<NoInfer<O>> | ((made: Made<G>) => Expected<NoInfer<O>>);
  /** What must be true of the world after the act; `answer` is the success body of the act. */
  readonly afterwards?: (made: Made<G>, answer: Outputs[O], draw: Draw) => readonly Seen[];
  /** The fault of the clause that must turn the check red. */
  readonly brokenBy: Extract<FaultId, `${NoInfer<C>}#${string}`>;
}

type ClauseFor<O extends OperationId> = ClausesOf[O] | GeneralClauseId;

/** When checks run: the happy path, all others, sequences of calls as engines make them, and odd requests, which may wreck a driver. */
export const stages = ['first', 'main', 'sequences', 'last'] as const;

/** The name of one stage. */
type Stage = (typeof stages)[number];

/** A check as the runner reads it, whatever its operation. */
export interface Check {
  readonly id: string;
  readonly clause: ClauseId;
  readonly title: string;
  readonly needs: readonly Feature[];
  readonly stage: Stage;
  readonly optional: boolean;
  readonly op: OperationId;
  readonly given: Given;
  readonly act: Act;
  readonly expect: (made: never) => AnyExpected;
  readonly together: readonly Together[];
  readonly afterwards: (made: never, answer: never, draw: Draw) => readonly Seen[];
  readonly brokenBy: FaultId;
}

/** The act of a check: a call, several at once or in a row, or bytes; many sequences, one by one or at once; or a request spoilt. */
export type Act =
  | { readonly kind: 'call'; readonly input: (made: never, draw: Draw) => unknown }
  | { readonly kind: 'burst'; readonly inputs: (made: never, draw: Draw) => readonly unknown[] }
  | { readonly kind: 'calls'; readonly calls: (made: never, draw: Draw) => readonly Asked[] }
  | { readonly kind: 'raw'; readonly request: (made: never, draw: Draw) => RawRequest }
  | {
      readonly kind: 'live';
      readonly input: (made: never, draw: Draw) => unknown;
      readonly meanwhile: (made: never, draw: Draw) => readonly Cause[];
    }
  | { readonly kind: 'sequences' | 'histories'; readonly model: AnyModel }
  | { readonly kind: 'spoilt'; readonly input: (made: never, draw: Draw) => unknown };

interface SequenceCheck<O extends OperationId, C extends ClauseId>
  extends Pick<CheckBase<Given, O, C>, 'id' | 'clause' | 'title' | 'needs' | 'op' | 'brokenBy'> {
  /** What is certain of the face; states are its own. */
  readonly model: AnyModel;
}

/** A check of one call. */
export function check<const G extends Given, O extends OperationId, C extends ClauseFor<O>>(
  row: CheckBase<G, O, C> & { readonly when: (made: Made<G>, draw: Draw) => Inputs[O] },
): Check {
  return erased(row, { kind: 'call', input: row.when });
}

/** A check of calls sent at once, each on its own connection; the expectation holds for each of them. */
export function burstCheck<const G extends Given, O extends OperationId, C extends ClauseFor<O>>(
  row: CheckBase<G, O, C> & {
    readonly when: (made: Made<G>, draw: Draw) => readonly Inputs[O][];
    readonly together?: readonly {
      readonly name: string;
      readonly holds: (bodies: readonly Outputs[O][]) => boolean;
    }[];
  },
): Check {
  return { ...erased(row, { kind: 'burst', inputs: row.when }), together: (row.together ?? []) as readonly Together[] };
}

/** A check of calls in a row, each on its own connection; `op` is one of them, the expectation holds for each. */
export function callsCheck<const G extends Given, O extends OperationId, C extends ClauseFor<O>>(
  row: CheckBase<G, O, C> & { readonly when: (made: Made<G>, draw: Draw) => readonly Asked[] },
): Check {
  return erased(row, { kind: 'calls', calls: row.when });
}

/** A check of a stream that is open while calls make it tell something, one line each. */
export function liveCheck<const G extends Given, O extends OperationId, C extends ClauseFor<O>>(
  row: CheckBase<G, O, C> & {
    readonly when: (made: Made<G>, draw: Draw) => Inputs[O];
    readonly meanwhile: (made: Made<G>, draw: Draw) => readonly Cause[];
  },
): Check {
  return erased(row, { kind: 'live', input: row.when, meanwhile: row.meanwhile });
}

/** A check of bytes. */
export function rawCheck<const G extends Given, O extends OperationId, C extends ClauseFor<O>>(
  row: CheckBase<G, O, C> & { readonly when: (made: Made<G>, draw: Draw) => RawRequest },
): Check {
  return erased(row, { kind: 'raw', request: row.when });
}

/**
 * A check of every way in which a request can be wrong, as its schema tells. With `afterwards` it asks that the world is
 * as it must be after all of them, answered or not; without, that each of them is answered.
 */
export function negativeCheck<const G extends Given, O extends OperationId, C extends ClauseFor<O>>(
  row: Omit<CheckBase<G, O, C>, 'expect' | 'stage'> & { readonly when: (made: Made<G>, draw: Draw) => Inputs[O] },
): Check {
  return erased({ ...row, stage: 'last', expect: { wire: {} } }, { kind: 'spoilt', input: row.when });
}

/** A check of sequences of calls that a model follows; `op` is the call that matters most in them. */
export function propertyCheck<O extends OperationId, C extends ClauseFor<O>>(row: SequenceCheck<O, C>): Check {
  return ofSequences(row, 'sequences');
}

/** A check of histories of calls at once: some order of the calls has to explain the answers. */
export function parallelCheck<O extends OperationId, C extends ClauseFor<O>>(row: SequenceCheck<O, C>): Check {
  return ofSequences(row, 'histories');
}

function ofSequences({ model, ...row }: SequenceCheck<OperationId, ClauseId>, kind: 'sequences' | 'histories'): Check {
  return erased({ ...row, stage: 'sequences', given: {}, expect: { answers: {} } }, { kind, model });
}

/** A call that makes a stream tell something. */
export function causing<O extends OperationId>(op: O, input: Inputs[O]): Cause {
  return { op, input };
}

/** A postcondition: a call and what is wanted of its answer. */
export function seen<O extends OperationId>(op: O, input: Inputs[O], expect: Expected<NoInfer<O>>): Seen {
  return { op, input, expect: expect as AnyExpected };
}

/** One of the calls of a row. */
export function asked<O extends OperationId>(op: O, input: Inputs[O]): Asked {
  return { op, input };
}

/** The one place where the types of a check are given up: a list of different checks is an array. */
// biome-ignore lint/suspicious/noExplicitAny: the erasure that lets different checks stand in one list
function erased(row: any, act: Act): Check {
  const {
    needs = [],
    stage = 'main',
    optional = true,
    afterwards = () => [],
    when: _,
    meanwhile: __,
    expect,
    ...rest
  } = row;
  const wanted = typeof expect === 'function' ? expect : () => expect;
  return { ...rest, needs, stage, optional, afterwards, expect: wanted, act, together: [] };
}

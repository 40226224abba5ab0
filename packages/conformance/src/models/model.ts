import type { OperationId } from '@opencnm/spec';
import type { Answer } from '../answer.js';
import type { Difference } from '../patterns/pattern.js';
import type { World } from '../world.js';

/**
 * A step of a sequence before it is known what it meets: `x` and `y` choose among what is there, as in "the x-th pool".
 * A sequence may lose any of its commands: what they mean depends on the state that they meet.
 */
export interface Command {
  readonly verb: string;
  readonly x: number;
  readonly y: number;
}

/** What a sequence needs to start. */
export interface Need {
  /** Nothing is prepared that none of them is about. */
  readonly commands: readonly Command[];
  /** Whether the first thing is there before them; a target that refuses that one cannot be looked at. */
  readonly first: boolean;
}

/** A call that a command became. */
export interface Call {
  readonly op: OperationId;
  readonly input: unknown;
}

/** What an answer means: the state that follows, or how it contradicts the state before. */
export type Step<S> = { readonly state: S } | { readonly broken: Difference };

/** What is certain of a face, whichever driver or engine implements it; states are plain data and never change. */
export interface Model<S = unknown> {
  /** What commands are about, in the plural: `pools and addresses`. */
  readonly name: string;
  readonly verbs: readonly string[];
  /** How many commands a sequence has at most. */
  readonly longest: number;
  /** Makes what a sequence starts with; throws Blocked where the target refuses that. */
  readonly start: (world: World, need: Need) => Promise<S>;
  /** The commands that make the first thing themselves. */
  readonly opening: readonly Command[];
  /** A life that tells whether networks may have pools that no IPAM driver granted; undefined where none has a part in it. */
  readonly withoutIpam?: readonly Command[];
  /** A command as one of several clients at once gives it; as it is unless told otherwise. */
  readonly ofClient?: (command: Command, client: number) => Command;
  /** Asks for what a call needs, or gives back what it ends, as engines do before it; the call may make no sense after that. */
  readonly prepare?: (world: World, state: S, call: Call) => Promise<S>;
  /** The call of a command; undefined where it makes no sense in the state. */
  readonly call: (state: S, command: Command) => Call | undefined;
  /** What an answer to a call in a state makes of it. */
  readonly after: (state: S, call: Call, answer: Heard) => Step<S>;
  /** Whether an answer is about what the call was about; undefined where that does not show. */
  readonly isOwn?: (state: S, call: Call, answer: Heard) => boolean | undefined;
}

/** A whole answer; one that broke off never reaches a model. */
export type Heard = Exclude<Answer, { readonly outcome: 'broken' }>;

/** A model as the explorers take it, whatever its states are. */
export interface AnyModel
  extends Pick<Model, 'name' | 'verbs' | 'longest' | 'start' | 'opening' | 'withoutIpam' | 'ofClient'> {
  readonly prepare?: (world: World, state: never, call: Call) => Promise<unknown>;
  readonly call: (state: never, command: Command) => Call | undefined;
  readonly after: (state: never, call: Call, answer: Heard) => Step<unknown>;
  readonly isOwn?: (state: never, call: Call, answer: Heard) => boolean | undefined;
}

/** What a contradiction is called: one thing has two holders, what a call did is gone, an answer is another call's. */
export type Defect = 'double allocation' | 'lost update' | 'cross-talk';

/** A contradiction, in words. */
export function broken(call: Call, wanted: string, got: string, defect?: Defect): { readonly broken: Difference } {
  return { broken: { at: defect ? `${call.op} (${defect})` : call.op, wanted, got } };
}

import type { Inputs, OperationId, Outputs } from '@opencnm/spec';
import type { Answer, Exchange } from './answer.js';
import { Blocked } from './blocked.js';
import type { Caller } from './caller/caller.js';
import type { RawRequest } from './check.js';
import type { Draw } from './draw.js';
import { type Feature, mayLack } from './feature.js';
import type { Settings } from './settings.js';
import { type Ledger, undoLedger } from './undo.js';

/** What a check sees of the target: calls whose effects are undone in the end, and all evidence. */
export interface World {
  readonly draw: Draw;
  readonly settings: Settings;
  readonly features: ReadonlySet<Feature>;
  /** Sends a call and returns what an engine makes of the answer. */
  readonly call: <O extends OperationId>(op: O, input: Inputs[O], fresh?: boolean) => Promise<Answer<Outputs[O]>>;
  /** Sends a call again, as engines do at their start: it makes nothing that is not there. */
  readonly again: <O extends OperationId>(op: O, input: Inputs[O]) => Promise<Answer<Outputs[O]>>;
  /** Sends a call that has to succeed; throws Blocked with the refusal quoted. */
  readonly succeed: <O extends OperationId>(op: O, input: Inputs[O]) => Promise<Outputs[O]>;
  /** Opens a stream, makes other calls once its headers are there, and reads as many lines as there were calls. */
  readonly live: <O extends OperationId>(
    op: O,
    input: Inputs[O],
    meanwhile: readonly Cause[],
  ) => Promise<Answer<Outputs[O]>>;
  /** Makes a call whose answer is lost: the target did it, and nobody knows. */
  readonly lose: <O extends OperationId>(op: O, input: Inputs[O]) => Promise<void>;
  /** Sends bytes as they are; `spoilt` is the good request that they were made of, where they are wrong on purpose. */
  readonly raw: (op: OperationId, request: RawRequest, spoilt?: unknown) => Promise<Answer>;
  /** Undoes in reverse what the calls made; returns what could not be undone. */
  readonly undo: () => Promise<readonly string[]>;
  /** The exchanges that are kept. */
  readonly evidence: Exchange[];
  /** How many exchanges there were. */
  readonly exchanges: () => number;
  /** The operations that succeeded so far. */
  readonly done: ReadonlySet<OperationId>;
  /** The operations that were refused so far, with what was said last. */
  readonly refused: ReadonlyMap<OperationId, string>;
  /** The step that evidence is recorded under. */
  step: Exchange['step'];
}

/** A call that makes a stream tell something. */
export interface Cause {
  readonly op: OperationId;
  readonly input: unknown;
}

/** A world for one check. */
export function worldOf(caller: Caller, draw: Draw, settings: Settings, features: ReadonlySet<Feature>): World {
  const evidence: Exchange[] = [];
  const ledger: Ledger = undoLedger();
  const done = new Set<OperationId>();
  const refused = new Map<OperationId, string>();
  let exchanges = 0;
  const note = (exchange: Exchange) => {
    exchanges++;
    evidence.push({ ...exchange, step: world.step });
  };
  const world: World = {
    draw,
    settings,
    features,
    evidence,
    exchanges: () => exchanges,
    done,
    refused,
    step: 'given',
    async call(op, input, fresh = false) {
      const { answer, exchange } = await caller.call(op, input, { fresh });
      note(exchange);
      ledger.record(op, input, answer);
      if (answer.outcome === 'success') done.add(op);
      if (answer.outcome === 'refusal') refused.set(op, answer.message);
      return answer as Answer<Outputs[typeof op]>;
    },
    async again(op, input) {
      const { answer, exchange } = await caller.call(op, input, { fresh: false });
      note(exchange);
      ledger.recordAgain(op, input, answer);
      return answer as Answer<Outputs[typeof op]>;
    },
    async live(op, input, causes) {
      let caused: Promise<unknown> | undefined;
      const each = async () => {
        for (const cause of causes) await world.call(cause.op, cause.input as never);
      };
      const meanwhile = () => {
        caused = each();
        return caused;
      };
      const { answer, exchange } = await caller.call(op, input, { fresh: true, meanwhile, lines: causes.length });
      await caused;
      note(exchange);
      return answer as Answer<Outputs[typeof op]>;
    },
    async lose(op, input) {
      const { answer, exchange } = await caller.call(op, input, { fresh: true, losesAnswer: true });
      note(exchange);
      ledger.recordLost(op, input, answer);
      if (answer.outcome === 'broken' && answer.unreachable) throw new Blocked(answer.problem, { unreachable: true });
    },
    async raw(op, request, spoilt) {
      const { answer, exchange } = await caller.raw(op, request);
      note(exchange);
      const sent = parsed(request.body);
      for (const read of spoilt ? readings(spoilt, sent) : [sent]) ledger.record(op, read, answer, !!spoilt);
      return answer;
    },
    async succeed(op, input) {
      const answer = await world.call(op, input);
      if (answer.outcome === 'success' && answer.problems.length === 0) return answer.body;
      throw blockedBy(op, answer, settings);
    },
    undo: async () => {
      world.step = 'undo';
      return ledger.undo(async (op, input) => {
        const { answer, exchange } = await caller.call(op, input as never, { fresh: false });
        note(exchange);
        return answer;
      });
    },
  };
  return world;
}

function blockedBy(op: OperationId, answer: Answer, settings: Settings): Blocked {
  if (answer.outcome === 'refusal') {
    const notImplemented = mayLack(op, settings) && answer.status === 404;
    return new Blocked(`${op} was refused: ${answer.message}`, { notImplemented, refused: op });
  }
  if (answer.outcome === 'broken')
    return new Blocked(`${op} had no usable answer: ${answer.problem}`, {
      unreachable: answer.unreachable,
      unanswered: !answer.unreachable,
    });
  return new Blocked(`${op} answered against its schema: ${answer.problems.join('; ')}`);
}

/** What a target may have read in a spoilt request: what was meant; or as Go reads it, names in any case, and '' where there is none. */
function readings(good: unknown, sent: unknown): readonly unknown[] {
  const there = plainMembers(sent);
  const meant = { ...(good as Readonly<Record<string, unknown>>), ...there };
  const anyCase = new Map(Object.entries(there).map(([name, member]) => [name.toLowerCase(), member]));
  const read = Object.entries(meant).map(([name, member]) => [
    name,
    typeof member === 'string' ? (anyCase.get(name.toLowerCase()) ?? '') : member,
  ]);
  return [meant, Object.fromEntries(read)];
}

/** The members of a request that may name something, however wrong they are. */
function plainMembers(value: unknown): Readonly<Record<string, unknown>> {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, member]) => ['string', 'number', 'boolean'].includes(typeof member)));
}

function parsed(body: string | Uint8Array | undefined): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

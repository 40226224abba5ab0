import fc from 'fast-check';
import type { Answer, Exchange } from '../answer.js';
import { Blocked } from '../blocked.js';
import type { AnyModel, Call, Command, Model } from '../models/model.js';
import type { Result } from '../outcome.js';
import type { Difference } from '../patterns/pattern.js';
import type { World } from '../world.js';

/** How long the explorers look. */
export interface Budget {
  /** How many sequences are tried. */
  readonly sequences: number;
  /** What the sequences are drawn from. */
  readonly seed: number;
}

/** How many sequences are tried to shorten one that fails. */
const shortenings = 250;

/** Sequences of commands of a model; most take but some of its verbs, or keep to few things, and so get farther with them. */
export function commandsOf({ verbs, longest }: AnyModel): fc.Arbitrary<readonly Command[]> {
  const command = fc.record({ verb: fc.nat(11), x: fc.nat(3), y: fc.nat(11) });
  const drawn = fc.tuple(
    fc.subarray([...verbs], { minLength: 2 }),
    fc.option(fc.nat(3), { freq: 2 }),
    fc.constantFrom(12, 3, 2, 1),
    fc.array(command, { minLength: 1, maxLength: longest, size: 'max' }),
  );
  return fc
    .noBias(drawn)
    .map(([own, only, few, commands]) =>
      commands.map(({ verb, x, y }) => ({ verb: own[verb % own.length] ?? '', x: only ?? x, y: y % few })),
    );
}

/** The call of a command, or of the next verb that makes sense where its own does not. */
export function callOf<S>(model: Model<S>, state: S, command: Command): Call | undefined {
  const first = model.verbs.indexOf(command.verb);
  for (let n = 0; n < model.verbs.length; n++) {
    const verb = model.verbs[(first + n) % model.verbs.length] ?? '';
    const call = model.call(state, { ...command, verb });
    if (call) return call;
  }
  return undefined;
}

/** What a search found: the shortest sequence that fails, if any does. */
export interface Explored {
  readonly result: Result;
  readonly evidence: readonly Exchange[];
  /** How many exchanges all sequences had. */
  readonly exchanges: number;
  readonly leftBehind: readonly string[];
}

/**
 * Drives a target and a model side by side with many sequences of calls, each in a world of its own. When the two
 * part, the sequence is shortened as far as they still do.
 */
export async function explore(model: AnyModel, world: () => World, { sequences, seed }: Budget): Promise<Explored> {
  let kept: Explored = { result: { kind: 'held' }, evidence: [], exchanges: 0, leftBehind: [] };
  let blocked: Blocked | undefined;
  let tries = 0;
  let exchanges = 0;
  const property = fc.asyncProperty(commandsOf(model), async (commands) => {
    if (blocked || (kept.result.kind === 'broken' && ++tries > shortenings)) return true;
    const own = world();
    let result: Result = { kind: 'held' };
    try {
      const { difference, calls } = await follow(model as unknown as Model, own, commands);
      if (difference) result = { kind: 'broken', differences: [difference], calls };
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      blocked = error;
    }
    const leftBehind = await own.undo();
    exchanges += own.evidence.length;
    if (result.kind === 'broken' || kept.result.kind === 'held')
      kept = {
        result,
        evidence: result.kind === 'held' ? [] : own.evidence,
        exchanges,
        leftBehind: [...new Set([...kept.leftBehind, ...leftBehind])],
      };
    return result.kind === 'held';
  });
  const { errorInstance } = await fc.check(property, { seed, numRuns: sequences });
  if (kept.result.kind === 'broken') return { ...kept, exchanges };
  if (blocked ?? errorInstance) throw blocked ?? errorInstance;
  return kept;
}

/** Follows a sequence as long as the target stays with the model; the state in the end, and where the two parted. */
export async function follow<S>(
  model: Model<S>,
  world: World,
  commands: readonly Command[],
): Promise<{ readonly state: S; readonly calls: number; readonly difference?: Difference }> {
  world.step = 'given';
  let state = (await model.start(world)) as S;
  world.step = 'act';
  let calls = 0;
  for (const command of commands) {
    const call = callOf(model, state, command);
    if (!call) continue;
    calls++;
    const step = judged(model, state, call, await world.call(call.op, call.input as never));
    if ('broken' in step)
      return { state, calls, difference: { ...step.broken, at: `call ${calls} of the sequence, ${step.broken.at}` } };
    state = step.state;
  }
  return { state, calls };
}

/** What an answer makes of a state, answers against their schema and none at all included. */
export function judged<S>(model: Model<S>, state: S, call: Call, answer: Answer): ReturnType<Model<S>['after']> {
  if (answer.outcome === 'broken') {
    if (answer.unreachable) throw new Blocked(answer.problem, { unreachable: true });
    return { broken: { at: call.op, wanted: 'an answer', got: answer.problem } };
  }
  const [problem] = answer.problems;
  return problem === undefined
    ? model.after(state, call, answer)
    : { broken: { at: call.op, wanted: 'an answer as the definition says', got: problem } };
}

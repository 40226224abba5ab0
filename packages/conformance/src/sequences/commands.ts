import fc from 'fast-check';
import type { AnyModel, Call, Command, Model } from '../models/model.js';

/** What the commands of a sequence keep to: those that keep to few things get farther with them. */
interface Manner {
  /** Some verbs, some of them twice: each sequence has other favourites. */
  readonly verbs: readonly string[];
  readonly things: readonly number[];
  /** How many parts of its things a sequence is about. */
  readonly parts: number;
}

interface RawCommand {
  readonly verb: number;
  readonly x: number;
  readonly y: number;
}

/** What several clients do. */
export interface Plan {
  /** What comes before, one call after the other. */
  readonly before: readonly Command[];
  /** What each of them does while the others do theirs. */
  readonly atOnce: readonly (readonly Command[])[];
}

/** Sequences of commands of a model; they are long, since what fails is shortened. */
export function commandsOf(model: AnyModel): fc.Arbitrary<readonly Command[]> {
  const manner = mannerOf(model, { things: [1, 2, 12], parts: [12, 3, 2, 1] });
  const commands = rawCommands(Math.min(30, model.longest), model.longest);
  return fc.noBias(fc.tuple(manner, commands).map(([own, raw]) => inManner(own, raw)));
}

/** Plans in which all clients keep to the same few things, so that they meet. */
export function plansOf(model: AnyModel, clients: number, each: number): fc.Arbitrary<Plan> {
  const manner = mannerOf(model, { things: [1, 2], parts: [12, 2, 1] });
  const atOnce = fc.array(rawCommands(each, each), { minLength: clients, maxLength: clients });
  return fc.noBias(
    fc.tuple(manner, rawCommands(0, 6), atOnce).map(([common, before, all]) => ({
      before: inManner(common, before),
      atOnce: all.map((raw) => inManner(common, raw)),
    })),
  );
}

/** A call that a command became, and by which verb. */
export interface Taken {
  readonly call: Call;
  readonly command: Command;
}

/** The call of a command, or of the next verb that makes sense where its own does not. */
export function callOf<S>(model: Model<S>, state: S, command: Command): Taken | undefined {
  const first = model.verbs.indexOf(command.verb);
  for (let n = 0; n < model.verbs.length; n++) {
    const verb = model.verbs[(first + n) % model.verbs.length] ?? '';
    const call = model.call(state, { ...command, verb });
    if (call) return { call, command: { ...command, verb } };
  }
  return undefined;
}

function mannerOf(
  { verbs }: AnyModel,
  { things, parts }: { readonly things: readonly number[]; readonly parts: readonly number[] },
): fc.Arbitrary<Manner> {
  return fc.record({
    verbs: fc.subarray([...verbs, ...verbs], { minLength: 2, maxLength: 12 }),
    things: fc.oneof(...things.map((count) => fc.array(fc.nat(11), { minLength: count, maxLength: count }))),
    parts: fc.constantFrom(...parts),
  });
}

function rawCommands(minLength: number, maxLength: number): fc.Arbitrary<readonly RawCommand[]> {
  const command = fc.record({ verb: fc.nat(11), x: fc.nat(11), y: fc.nat(11) });
  return fc.array(command, { minLength, maxLength, size: 'max' });
}

function inManner({ verbs, things, parts }: Manner, commands: readonly RawCommand[]): readonly Command[] {
  return commands.map(({ verb, x, y }) => ({
    verb: verbs[verb % verbs.length] ?? '',
    x: things[x % things.length] ?? 0,
    y: y % parts,
  }));
}

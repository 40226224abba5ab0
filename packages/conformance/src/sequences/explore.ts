import fc from 'fast-check';
import type { Answer, Exchange } from '../answer.js';
import { asDefined } from '../as-defined.js';
import { Blocked } from '../blocked.js';
import type { AnyModel, Call, Command, Model } from '../models/model.js';
import type { Result } from '../outcome.js';
import type { Difference } from '../patterns/pattern.js';
import type { Settings } from '../settings.js';
import type { World } from '../world.js';
import { askingOnce } from './asking-once.js';
import { callOf, commandsOf, type Taken } from './commands.js';
import type { Answered } from './linearize.js';
import { shortened } from './shortened.js';

/** How long the explorers look. */
export interface Budget {
  /** How many sequences are tried. */
  readonly sequences: number;
  /** What the sequences are drawn from. */
  readonly seed: number;
}

/** What a search found: the shortest sequence that fails, if any does. */
export interface Explored {
  readonly result: Result;
  readonly evidence: readonly Exchange[];
  /** How many exchanges all sequences had. */
  readonly exchanges: number;
  readonly leftBehind: readonly string[];
}

/** Makes a world for one sequence, with the settings of the run or others. */
export type WorldMaker = (other?: Partial<Settings>) => World;

/** A sequence that was followed in a world of its own. */
interface Tried extends Followed<unknown> {
  readonly evidence: readonly Exchange[];
  /** Whether networks had their pools from an IPAM driver. */
  readonly isComposed: boolean;
  /** Whether the target refused nothing. */
  readonly isServed: boolean;
  /** How many exchanges it took, but for those that undid it. */
  readonly size: number;
}

/**
 * Drives a target and a model side by side with many sequences of calls, each in a world of its own. When the two
 * part, commands are left out of the sequence as long as they still do.
 */
export async function explore(model: AnyModel, world: WorldMaker, { sequences, seed }: Budget): Promise<Explored> {
  const leftBehind = new Set<string>();
  let exchanges = 0;
  const attempt = async (commands: readonly Command[], way: Way): Promise<Tried> => {
    const own = world(way.isWithoutIpam ? { ipam: 'engine' } : {});
    try {
      const followed = await follow(model as unknown as Model, own, commands, way);
      const isComposed = own.settings.ipam === 'composed';
      const isServed = own.refused.size === 0;
      return { ...followed, evidence: own.evidence, isComposed, isServed, size: own.evidence.length };
    } finally {
      for (const line of await own.undo()) leftBehind.add(line);
      exchanges += own.exchanges();
    }
  };
  let failed: Tried | undefined;
  const fails = (way: Way) => async (commands: readonly Command[]) => {
    const tried = await attempt(commands, way);
    if (tried.difference && tried.size <= (failed?.size ?? Number.POSITIVE_INFINITY)) failed = tried;
    return tried.difference && tried.taken;
  };
  const property = fc.asyncProperty(commandsOf(model), async (commands) => !(await fails({})(commands)));
  const { errorInstance } = await fc.check(property, { seed, numRuns: sequences, endOnFailure: true });
  if (!failed && errorInstance) throw errorInstance;
  // What failed has failed, even if the target goes away while it is shortened.
  if (failed) await shorten(model, failed, { attempt, fails }).catch(() => undefined);
  return { ...resultOf(failed), exchanges, leftBehind: [...leftBehind] };
}

/** How a sequence is tried while it is shortened. */
interface Trial {
  readonly attempt: (commands: readonly Command[], way: Way) => Promise<Tried>;
  readonly fails: (way: Way) => (commands: readonly Command[]) => Promise<readonly Command[] | undefined>;
}

/** Leaves out what a sequence starts with, too, where commands can make that, and the IPAM driver where it has no part. */
async function shorten(
  { opening, verbs, withoutIpam }: AnyModel,
  { taken, isComposed }: Tried,
  { attempt, fails }: Trial,
): Promise<void> {
  const exact: Way = { isExact: true };
  const bare: Way = { ...exact, isBare: true };
  const alone: Way = { ...bare, isWithoutIpam: true };
  const othersOf = (command: Command) =>
    [...new Set(verbs)].filter((verb) => verb !== command.verb).map((verb) => ({ ...command, verb }));
  const doesWithout = isComposed && withoutIpam && (await attempt(withoutIpam, alone)).isServed;
  for (const way of doesWithout ? [alone, bare] : [bare]) {
    const all = await fails(way)([...opening, ...taken]);
    if (all) return void (await shortened(all, fails(way), othersOf));
  }
  await shortened(taken, fails(exact), othersOf);
}

function resultOf(failed: Tried | undefined): Pick<Explored, 'result' | 'evidence'> {
  if (!failed?.difference) return { result: { kind: 'held' }, evidence: [] };
  const { difference, size, evidence } = failed;
  return { result: { kind: 'broken', differences: [difference], calls: size }, evidence };
}

/** A sequence that was followed. */
export interface Followed<S> {
  readonly state: S;
  /** The commands that became calls, with the verbs by which they did. */
  readonly taken: readonly Command[];
  readonly heard: readonly Answered[];
  /** Where target and model parted. */
  readonly difference?: Difference;
}

/** How a sequence is followed. */
export interface Way {
  /** Whether commands make even what the sequence starts with. */
  readonly isBare?: boolean;
  /** Whether a command that makes no sense is left out, instead of becoming another one. */
  readonly isExact?: boolean;
  /** Whether the suite chooses the pools and addresses of networks, and no IPAM driver is asked. */
  readonly isWithoutIpam?: boolean;
  /** The commands that come after it. */
  readonly later?: readonly Command[];
}

/** Follows a sequence as long as the target stays with the model. */
export async function follow<S>(
  model: Model<S>,
  world: World,
  commands: readonly Command[],
  { isBare = false, isExact = false, later = [] }: Way = {},
): Promise<Followed<S>> {
  const asking = askingOnce(world);
  world.step = 'given';
  let state = (await model.start(asking, { commands: [...commands, ...later], first: !isBare })) as S;
  world.step = 'act';
  const taken: Command[] = [];
  const heard: Answered[] = [];
  for (const command of commands) {
    const next = isExact ? exactly(model, state, command) : callOf(model, state, command);
    if (!next) continue;
    if (model.prepare) state = await model.prepare(asking, state, next.call);
    const call = model.call(state, next.command);
    if (!call) continue;
    taken.push(next.command);
    const answer = await world.call(call.op, call.input as never);
    const step = judged(model, state, call, answer);
    if ('broken' in step) {
      const at = `call ${taken.length} of the sequence, ${step.broken.at}`;
      return { state, taken, heard, difference: { ...step.broken, at } };
    }
    if (answer.outcome !== 'broken') heard.push({ call, answer, known: state });
    state = step.state;
  }
  return { state, taken, heard };
}

function exactly<S>(model: Model<S>, state: S, command: Command): Taken | undefined {
  const call = model.call(state, command);
  return call && { call, command };
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
    : { broken: { at: call.op, wanted: asDefined, got: problem } };
}

import { clauseOf, type OperationId } from '@opencnm/spec';
import type { Answer, Exchange } from './answer.js';
import { Blocked } from './blocked.js';
import type { Caller } from './caller/caller.js';
import type { Asked, Check } from './check.js';
import { type Draw, drawing, drawingOfSequence } from './draw.js';
import { evaluate, isClosed } from './evaluate.js';
import { claimOf, type Feature, mayLack } from './feature.js';
import type { AnyModel } from './models/model.js';
import type { Outcome, Result } from './outcome.js';
import type { Difference } from './patterns/pattern.js';
import { explore } from './sequences/explore.js';
import { race } from './sequences/race.js';
import type { Settings } from './settings.js';
import { silenceAfterClose } from './silence-after-close.js';
import { sendSpoilt } from './spoilt/send-spoilt.js';
import { deathIn } from './survival.js';
import { type World, worldOf } from './world.js';

/** What every check of a run shares. */
export interface Bench {
  readonly caller: Caller;
  readonly settings: Settings;
  readonly features: ReadonlySet<Feature>;
  /** The call that the target refuses though nothing is special about it; none where it has no such call. */
  readonly refused?: OperationId;
  readonly seed: number;
  /** How many sequences each check of sequences tries. */
  readonly budget: number;
  /** How many checks run at once. */
  readonly jobs: number;
  /** Whether the evidence of checks that held is kept, too. */
  readonly keepsEvidence: boolean;
}

/** Runs one check at a place of the plan, and undoes what it made; never throws. */
export async function runCheck(check: Check, place: number, bench: Bench): Promise<Outcome> {
  const started = performance.now();
  const { id, clause, title } = check;
  const { face, level } = clauseOf(clause);
  const seen = await look(check, place, bench);
  return { id, clause, face, level, title, ...seen, ms: Math.round(performance.now() - started) };
}

type Looked = Pick<Outcome, 'result' | 'leftBehind' | 'evidence' | 'exchanges'>;

/** How many exchanges are kept of a check that did not hold: the last ones. */
const kept = 400;

async function look(check: Check, place: number, bench: Bench): Promise<Looked> {
  const { caller, settings, features, seed } = bench;
  const missing = check.needs.filter((feature) => !features.has(feature));
  if (missing.length > 0) {
    const reason = `the target does not have ${missing.join(', ')}`;
    return { result: { kind: 'not-applicable', reason }, leftBehind: [], evidence: [], exchanges: 0 };
  }
  const { act } = check;
  if (act.kind === 'sequences' || act.kind === 'histories') {
    const found = await searchWith(check, act.model, act.kind === 'sequences' ? explore : race, place, bench);
    return { ...found, result: await survived(check, found.result, found.evidence, bench) };
  }
  const own = worldOf(caller, drawing(seed, check.id, place), settings, features);
  const shown = unlessRefused(check, await perform(check, own).catch(thrown), own.refused, bench);
  const leftBehind = await own.undo();
  const result = await survived(check, shown, own.evidence, bench);
  const evidence = result.kind === 'held' && !bench.keepsEvidence ? [] : own.evidence.slice(-kept);
  return { result, leftBehind, evidence, exchanges: own.exchanges() };
}

/**
 * A check that fails where the target refused what it refuses from the start is blocked, and says nothing about what is
 * special in its call; a first check, of a call with nothing special, tells that it is refused.
 */
function unlessRefused({ stage }: Check, result: Result, said: World['refused'], { refused }: Bench): Result {
  const message = refused && said.get(refused);
  if (message === undefined || result.kind !== 'broken' || stage === 'first') return result;
  return { kind: 'blocked', reason: `${refused} was refused: ${message}` };
}

/** What a search found; where it was stopped, what the last of its worlds saw. */
async function searchWith(
  check: Check,
  model: AnyModel,
  search: typeof explore,
  place: number,
  bench: Bench,
): Promise<Looked> {
  const { caller, settings, features, seed, budget } = bench;
  let nth = 0;
  let last: World | undefined;
  const refused = new Map<OperationId, string>();
  const noteRefused = () => {
    for (const [op, message] of last?.refused ?? []) refused.set(op, message);
  };
  const world = (other: Partial<Settings> = {}) => {
    noteRefused();
    last = worldOf(caller, drawingOfSequence(seed, check.id, place, nth++), { ...settings, ...other }, features);
    return last;
  };
  try {
    const found = await search(model, world, { sequences: budget, seed });
    noteRefused();
    return { ...found, result: unlessRefused(check, found.result, refused, bench) };
  } catch (error) {
    const leftBehind = (await last?.undo()) ?? [];
    const evidence = last?.evidence ?? [];
    return { result: thrown(error), leftBehind, evidence: evidence.slice(-kept), exchanges: last?.exchanges() ?? 0 };
  }
}

/** The result of a check that the target did not survive; what is sent as it is, often wrong on purpose, has clauses of its own. */
async function survived({ act }: Check, result: Result, evidence: readonly Exchange[], bench: Bench): Promise<Result> {
  const isOdd = act.kind === 'spoilt' || act.kind === 'raw';
  const death = await deathIn(isOdd ? evidence.filter(({ step }) => step === 'given') : evidence, bench);
  if (!death) return result;
  const others = result.kind === 'broken' ? result.differences.slice(0, 9) : [];
  return { ...(result.kind === 'broken' ? result : {}), kind: 'broken', differences: [death, ...others], died: true };
}

async function perform(check: Check, world: World): Promise<Result> {
  const made: Record<string, unknown> = {};
  for (const [name, fixture] of Object.entries(check.given)) made[name] = await fixture(world, made);
  world.step = 'act';
  if (check.act.kind === 'spoilt') return spoil(check, check.act.input, made, world);
  const sent = await act(check, made, world);
  const answers = sent.map(({ answer }) => answer);
  const absent = answers.some(isMissing) ? absence(check, world.settings) : undefined;
  if (absent) return absent;
  const lost = answers.find((answer) => answer.outcome === 'broken' && answer.unreachable);
  if (lost?.outcome === 'broken') return { kind: 'error', reason: lost.problem };
  const differences = sent.flatMap(({ op, answer }, index) =>
    evaluate(check.expect(made as never), answer, sent.length > 1 ? `${op} (${index + 1} of ${sent.length})` : op),
  );
  if (differences.length > 0) return { kind: 'broken', differences: differences.slice(0, 10) };
  return finish(check, made, answers, world);
}

/** Either each spoilt request is answered, or the world is as it must be after all of them. */
async function spoil(
  check: Check,
  input: (made: never, draw: Draw) => unknown,
  made: Readonly<Record<string, unknown>>,
  world: World,
): Promise<Result> {
  const { sent, unanswered } = await sendSpoilt(check, () => input(made as never, world.draw), world);
  const postconditions = check.afterwards(made as never, undefined as never, world.draw);
  if (postconditions.length === 0)
    return unanswered.length > 0 ? { kind: 'broken', differences: unanswered.slice(0, 10) } : { kind: 'held' };
  const result = await finish(check, made, [], world);
  if (result.kind !== 'broken') return result;
  const at = (where: string) => `after ${sent} requests that were wrong, ${where}`;
  return { ...result, differences: result.differences.map((each) => ({ ...each, at: at(each.at) })) };
}

/** A call that was sent, and what an engine makes of its answer. */
interface Sent {
  readonly op: OperationId;
  readonly answer: Answer;
}

/** The act goes over a connection of its own: a close there is the act's, not an idle connection's end. */
async function act(
  { id, op, act }: Check,
  made: Readonly<Record<string, unknown>>,
  world: World,
): Promise<readonly Sent[]> {
  const sent = (answer: Answer): Sent => ({ op, answer });
  const { draw } = world;
  switch (act.kind) {
    case 'call':
      return [sent(await world.call(op, act.input(made as never, draw) as never, true))];
    case 'raw':
      return [sent(await world.raw(op, act.request(made as never, draw)))];
    case 'live':
      return [sent(await world.live(op, act.input(made as never, draw) as never, act.meanwhile(made as never, draw)))];
    case 'burst':
      return Promise.all(
        act.inputs(made as never, draw).map(async (input) => sent(await world.call(op, input as never, true))),
      );
    case 'calls':
      return inARow(act.calls(made as never, draw), world);
    default:
      throw new Error(`${id} has no act of its own`);
  }
}

async function inARow(calls: readonly Asked[], world: World): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const { op, input } of calls) sent.push({ op, answer: await world.call(op, input as never, true) });
  return sent;
}

/** What must hold over all answers, and of the world afterwards. */
async function finish(
  check: Check,
  made: Readonly<Record<string, unknown>>,
  answers: readonly Answer[],
  world: World,
): Promise<Result> {
  const bodies = answers.map((answer) => (answer.outcome === 'broken' ? undefined : answer.body));
  const differences: Difference[] = check.together
    .filter(({ holds }) => !holds(bodies as never))
    .map(({ name }) => ({
      at: `the ${answers.length} answers together`,
      wanted: name,
      got: JSON.stringify(bodies).slice(0, 400),
    }));
  world.step = 'afterwards';
  let wasClosed = answers.some(isClosed);
  for (const { op, input, expect } of check.afterwards(made as never, bodies[0] as never, world.draw)) {
    const answer = await world.call(op, input as never, wasClosed || check.act.kind === 'spoilt');
    wasClosed ||= isClosed(answer);
    if (mayLack(op, world.settings) && isMissing(answer)) continue;
    differences.push(...evaluate(expect, answer, `afterwards, ${op}`));
  }
  if (wasClosed && differences.length === 0) differences.push(...(await silenceAfterClose(check.op, world)));
  return differences.length > 0 ? { kind: 'broken', differences: differences.slice(0, 10) } : { kind: 'held' };
}

/** What a 404 to the act means: nothing where the operation has to be served, but for the check itself. */
function absence({ op, optional }: Check, settings: Settings): Result | undefined {
  const claim = claimOf(op, settings);
  if (claim)
    return { kind: 'broken', differences: [{ at: op, wanted: `an answer, as ${claim} is claimed`, got: '404' }] };
  if (!optional || !mayLack(op, settings)) return undefined;
  return { kind: 'not-applicable', reason: `${op} is not implemented (404)` };
}

function isMissing(answer: Answer): boolean {
  return answer.outcome === 'refusal' && answer.status === 404;
}

function thrown(error: unknown): Result {
  if (!(error instanceof Blocked))
    return {
      kind: 'error',
      reason: `the suite has a fault: ${error instanceof Error ? error.message : String(error)}`,
    };
  if (error.unreachable) return { kind: 'error', reason: error.message };
  return error.notImplemented
    ? { kind: 'not-applicable', reason: error.message }
    : { kind: 'blocked', reason: error.message };
}

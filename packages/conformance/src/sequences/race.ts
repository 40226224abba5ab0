import fc from 'fast-check';
import type { AnyModel, Command, Model } from '../models/model.js';
import type { Result } from '../outcome.js';
import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import { type Budget, callOf, commandsOf, type Explored, follow, judged } from './explore.js';
import { type Event, linearize } from './linearize.js';

/** How many clients call at once. */
const clients = 4;

/** How many calls each of them makes. */
const callsEach = 4;

/** How many calls come before that, one after the other. */
const callsBefore = 6;

/**
 * Lets several clients call a target at once, many times, and asks of each history whether some order of its calls
 * explains the answers. Only a history that does not hold is kept as evidence: no two are alike.
 */
export async function race(model: AnyModel, world: () => World, { sequences, seed }: Budget): Promise<Explored> {
  const plans = fc.sample(fc.tuple(commandsOf(model), ...Array.from({ length: clients }, () => commandsOf(model))), {
    seed,
    numRuns: sequences,
  });
  const leftBehind: string[] = [];
  let exchanges = 0;
  for (const [before = [], ...atOnce] of plans) {
    const own = world();
    const result = await history(model as unknown as Model, own, before, atOnce);
    leftBehind.push(...(await own.undo()));
    exchanges += own.evidence.length;
    if (result.kind !== 'held') return { result, evidence: own.evidence, exchanges, leftBehind };
  }
  return { result: { kind: 'held' }, evidence: [], exchanges, leftBehind };
}

async function history(
  model: Model,
  world: World,
  before: readonly Command[],
  atOnce: readonly (readonly Command[])[],
): Promise<Result> {
  const first = await follow(model, world, before.slice(0, callsBefore));
  if (first.difference) return { kind: 'broken', differences: [first.difference] };
  const { events, lost } = await overlapping(model, world, first.state, atOnce);
  if (lost.length > 0) return { kind: 'broken', differences: lost };
  const outcome = linearize(model, first.state, events);
  if (outcome.kind === 'linearizable') return { kind: 'held' };
  if (outcome.kind === 'inconclusive')
    return { kind: 'inconclusive', reason: `${events.length} calls at once have more orders than could be tried` };
  return { kind: 'broken', differences: [outcome.difference, timeline(events)] };
}

/** Lets each client make its calls, one after the other; what broke off is lost. */
async function overlapping(
  model: Model,
  world: World,
  start: unknown,
  atOnce: readonly (readonly Command[])[],
): Promise<{ readonly events: readonly Event[]; readonly lost: readonly Difference[] }> {
  const events: Event[] = [];
  const lost: Difference[] = [];
  // What is known while the calls overlap only serves to choose the next ones; the search judges.
  let known = start;
  const client = async (commands: readonly Command[], n: number) => {
    for (const command of commands.slice(0, callsEach)) {
      const call = callOf(model, known, model.ofClient?.(command, n) ?? command);
      if (!call) continue;
      const from = performance.now();
      const answer = await world.call(call.op, call.input as never, true);
      const step = judged(model, known, call, answer);
      if (answer.outcome !== 'broken' && answer.problems.length === 0)
        events.push({ call, answer, start: from, end: performance.now() });
      else if ('broken' in step) lost.push(step.broken);
      if ('state' in step) known = step.state;
    }
  };
  await Promise.all(atOnce.map(client));
  return { events, lost };
}

/** The calls in the order of their beginning, with their times. */
function timeline(events: readonly Event[]): Difference {
  const zero = Math.min(...events.map(({ start }) => start));
  const lines = [...events]
    .sort((a, b) => a.start - b.start)
    .map(({ call, answer, start, end }) => {
      const times = `${(start - zero).toFixed(1)}–${(end - zero).toFixed(1)} ms`;
      return `${times} ${call.op} ${printed(call.input)} → ${answer.outcome === 'success' ? printed(answer.body) : 'a refusal'}`;
    });
  return { at: 'the calls at once', wanted: 'answers that some order of the calls explains', got: lines.join('; ') };
}

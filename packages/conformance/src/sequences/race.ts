import fc from 'fast-check';
import type { AnyModel, Command, Model } from '../models/model.js';
import type { Result } from '../outcome.js';
import type { Difference } from '../patterns/pattern.js';
import { printed } from '../patterns/printed.js';
import type { World } from '../world.js';
import { callOf, type Plan, plansOf } from './commands.js';
import { type Habits, habitsOf } from './crossed.js';
import { type Budget, type Explored, follow, judged, type WorldMaker } from './explore.js';
import { type Event, linearize } from './linearize.js';

/** How many clients call at once. */
const clients = 4;

/** How many calls each of them makes. */
const callsEach = 8;

/**
 * Lets several clients call a target at once, many times, and asks of each history whether some order of its calls
 * explains the answers. Only a history that does not hold is kept as evidence: no two are alike.
 */
export async function race(model: AnyModel, world: WorldMaker, { sequences, seed }: Budget): Promise<Explored> {
  const leftBehind = new Set<string>();
  let exchanges = 0;
  let kept: Pick<Explored, 'result' | 'evidence'> = { result: { kind: 'held' }, evidence: [] };
  const habits = habitsOf(model as unknown as Model);
  const property = fc.asyncProperty(plansOf(model, clients, callsEach), async (plan) => {
    const own = world();
    try {
      const result = await history(model as unknown as Model, own, plan, habits);
      if (result.kind !== 'held') kept = { result, evidence: own.evidence };
      return result.kind !== 'broken';
    } finally {
      for (const line of await own.undo()) leftBehind.add(line);
      exchanges += own.exchanges();
    }
  });
  const { errorInstance } = await fc.check(property, { seed, numRuns: sequences, endOnFailure: true });
  if (kept.result.kind !== 'broken' && errorInstance) throw errorInstance;
  return { ...kept, exchanges, leftBehind: [...leftBehind] };
}

async function history(model: Model, world: World, { before, atOnce }: Plan, habits: Habits): Promise<Result> {
  const later = atOnce.flatMap((commands, n) => commands.map((command) => model.ofClient?.(command, n) ?? command));
  const first = await follow(model, world, before, { later });
  if (first.difference) return { kind: 'broken', differences: [first.difference] };
  habits.note(first.heard);
  const { events, lost } = await overlapping(model, world, first.state, atOnce);
  if (lost.length > 0) return { kind: 'broken', differences: lost };
  const crossed = habits.crossed(events);
  if (crossed) return { kind: 'broken', differences: [crossed, timeline(events)] };
  const outcome = linearize(model, first.state, events);
  if (outcome.kind === 'linearizable') return { kind: 'held' };
  if (outcome.kind === 'inconclusive')
    return { kind: 'inconclusive', reason: `${events.length} calls at once have more orders than could be tried` };
  // What no order explains is wrong anyway: here it only gets its name.
  const named = habits.crossed(outcome.events, 0) ?? outcome.difference;
  return { kind: 'broken', differences: [named, timeline(outcome.events)] };
}

/** What came of calls at once. */
interface Overlapped {
  readonly events: readonly Event[];
  /** Calls without a whole answer. */
  readonly lost: readonly Difference[];
}

/** Lets each client make its calls, one after the other; what broke off is lost. */
async function overlapping(
  model: Model,
  world: World,
  start: unknown,
  atOnce: readonly (readonly Command[])[],
): Promise<Overlapped> {
  const events: Event[] = [];
  const lost: Difference[] = [];
  // What is known while the calls overlap is but a guess: it serves to choose the next ones, and to name what is wrong.
  let known = start;
  const client = async (commands: readonly Command[], n: number) => {
    for (const command of commands) {
      const next = callOf(model, known, model.ofClient?.(command, n) ?? command);
      if (!next) continue;
      const { call } = next;
      const asked = { call, known, start: performance.now() };
      const answer = await world.call(call.op, call.input as never);
      const step = judged(model, known, call, answer);
      if (answer.outcome !== 'broken' && answer.problems.length === 0)
        events.push({ ...asked, answer, end: performance.now() });
      else if ('broken' in step) lost.push(step.broken);
      // From here on this client would call without knowing what is there.
      if ('broken' in step) return;
      known = step.state;
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

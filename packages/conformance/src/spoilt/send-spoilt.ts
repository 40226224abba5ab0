import { operation, type SchemaName, schemas } from '@opencnm/spec';
import type { Check } from '../check.js';
import { isClosed } from '../evaluate.js';
import type { Difference } from '../patterns/pattern.js';
import type { World } from '../world.js';
import { spoiltBodies } from './spoilt-bodies.js';

/** After so many requests that hang the rest is not sent: each of them costs the whole time of an answer. */
const patience = 5;

/** Sends every way of spoiling a request, each on a connection of its own; the requests that had no answer. */
export async function sendSpoilt(
  { op }: Check,
  make: () => unknown,
  world: World,
): Promise<{ readonly sent: number; readonly unanswered: readonly Difference[] }> {
  const schema = schemas[operation(op).request?.schema as SchemaName];
  const isEngine = operation(op).face === 'engine';
  const good = () => {
    const input = make();
    return isEngine ? (input as { readonly body: unknown }).body : input;
  };
  const at = isEngine ? placeOf(make() as { readonly body: unknown }) : {};
  const unanswered: Difference[] = [];
  let sent = 0;
  let silent = 0;
  for (const { name, body } of spoiltBodies(schema, good)) {
    const answer = await world.raw(op, { body, ...at }, good());
    sent++;
    if (answer.wire || answer.outcome !== 'broken') continue;
    unanswered.push({ at: `${op}, where ${name}`, wanted: 'an error or a success', got: answer.problem });
    if (!isClosed(answer) && ++silent >= patience) break;
  }
  return { sent, unanswered };
}

/** The parameters of a request's path. */
function placeOf({ body: _, ...at }: { readonly body: unknown }): { readonly at: Readonly<Record<string, string>> } {
  return { at };
}

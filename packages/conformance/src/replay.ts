import { type OperationId, operations } from '@opencnm/spec';
import type { Exchange } from './answer.js';
import { addressOf } from './caller/address.js';
import { driverAnswer } from './caller/driver-caller.js';
import { engineAnswer } from './caller/engine-caller.js';
import { evidenceOf } from './caller/evidence.js';
import { type Received, type Transport, transportTo, type Wire } from './caller/exchange.js';
import { type NewNames, newNames } from './new-names.js';
import { Untestable } from './untestable.js';
import { UsageError } from './usage-error.js';

/** A recorded exchange and the one that its request led to now. */
export interface Replayed {
  readonly before: Exchange;
  readonly now: Exchange;
  /** Whether an engine or a client would make the same of both: the status, and whether it is a refusal. */
  readonly isSame: boolean;
}

/** Where and how exchanges are sent again. */
export interface ReplayOptions {
  readonly target: string;
  /** Where the run was: elsewhere the Host header is another. */
  readonly ranAt: string;
  readonly timeoutMs: number;
  readonly certFolder?: string;
}

/**
 * Sends the requests of recorded exchanges again, in their order, byte for byte but for names that the target made
 * anew; throws UsageError for one that cannot be sent, Untestable where the target cannot be reached.
 */
export async function replay(exchanges: readonly Exchange[], options: ReplayOptions): Promise<readonly Replayed[]> {
  const address = addressOf(options.target, options.certFolder);
  const names = newNames();
  const host = address.isUnix || options.target === options.ranAt ? undefined : address.host;
  const wires = exchanges.map(
    (exchange, index) => () => wireOf(exchange, index, names, exchange.url === undefined ? host : undefined),
  );
  for (const wire of wires) wire();
  const transports = transportsOf(exchanges, options);
  const replayed: Replayed[] = [];
  try {
    for (const [index, before] of exchanges.entries()) {
      const wire = wires[index]?.() as Wire;
      const { url = options.target } = before;
      const received = await send(transports.get(url) as Transport, wire, before, index);
      if ('failure' in received && received.unreachable)
        throw new Untestable(`${url} cannot be reached: ${received.failure}; is it running?`);
      const now = { ...evidenceOf(before.operation, wire, received), step: before.step };
      if ((now.response?.status ?? 500) < 400) names.learn(before.response?.body ?? '', now.response?.body ?? '');
      replayed.push({ before, now, isSame: outcomeOf(before) === outcomeOf(now) });
    }
  } finally {
    for (const transport of transports.values()) transport.close();
  }
  return replayed;
}

/** One transport for each place that exchanges were sent to. */
function transportsOf(
  exchanges: readonly Exchange[],
  { target, timeoutMs, certFolder }: ReplayOptions,
): ReadonlyMap<string, Transport> {
  const urls = new Set(exchanges.map(({ url = target }) => url));
  return new Map([...urls].map((url) => [url, transportTo(addressOf(url, certFolder), timeoutMs)]));
}

/** The act of a check has a connection of its own, here as in a run. */
async function send(transport: Transport, wire: Wire, { step }: Exchange, index: number): Promise<Received> {
  try {
    return await transport.exchange(wire, { fresh: step === 'act' });
  } catch (error) {
    // Node refuses what an edited report may have: a line break in a header, a blank in a path.
    throw new UsageError(`request ${index + 1} of the report cannot be sent: ${(error as Error).message}`);
  }
}

function wireOf({ operation, request }: Exchange, index: number, names: NewNames, host: string | undefined): Wire {
  const { method, path, headers } = request;
  if (!Object.hasOwn(operations, operation))
    throw new UsageError(`request ${index + 1} of the report is of no operation: ${JSON.stringify(operation)}`);
  const kept = Buffer.byteLength(request.body);
  if (kept !== Number(headers['Content-Length'] ?? 0))
    throw new UsageError(
      `request ${index + 1} of the report cannot be sent: its body is longer than 16 KiB, or no text`,
    );
  const body = new TextEncoder().encode(names.inBody(request.body));
  return {
    method,
    path: names.inPath(path),
    headers: {
      ...headers,
      ...(headers['Host'] === undefined || host === undefined ? {} : { Host: host }),
      ...(headers['Content-Length'] === undefined ? {} : { 'Content-Length': String(body.length) }),
    },
    body,
  };
}

function outcomeOf({ operation, response }: Exchange): string {
  if (!response) return 'no answer';
  const received: Received = { ...response, body: new TextEncoder().encode(response.body), ms: 0 };
  const answer = (operation.includes('.') ? driverAnswer : engineAnswer)(operation as OperationId, received);
  return `${answer.outcome} ${response.status}`;
}

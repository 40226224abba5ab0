import { type Engine, type Operation, type OperationId, operationsOf } from '@opencnm/spec';
import type { Callable, CallOptions } from '../call-options.js';
import { CnmError } from '../cnm-error.js';
import type { Exchange, Outgoing } from '../transport/exchange.js';
import { engineAnswer } from './engine-answer.js';
import { engineRequest } from './engine-request.js';
import { jsonLines } from './json-lines.js';

/** How the calls of an engine travel. */
export interface EngineLink {
  readonly exchange: Exchange;
  /** Before every versioned path: `/v1.41`. */
  readonly base: string;
  readonly prefix: string;
  readonly timeoutMs: number;
}

type Row = Operation & { readonly id: OperationId };

/** The engine face over a connection: one method for each row of the table. */
export function engineFace(link: EngineLink): Callable<Engine> {
  const methods = operationsOf('engine').map((row) => [
    row.call,
    (...given: readonly unknown[]) => {
      const [input, options] = takesInput(row) ? given : [undefined, given[0]];
      const send = () => outgoing(row, input, (options ?? {}) as CallOptions, link);
      return isStream(row) ? follow(row, send, link) : call(row, send, link);
    },
  ]);
  return Object.fromEntries(methods) as Callable<Engine>;
}

function takesInput({ parameters, request }: Row): boolean {
  return parameters.length > 0 || request !== undefined;
}

function isStream({ responses }: Row): boolean {
  return Object.values(responses).some(({ stream }) => stream);
}

function outgoing(row: Row, input: unknown, { signal, timeoutMs }: CallOptions, link: EngineLink): Outgoing {
  const { path, ...request } = engineRequest(row.id, input, link.base);
  return { operation: row.id, ...request, path: link.prefix + path, signal, timeoutMs: timeoutMs ?? link.timeoutMs };
}

async function call(row: Row, send: () => Outgoing, { exchange }: EngineLink): Promise<unknown> {
  const { status, text } = await exchange.send(send());
  return engineAnswer(row, status, text);
}

/** Sends the request when iteration begins; ends, without throwing, when the caller's signal is aborted. */
function follow(row: Row, send: () => Outgoing, { exchange }: EngineLink): AsyncIterable<unknown> {
  async function* lines(): AsyncGenerator<unknown> {
    try {
      const answer = await exchange.open(send());
      if ('text' in answer) engineAnswer(row, answer.status, answer.text);
      else yield* jsonLines(row.id, answer.stream);
    } catch (error) {
      if (!(error instanceof CnmError) || error.code !== 'aborted') throw error;
    }
  }
  return { [Symbol.asyncIterator]: lines };
}

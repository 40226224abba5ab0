import type { OperationId } from '@opencnm/spec';
import type { Answer, Exchange } from '../answer.js';
import type { RawRequest } from '../check.js';
import type { How } from './exchange.js';

/** One exchange with the target: the evidence, and what an engine makes of it. */
export interface Called {
  readonly answer: Answer;
  readonly exchange: Exchange;
}

/** Speaks to a target as an engine (to drivers) or as a docker client (to engines) does; never throws for what the target does. */
export interface Caller {
  readonly call: (op: OperationId, input: unknown, how: How) => Promise<Called>;
  readonly raw: (op: OperationId, request: RawRequest) => Promise<Called>;
  readonly close: () => void;
}

import type { OperationId } from '@opencnm/spec';
import type { Answer } from './answer.js';
import { isClosed } from './evaluate.js';
import { plainText } from './net.js';

type Json = Readonly<Record<string, unknown>>;

interface Inverse {
  readonly key: string;
  readonly op: OperationId;
  readonly input: unknown;
  /** True where the call may have made nothing, so that there is nothing to undo. */
  readonly isDoubtful?: boolean;
}

/** Remembers what calls made and how to undo it. */
export interface Ledger {
  readonly record: (op: OperationId, input: unknown, answer: Answer, isDoubtful?: boolean) => void;
  /** Records a call that asked again for what was made: there is nothing more to undo than before. */
  readonly recordAgain: (op: OperationId, input: unknown, answer: Answer) => void;
  /** Records a call whose answer was lost: what it makes or undoes may be there, or not. */
  readonly recordLost: (op: OperationId, input: unknown, answer: Answer) => void;
  readonly undo: (call: (op: OperationId, input: unknown) => Promise<Answer>) => Promise<readonly string[]>;
}

/** After so many calls in a row without an answer the rest is left. */
const patience = 3;

/** For each call that makes something: what undoes it, from its input and its answer. */
const makes: Readonly<Record<string, (input: Json, body: Json) => Inverse | undefined>> = {
  'NetworkDriver.CreateNetwork': ({ NetworkID }) => of('network', 'NetworkDriver.DeleteNetwork', { NetworkID }),
  'NetworkDriver.AllocateNetwork': ({ NetworkID }) => of('allocation', 'NetworkDriver.FreeNetwork', { NetworkID }),
  'NetworkDriver.CreateEndpoint': ({ NetworkID, EndpointID }) =>
    of('endpoint', 'NetworkDriver.DeleteEndpoint', { NetworkID, EndpointID }),
  'NetworkDriver.Join': ({ NetworkID, EndpointID }) => of('join', 'NetworkDriver.Leave', { NetworkID, EndpointID }),
  'IpamDriver.RequestPool': (_, { PoolID }) =>
    typeof PoolID === 'string' ? of('pool', 'IpamDriver.ReleasePool', { PoolID }) : undefined,
  // What was asked for by name is known even when the answer was lost.
  'IpamDriver.RequestAddress': ({ PoolID, Options, Address: name }, { Address = name }) =>
    typeof Address === 'string' && Address !== ''
      ? {
          ...of('address', 'IpamDriver.ReleaseAddress', { PoolID, Address: plainText(Address.split('/')[0] ?? '') }),
          // A gateway may be one for all networks of its pool: a driver that keeps it loses nothing.
          isDoubtful: Boolean((Options as Json | null | undefined)?.['RequestAddressType']),
        }
      : undefined,
  NetworkCreate: (_, { Id }) => (typeof Id === 'string' ? of('network', 'NetworkDelete', { id: Id }) : undefined),
  ContainerCreate: (_, { Id }) =>
    typeof Id === 'string' ? of('container', 'ContainerDelete', { id: Id, force: true }) : undefined,
};

const undoes: Readonly<Record<string, string>> = {
  'NetworkDriver.DeleteNetwork': 'network',
  'NetworkDriver.FreeNetwork': 'allocation',
  'NetworkDriver.DeleteEndpoint': 'endpoint',
  'NetworkDriver.Leave': 'join',
  'IpamDriver.ReleasePool': 'pool',
  'IpamDriver.ReleaseAddress': 'address',
  NetworkDelete: 'network',
  ContainerDelete: 'container',
};

/** An empty ledger. */
export function undoLedger(): Ledger {
  const made: Inverse[] = [];
  const ledger: Ledger = {
    recordAgain(op, input, answer) {
      const before = new Set(made.map(({ key }) => key));
      const { length } = made;
      ledger.record(op, input, answer);
      if (made.length > length && before.has(made.at(-1)?.key ?? '')) made.pop();
    },
    record(op, input, answer, isDoubtful = false) {
      if (answer.outcome === 'refusal' || typeof input !== 'object' || (input === null && makes[op])) return;
      const members = (input ?? {}) as Json;
      const inverse = makes[op]?.(members, (answer.outcome === 'success' ? (answer.body ?? {}) : {}) as Json);
      const mayBeNothing = isDoubtful || answer.outcome === 'broken' || inverse?.isDoubtful === true;
      if (inverse) made.push({ ...inverse, isDoubtful: mayBeNothing });
      if (answer.outcome === 'success' && !isDoubtful) forget(made, op, members);
    },
    recordLost(op, input, answer) {
      ledger.record(op, input, answer, true);
      const kind = undoes[op];
      const key = kind && keyOf(kind, input as Json);
      for (const [index, entry] of made.entries()) if (entry.key === key) made[index] = { ...entry, isDoubtful: true };
    },
    async undo(call) {
      const left: string[] = [];
      const refused: Inverse[] = [];
      // A thing that was made twice, for instance an address of a pool that came back, may be there but once.
      const gone = new Set<string>();
      let silent = 0;
      for (const inverse of made.splice(0).reverse()) {
        const { key, op, input, isDoubtful } = inverse;
        if (silent >= patience) {
          left.push(`${op} ${JSON.stringify(input)}: not tried, the target answers no more`);
          continue;
        }
        const answer = await call(op, input);
        silent = answer.outcome === 'broken' && !isClosed(answer) ? silent + 1 : 0;
        if (isDoubtful) continue;
        if (answer.outcome === 'success') gone.add(key);
        else if (!isNo(answer)) left.push(toldOf(op, input, answer));
        else if (!gone.has(key) && !isGone(op, answer)) refused.push(inverse);
      }
      // What is in use by a thing that was undone later is free by now, as a pool with an address is.
      for (const { op, input } of refused) {
        const answer = await call(op, input);
        if (answer.outcome === 'success' || isGone(op, answer)) continue;
        left.push(toldOf(op, input, answer));
      }
      return left;
    },
  };
  return ledger;
}

/** An engine's 404 says that the thing is gone already. */
function isGone(op: string, { status }: Answer): boolean {
  return status === 404 && !op.includes('.');
}

function toldOf(op: OperationId, input: unknown, answer: Exclude<Answer, { readonly outcome: 'success' }>): string {
  return `${op} ${JSON.stringify(input)}: ${'problem' in answer ? answer.problem : answer.message}`;
}

/** A refusal, or a connection that was closed instead. */
function isNo(answer: Answer): boolean {
  return answer.outcome === 'refusal' || isClosed(answer);
}

function of(kind: string, op: string, input: Json): Inverse {
  return { key: keyOf(kind, input), op: op as OperationId, input };
}

/** A call that undoes something takes the newest entry of that thing off the ledger. */
function forget(made: Inverse[], op: string, input: Json): void {
  const kind = undoes[op];
  if (!kind) return;
  const key = keyOf(kind, input);
  const index = made.findLastIndex((entry) => entry.key === key);
  if (index >= 0) made.splice(index, 1);
  // Engines delete endpoints that never left; a driver may refuse the Leave that comes after.
  if (op === 'NetworkDriver.DeleteEndpoint') forget(made, 'NetworkDriver.Leave', input);
  if (op === 'NetworkDriver.DeleteNetwork') doubt(made, 'NetworkID', input);
  if (op === 'IpamDriver.ReleasePool') doubt(made, 'PoolID', input);
}

/** A driver may end endpoints with their network, and addresses with their pool, or keep them; engines end both. */
function doubt(made: Inverse[], name: 'NetworkID' | 'PoolID', input: Json): void {
  for (const [index, entry] of made.entries())
    if ((entry.input as Json)[name] === input[name] && entry.op !== 'IpamDriver.ReleasePool')
      made[index] = { ...entry, isDoubtful: true };
}

function keyOf(kind: string, input: Json): string {
  const { force: _, ...rest } = input;
  return `${kind} ${JSON.stringify(Object.entries(rest).sort())}`;
}

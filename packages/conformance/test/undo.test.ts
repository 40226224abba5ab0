import type { OperationId } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/answer.js';
import { undoLedger } from '../src/undo.js';

const success = { outcome: 'success', status: 200, body: {}, problems: [] } as unknown as Answer;
const refusal = { outcome: 'refusal', status: 500, message: 'not there', problems: [] } as unknown as Answer;
const NetworkID = 'n';
const ids = { NetworkID, EndpointID: 'e' };

describe('undoing', () => {
  it('takes back what was made, the newest first', async () => {
    expect(
      await undone([
        ['CreateNetwork', { NetworkID }],
        ['CreateEndpoint', ids],
        ['Join', ids],
      ]),
    ).toEqual({
      calls: ['Leave', 'DeleteEndpoint', 'DeleteNetwork'],
      left: [],
    });
  });

  it('tells what was not taken back', async () => {
    const { left } = await undone([['CreateNetwork', { NetworkID }]], refusal);
    expect(left).toEqual(['NetworkDriver.DeleteNetwork {"NetworkID":"n"}: not there']);
  });

  it('tells of no endpoint whose end had no answer, but deletes it', async () => {
    const cut: Answer = { outcome: 'broken', problem: 'cut', unreachable: false };
    const calls: OperationId[] = [];
    const ledger = undoLedger();
    ledger.record('NetworkDriver.CreateEndpoint', ids, success);
    ledger.recordLost('NetworkDriver.DeleteEndpoint', ids, cut);
    const left = await ledger.undo(async (op) => {
      calls.push(op);
      return refusal;
    });
    expect({ calls, left }).toEqual({ calls: ['NetworkDriver.DeleteEndpoint'], left: [] });
  });

  it('tells of no endpoint whose network was deleted, but deletes it', async () => {
    const made = ['CreateNetwork', 'CreateEndpoint', 'DeleteNetwork'] as const;
    expect(
      await undone(
        made.map((method) => [method, method.endsWith('Network') ? { NetworkID } : ids]),
        refusal,
      ),
    ).toEqual({
      calls: ['DeleteEndpoint'],
      left: [],
    });
  });
});

describe('what is asked for again', () => {
  const pool = (PoolID: string): Answer => ({ ...success, body: { PoolID } }) as unknown as Answer;

  it('is undone once', async () => {
    const ledger = undoLedger();
    ledger.record('IpamDriver.RequestPool', {}, pool('p'));
    ledger.recordAgain('IpamDriver.RequestPool', {}, pool('p'));
    ledger.record('IpamDriver.ReleasePool', { PoolID: 'p' }, success);
    expect(await ledger.undo(async () => refusal)).toEqual([]);
  });

  it('is undone, too, where it is another thing', async () => {
    const ledger = undoLedger();
    ledger.record('IpamDriver.RequestPool', {}, pool('p'));
    ledger.recordAgain('IpamDriver.RequestPool', {}, pool('q'));
    const released: unknown[] = [];
    await ledger.undo(async (_, input) => {
      released.push(input);
      return success;
    });
    expect(released).toEqual([{ PoolID: 'q' }, { PoolID: 'p' }]);
  });
});

/** What undoing calls after some calls that succeeded, and what it tells when each of its calls has one answer. */
async function undone(made: readonly (readonly [string, object])[], answer = success) {
  const ledger = undoLedger();
  for (const [method, input] of made) ledger.record(`NetworkDriver.${method}` as OperationId, input, success);
  const calls: string[] = [];
  const left = await ledger.undo(async (op) => {
    calls.push(op.slice('NetworkDriver.'.length));
    return answer;
  });
  return { calls, left };
}

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultId, faultOf, faults } from '@opencnm/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../src/index.js';
import type { Call, Heard } from '../src/models/model.js';
import { script } from '../src/reports/script.js';
import { type Event, linearize } from '../src/sequences/linearize.js';
import { type OnMock, onMock } from './on-mock.js';

let target: OnMock;
let folder: string;
beforeAll(async () => {
  target = await onMock();
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
});
afterAll(async () => {
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});

const ofClause = (clause: string) => checks.filter((check) => check.clause === clause);
const sequenceFaults = (Object.keys(faults) as FaultId[]).filter((id) => id.includes('.sequence.any-order#'));
const lengths: number[] = [];

/** Runs a script; how it ended. */
function sh(file: string): Promise<number | null> {
  return new Promise((resolve) => {
    spawn('sh', [file], { stdio: 'ignore' }).on('close', resolve);
  });
}

describe.each(sequenceFaults.map((id) => [id] as const))('%s', (id) => {
  it('fails in a short sequence, whose script fails again on a fresh target and not on a good one', async () => {
    target.mock.reset([id]);
    const report = await target.run(ofClause(faultOf(id).clause));
    const [row] = report.judged;
    if (row?.result.kind !== 'broken') throw new Error(`${id} was not found: ${row?.verdict} ${row?.reason}`);
    lengths.push(row.result.calls ?? Number.NaN);
    const file = join(folder, 'sequence.sh');
    writeFileSync(file, script(row, report));
    target.mock.reset([id]);
    expect(await sh(file)).toBe(1);
    target.mock.reset();
    expect(await sh(file)).toBe(0);
  });
});

it('shortens failing sequences to 6 calls or fewer in the median', () => {
  expect(lengths).toHaveLength(sequenceFaults.length);
  expect(lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(6);
});

describe('a search', () => {
  it('finds the same sequence again with its seed', async () => {
    const own = ofClause('ipam-driver.sequence.any-order');
    const run = async () => {
      target.mock.reset(['ipam-driver.sequence.any-order#second-grant-forgets']);
      return (await target.run(own, { seed: 5 })).judged.map(({ reason, evidence }) => [reason, evidence.length]);
    };
    expect(await run()).toEqual(await run());
  });

  it('looks as long as its budget allows', async () => {
    const own = ofClause('network-driver.sequence.any-order');
    const verdicts = async (budget: number) => {
      target.mock.reset(['network-driver.sequence.any-order#third-life-refused']);
      return (await target.run(own, { budget })).judged.map(({ verdict }) => verdict);
    };
    expect(await verdicts(1)).toEqual(['pass']);
    expect(await verdicts(100)).toEqual(['fail']);
  });

  it('never blames a good target, whatever the seed', async () => {
    const own = checks.filter(({ clause }) => clause.includes('-driver.sequence.'));
    for (let seed = 100; seed < 102; seed++) {
      target.mock.reset();
      const { judged } = await target.run(own, { seed });
      expect(judged.map(({ verdict, reason }) => ({ verdict, reason }))).toEqual(
        own.map(() => ({ verdict: 'pass', reason: '' })),
      );
    }
  });

  it('blocks where the target refuses what every sequence starts with', async () => {
    target.mock.reset([
      'ipam-driver.request-pool.null-options#refuses',
      'ipam-driver.request-pool.null-options#refuses-dynamic',
    ]);
    const { judged } = await target.run(checks.filter(({ clause }) => clause.startsWith('ipam-driver.sequence.')));
    expect(judged.map(({ verdict, reason }) => [verdict, reason])).toEqual(
      judged.map(() => ['blocked', expect.stringContaining('IpamDriver.RequestPool was refused')]),
    );
  });

  it('blocks where the target refuses the pool that the user named', async () => {
    target.mock.reset(['ipam-driver.request-pool.null-options#refuses']);
    const own = checks.filter(({ clause }) => clause === 'ipam-driver.request-address.in-use');
    const { judged } = await target.run(own, { settings: { timeoutMs: 2_000, pool: '10.77.0.0/24' } });
    const verdicts = judged.map(({ verdict }) => verdict);
    expect(verdicts).toContain('blocked');
    expect(verdicts).not.toContain('not-applicable');
  });
});

/** A register: `write` sets it, `read` answers what it holds. */
const register = {
  after: (state: number, { op, input }: Call, answer: Heard) => {
    if (String(op) === 'write') return { state: Number(input) };
    return answer.body === state
      ? { state }
      : { broken: { at: 'read', wanted: String(state), got: String(answer.body) } };
  },
};

function event(op: string, value: number, start: number, end: number): Event {
  const answer: Heard = { outcome: 'success', status: 200, body: op === 'read' ? value : {}, problems: [] };
  return { call: { op: op as Call['op'], input: value }, answer, start, end };
}

describe('linearize', () => {
  it.each([
    [
      'a read that overlaps a write and sees the old value',
      [event('write', 1, 0, 5), event('read', 0, 1, 2)],
      'linearizable',
    ],
    [
      'a read that overlaps a write and sees the new value',
      [event('write', 1, 0, 5), event('read', 1, 1, 2)],
      'linearizable',
    ],
    [
      'a read after a write that sees the old value',
      [event('write', 1, 0, 1), event('read', 0, 2, 3)],
      'contradiction',
    ],
    [
      'two reads that see a write come and go',
      [event('write', 1, 0, 9), event('read', 1, 1, 2), event('read', 0, 3, 4)],
      'contradiction',
    ],
  ])('judges %s', (_, events, kind) => {
    expect(linearize(register, 0, events).kind).toBe(kind);
  });

  it('says what the order that got farthest broke', () => {
    const events = [event('write', 1, 0, 1), event('read', 0, 2, 3)];
    expect(linearize(register, 0, events)).toEqual({
      kind: 'contradiction',
      difference: { at: 'read', wanted: '1', got: '0' },
    });
  });

  it('is inconclusive, and no pass, when its budget runs out', () => {
    const events = Array.from({ length: 8 }, (_, n) => event('write', n, 0, 9));
    expect(linearize(register, 0, [...events, event('read', 99, 0, 9)], 100).kind).toBe('inconclusive');
  });
});

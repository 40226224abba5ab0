import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type FaultId, faultOf, faults } from '@opencnm/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../src/index.js';
import type { Call, Heard } from '../src/models/model.js';
import { script } from '../src/reports/script.js';
import { habitsOf } from '../src/sequences/crossed.js';
import { type Event, linearize } from '../src/sequences/linearize.js';
import { shortened } from '../src/sequences/shortened.js';
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
const faultsOf = (kind: 'any-order' | 'at-once') =>
  (Object.keys(faults) as FaultId[]).filter((id) => id.includes(`.sequence.${kind}#`));
const lengths: number[] = [];

/** What a failure of calls at once is called. */
const names: Readonly<Record<string, string>> = {
  'engine.sequence.at-once#create-lost': 'lost update|double allocation',
  'engine.sequence.at-once#subnet-twice': 'double allocation',
  'ipam-driver.sequence.at-once#answers-swapped': 'cross-talk',
  'ipam-driver.sequence.at-once#chosen-and-named': 'double allocation',
  'ipam-driver.sequence.at-once#chosen-twice': 'double allocation',
  'ipam-driver.sequence.at-once#named-twice': 'double allocation',
  'ipam-driver.sequence.at-once#release-lost': 'lost update',
  'network-driver.sequence.at-once#joins-swapped': 'cross-talk',
  'network-driver.sequence.at-once#leave-crossed': 'lost update',
  'network-driver.sequence.at-once#lost-endpoint': 'lost update',
  'network-driver.sequence.at-once#same-link': 'double allocation',
};

/** Runs a script as a user does; how it ended, and what it said last. */
function sh(file: string): Promise<readonly [number | null, string | undefined]> {
  return new Promise((resolve) => {
    const child = spawn('sh', [file], { stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += String(chunk);
    });
    child.on('close', (code) => resolve([code, out.trim().split('\n').at(-1)]));
  });
}

describe.each(faultsOf('any-order').map((id) => [id] as const))('%s', (id) => {
  it('fails in a short sequence, whose script fails again on a fresh target and not on a good one', async () => {
    target.mock.reset([id]);
    const report = await target.run(ofClause(faultOf(id).clause));
    const [row] = report.judged;
    if (row?.result.kind !== 'broken') throw new Error(`${id} was not found: ${row?.verdict} ${row?.reason}`);
    const printed = script(row, report);
    lengths.push(printed.match(/curl /g)?.length ?? Number.NaN);
    const file = join(folder, 'sequence.sh');
    writeFileSync(file, printed);
    target.mock.reset([id]);
    expect(await sh(file)).toEqual([1, 'wrong again']);
    target.mock.reset();
    expect(await sh(file)).toEqual([0, 'another answer than it was']);
  });
});

describe.each(faultsOf('at-once').map((id) => [id] as const))('%s', (id) => {
  it('is found whatever the seed, and named', async () => {
    for (const seed of [1, 2]) {
      target.mock.reset([id]);
      const [row] = (await target.run(ofClause(faultOf(id).clause), { seed })).judged;
      expect(row?.reason).toMatch(new RegExp(`\\((${names[id]})\\)`));
    }
  });
});

it('shortens failing sequences to 6 calls or fewer in the median', () => {
  expect(lengths).toHaveLength(faultsOf('any-order').length);
  expect(lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(6);
});

describe('the script of a failed sequence', () => {
  it.each([
    // One question for the address spaces; the pool, its address, the release, the address again.
    ['ipam-driver.release-address.frees#keeps-v6', [], 'ipam-sequence.any-order', 5],
    // The network, and its endpoint.
    ['network-driver.create-endpoint.echoes-nothing#echoes-address', [], 'endpoint-sequence.any-order', 2],
    // The spaces, a pool with a gateway and an address; the network, and its endpoint.
    [
      'network-driver.create-endpoint.echoes-nothing#echoes-address',
      ['own-pools-only'],
      'endpoint-sequence.any-order',
      6,
    ],
  ] as const)('of %s with %j has no call that the failure does not need', async (fault, variants, id, calls) => {
    target.mock.reset([fault], variants);
    const report = await target.run(checks.filter((check) => check.id === id));
    const [row] = report.judged;
    expect(row && script(row, report).match(/curl /g)).toHaveLength(calls);
  });

  it('does not take a target that is not there for one that is wrong', async () => {
    target.mock.reset(['ipam-driver.request-address.not-empty#empty-v6']);
    const report = await target.run(checks.filter(({ id }) => id === 'ipam-sequence.any-order'));
    const [row] = report.judged;
    if (row?.result.kind !== 'broken') throw new Error('the fault was not found');
    const gone = { ...report, target: { ...report.target, url: `unix://${folder}/gone.sock` } };
    const file = join(folder, 'gone.sh');
    writeFileSync(file, script(row, gone));
    expect(await sh(file)).toEqual([3, 'nobody listens there']);
  });
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
    const own = ofClause('ipam-driver.sequence.any-order');
    const verdicts = async (budget: number) => {
      target.mock.reset(['ipam-driver.sequence.any-order#full-for-ever-v6']);
      return (await target.run(own, { budget })).judged.map(({ verdict }) => verdict);
    };
    expect(await verdicts(1)).toEqual(['pass']);
    expect(await verdicts(100)).toEqual(['fail']);
  });

  it('never blames a good target, whatever the seed', async () => {
    const own = checks.filter(({ clause }) => clause.includes('-driver.sequence.'));
    for (let seed = 100; seed < 102; seed++) {
      target.mock.reset();
      const { judged } = await target.run(own, { seed, budget: 25 });
      expect(judged.map(({ verdict, reason }) => ({ verdict, reason }))).toEqual(
        own.map(() => ({ verdict: 'pass', reason: '' })),
      );
    }
  }, 180_000);

  it('never blames a driver that names a link again before it has answered the Leave', async () => {
    target.mock.reset([], ['join-links-again']);
    const { judged } = await target.run(ofClause('network-driver.sequence.at-once'), { budget: 40 });
    expect(judged.map(({ verdict, reason }) => ({ verdict, reason }))).toEqual([{ verdict: 'pass', reason: '' }]);
  }, 180_000);

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
    // A driver may refuse SubPools altogether.
    const own = checks.filter(
      ({ id, clause }) => clause === 'ipam-driver.request-address.in-use' && !id.includes('sub-pool'),
    );
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
      events,
    });
  });

  it('names the first answer that no order explains, though later ones are worse', () => {
    const early = [event('write', 1, 0, 9), event('read', 1, 1, 2), event('read', 0, 3, 4)];
    const outcome = linearize(register, 0, [...early, event('read', 7, 5, 6), event('read', 8, 6, 7)]);
    expect(outcome).toMatchObject({ kind: 'contradiction', difference: { wanted: '1', got: '0' }, events: early });
  });

  it('needs little memory for very many orders', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const long = 'x'.repeat(10_000);
    const sizes = [held()];
    let steps = 0;
    const model = {
      after: ({ sum }: { readonly sum: number }, { input }: Call) => {
        if (++steps % 1000 === 0) sizes.push(held());
        const next = sum + Number(input);
        return next === 1023 ? { broken: { at: 'sum', wanted: '', got: '' } } : { state: { sum: next, long } };
      },
    };
    const events = Array.from({ length: 10 }, (_, n) => event('add', 2 ** n, 0, 9));
    linearize(model, { sum: 0, long }, events);
    expect(sizes.length).toBeGreaterThan(4);
    expect(Math.max(...sizes) - (sizes[0] ?? 0)).toBeLessThan(4 * 1024 * 1024);
  });

  it('is inconclusive, and no pass, when its budget runs out', () => {
    const events = Array.from({ length: 8 }, (_, n) => event('write', n, 0, 9));
    expect(linearize(register, 0, [...events, event('read', 99, 0, 9)], 100).kind).toBe('inconclusive');
  });
});

describe('shortened', () => {
  it.each([
    ['items far apart', (items: readonly number[]) => items.includes(3) && items.includes(31), [3, 31]],
    ['an order', (items: readonly number[]) => items.join().includes('8,9,10'), [8, 9, 10]],
    ['nothing', () => true, []],
    ['two of four', (items: readonly number[]) => items.filter((n) => n % 10 === 0).length >= 2, [20, 30]],
  ])('keeps %s that a failure needs', async (_, fails, kept) => {
    const items = Array.from({ length: 40 }, (_item, n) => n);
    expect(await shortened(items, async (shorter) => (fails(shorter) ? shorter : undefined))).toEqual(kept);
  });

  it('takes another item where that makes a shorter list fail', async () => {
    const short = ['name', 'release', 'name'];
    const fails = async (list: readonly string[]) => {
      if (short.every((item, n) => list[n] === item)) return short;
      return list.length > 4 ? list : undefined;
    };
    const othersOf = (item: string) => ['choose', 'name', 'release'].filter((other) => other !== item);
    const found = await shortened(['choose', 'release', 'name', 'gateway', 'choose'], fails, othersOf);
    expect(found).toEqual(short);
  });

  it('goes on from what was needed of a shorter list', async () => {
    const upTo = async (shorter: readonly number[]) =>
      shorter.includes(5) ? shorter.slice(0, shorter.indexOf(5) + 1) : undefined;
    expect(await shortened([1, 2, 3, 4, 5, 6, 7, 8], upTo)).toEqual([5]);
  });
});

describe('cross-talk', () => {
  const inPool = (pool: string, address: string, start: number, known?: unknown): Event => ({
    call: { op: 'IpamDriver.RequestAddress', input: { pool } },
    answer: { outcome: 'success', status: 200, body: { address }, problems: [] },
    known,
    start,
    end: start + 5,
  });
  const isOwn = (_: unknown, { input }: Call, { body }: Heard) =>
    (body as { address: string }).address.startsWith((input as { pool: string }).pool);
  const alone = ['a', 'b', 'c'].map((pool, n) => inPool(pool, `${pool}1`, n * 10));
  const swapped = [inPool('a', 'b2', 100), inPool('b', 'a2', 102)];

  it('is found where an answer is for the call beside it', () => {
    const habits = habitsOf({ isOwn });
    habits.note(alone);
    expect(habits.crossed(swapped)?.at).toBe('IpamDriver.RequestAddress (cross-talk)');
    expect(habits.crossed([inPool('a', 'b2', 100), inPool('b', 'b3', 200)])).toBeUndefined();
  });

  it('is found though what the calls were about is gone by then', () => {
    const whenKnown = (known: unknown, call: Call, answer: Heard) => (known ? isOwn(known, call, answer) : undefined);
    const habits = habitsOf({ isOwn: whenKnown });
    habits.note(['a', 'b', 'c'].map((pool, n) => inPool(pool, `${pool}1`, n * 10, 'held')));
    const events = [inPool('a', 'b2', 100, 'held'), inPool('b', 'a2', 102, 'held'), inPool('a', 'a3', 110)];
    expect(habits.crossed(events)?.at).toBe('IpamDriver.RequestAddress (cross-talk)');
  });

  it('is no name for the habit of a driver, nor for what is not known to be none', () => {
    const habits = habitsOf({ isOwn });
    expect(habits.crossed(swapped)).toBeUndefined();
    habits.note([...alone, inPool('d', 'a9', 90)]);
    expect(habits.crossed(swapped)).toBeUndefined();
  });
});

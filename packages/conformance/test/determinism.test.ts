import { createHash } from 'node:crypto';
import { operation } from '@opencnm/spec';
import { afterEach, describe, expect, it } from 'vitest';
import { type Check, checks, jsonReport, type Report } from '../src/index.js';
import { type OnMock, onMock } from './on-mock.js';

const driverChecks = checks.filter(({ op }) => operation(op).face !== 'engine');
const engineChecks = checks.filter(({ op }) => operation(op).face === 'engine');

const open: OnMock[] = [];
afterEach(async () => {
  for (const target of open.splice(0)) await target.close();
});
async function target(options: Parameters<typeof onMock>[0] = {}): Promise<OnMock> {
  const made = await onMock(options);
  open.push(made);
  return made;
}

/** A report without what has to differ between two runs: the moment, the socket, the times and counts of overlapping calls, and the seal over them. */
function timeless(report: Report): string {
  return jsonReport({ ...report, startedAt: '', target: { ...report.target, url: '' } })
    .replaceAll(/"(ms|exchanges)": [\d.]+/g, '"$1": 0')
    .replace(/"seal": "sha256:[0-9a-f]+"/, '"seal": ""');
}

/** One figure over all verdicts. */
function digest({ judged }: Report): string {
  return createHash('sha256')
    .update(JSON.stringify(judged.map(({ id, verdict }) => [id, verdict])))
    .digest('hex');
}

function shuffled(list: readonly Check[], seed: number): readonly Check[] {
  const key = (check: Check) => createHash('sha256').update(`${seed} ${check.id}`).digest('hex');
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

describe.each([
  ['the driver profiles', driverChecks],
  ['the engine profile', engineChecks],
])('a run of %s', (_, selected) => {
  it('gives the same report as another run with its seed, but for the times', async () => {
    const first = await (await target()).run(selected);
    const second = await (await target()).run(selected);
    expect(timeless(second)).toBe(timeless(first));
  }, 180_000);

  it('gives the same verdicts in any order, again on the same target, with 8 jobs and slow answers', async () => {
    const plain = await target();
    const expected = digest(await plain.run(selected));
    expect(digest(await plain.run(shuffled(selected, 1)))).toBe(expected);
    expect(digest(await plain.run(shuffled(selected, 2), { jobs: 8, seed: 99 }))).toBe(expected);
    const slow = await target({ latencyMs: { min: 0, max: 20 } });
    expect(digest(await slow.run(shuffled(selected, 3), { jobs: 8, budget: 5 }))).toBe(expected);
  }, 360_000);

  it('leaves nothing behind', async () => {
    const { judged } = await (await target()).run(selected, { jobs: 8 });
    expect(judged.flatMap(({ id, leftBehind }) => leftBehind.map((line) => `${id}: ${line}`))).toEqual([]);
  });
});

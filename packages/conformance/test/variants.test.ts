import { createHash } from 'node:crypto';
import { sharedGroups, type VariantId, variantIds, variants } from '@opencnm/mock-server';
import { operation } from '@opencnm/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks, type Report, type RunOptions } from '../src/index.js';
import { type OnMock, onMock } from './on-mock.js';

/** All checks of drivers. */
const driverChecks = checks.filter(({ op }) => operation(op).face !== 'engine');
/** The soak takes long and looks at nothing that the others do not; combinations run it all the same. */
const shortChecks = driverChecks.filter(({ id }) => id !== 'flow.soak');

let tcp: OnMock;
let unix: OnMock;
beforeAll(async () => {
  tcp = await onMock({ plugin: 'tcp://127.0.0.1:0' });
  unix = await onMock();
});
afterAll(async () => {
  await tcp.close();
  await unix.close();
});

/** What a user would tell the suite about a driver with these variants. */
function optionsFor(ids: readonly VariantId[]): Partial<RunOptions> {
  const said = Object.assign({}, ...ids.map((id) => variants[id].settings)) as (typeof variants)[VariantId]['settings'];
  const { handshake, profiles, ...settings } = said ?? {};
  return {
    settings: { timeoutMs: 2_000, ...settings },
    ...(profiles ? { profiles } : {}),
    ...(handshake === false ? { handshake } : {}),
    jobs: 4,
  };
}

/** What a run of legal drivers must not show. */
function alarms({ judged }: Report): readonly string[] {
  return [
    ...judged
      .filter(({ verdict }) => !['pass', 'yes', 'warn', 'no', 'not-applicable'].includes(verdict))
      .map(({ id, verdict, reason }) => `${verdict} ${id}: ${reason}`),
    ...judged.flatMap(({ id, leftBehind }) => leftBehind.map((line) => `left behind by ${id}: ${line}`)),
  ];
}

/** What the users of a driver are told without failing. */
function told({ judged }: Report): readonly string[] {
  return judged.filter(({ verdict }) => ['warn', 'no'].includes(verdict)).map(({ id, verdict }) => `${verdict} ${id}`);
}

/** Variants that can be combined, in an order that the number gives. */
function combination(number: number, size: number): readonly VariantId[] {
  const key = (id: string) => createHash('sha256').update(`${number} ${id}`).digest('hex');
  const chosen: VariantId[] = [];
  for (const id of [...variantIds].sort((a, b) => (key(a) < key(b) ? -1 : 1)))
    if (chosen.length < size && chosen.every((other) => sharedGroups(id, other).length === 0)) chosen.push(id);
  return chosen;
}

describe.each(variantIds)('a driver with %s', (id) => {
  it('breaks no MUST and blocks no check', async () => {
    tcp.mock.reset([], [id]);
    const report = await tcp.run(shortChecks, optionsFor([id]));
    expect(alarms(report)).toEqual([]);
    expect(told(report)).toMatchSnapshot();
  });
});

describe.each(Array.from({ length: 10 }, (_, number) => [combination(number, 6)]))('a driver with %j', (ids) => {
  it('breaks no MUST and blocks no check', async () => {
    unix.mock.reset([], ids);
    const report = await unix.run(driverChecks, optionsFor(ids));
    expect(alarms(report)).toEqual([]);
    expect(told(report)).toMatchSnapshot();
  });
});

describe.each(['engine', 'null'] as const)('the plain mock with --ipam %s', (ipam) => {
  it('breaks nothing', async () => {
    unix.mock.reset();
    const report = await unix.run(driverChecks, { settings: { timeoutMs: 2_000, ipam }, jobs: 4 });
    expect([...alarms(report), ...told(report)]).toEqual([]);
  });
});

describe('the table of variants', () => {
  it('says one sentence of each, and no two say the same', () => {
    const texts = variantIds.map((id) => variants[id].text);
    for (const text of texts) expect(text).toMatch(/^[A-Z].+\.$/);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

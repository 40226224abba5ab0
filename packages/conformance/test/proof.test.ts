import { readFileSync } from 'node:fs';
import type { VariantId } from '@opencnm/mock-server';
import { type Clause, clauses, type FaultId, faultOf, faults } from '@opencnm/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Check, checks, checksTable } from '../src/index.js';
import { type OnMock, onMock } from './on-mock.js';

let plain: OnMock;
let global: OnMock;
beforeAll(async () => {
  plain = await onMock();
  global = await onMock({ scope: 'global' });
});
afterAll(async () => {
  await plain.close();
  await global.close();
});

/** The mock that a check applies to. */
function targetOf({ needs }: Check): OnMock {
  return needs.includes('scope-global') ? global : plain;
}

/** What the mock has to be for a check to apply to it. */
function variantsOf({ needs }: Check): readonly VariantId[] {
  return needs.includes('replay') ? ['asks-for-replay'] : [];
}

const green = ['pass', 'yes'];

describe.each(checks.map((check) => [check.id, check] as const))('%s', (_, check) => {
  it('holds on the mock', async () => {
    const target = targetOf(check);
    target.mock.reset([], variantsOf(check));
    const { judged } = await target.run([check]);
    expect(judged.map(({ verdict, reason }) => ({ verdict, reason }))).toEqual([
      { verdict: expect.toBeOneOf(green), reason: '' },
    ]);
    expect(judged.flatMap(({ leftBehind }) => leftBehind)).toEqual([]);
  });

  it(`is broken by ${check.brokenBy}`, async () => {
    const target = targetOf(check);
    target.mock.reset([check.brokenBy], variantsOf(check));
    const { judged } = await target.run([check]);
    expect(judged.map(({ verdict }) => verdict)).toEqual([expect.toBeOneOf(['fail', 'warn', 'no'])]);
  });
});

describe.each((Object.keys(faults) as FaultId[]).map((id) => [id] as const))('the fault %s', (id) => {
  it('is found by a check of its clause', async () => {
    const own = checks.filter(({ clause }) => clause === faultOf(id).clause);
    let isFound = false;
    for (const check of own) {
      const target = targetOf(check);
      target.mock.reset([id], variantsOf(check));
      const { judged } = await target.run([check]);
      isFound ||= judged.some(({ verdict }) => ['fail', 'warn', 'no'].includes(verdict));
      if (isFound) break;
    }
    expect(isFound).toBe(true);
  });
});

describe('the ledger', () => {
  const cited = new Set<string>(checks.map(({ clause }) => clause));
  const rows = Object.values<Clause>(clauses);

  it('has a check for every clause that is not excluded, and none for those that are', () => {
    expect(rows.filter(({ id, excluded }) => !excluded && !cited.has(id)).map(({ id }) => id)).toEqual([]);
    expect(rows.filter(({ id, excluded }) => excluded && cited.has(id)).map(({ id }) => id)).toEqual([]);
    const excluded = rows.filter((row) => row.excluded);
    const notYet = excluded.filter((row) => row.excluded === 'not yet').length;
    console.log(
      `${rows.length} clauses: ${cited.size} checked by ${checks.length} checks, ${excluded.length} excluded (${notYet} not yet)`,
    );
  });

  it('stands in CHECKS.md as it is; npm run checks writes it', () => {
    expect(readFileSync(new URL('../CHECKS.md', import.meta.url), 'utf8')).toBe(checksTable(checks));
  });

  it('has an exchange that holds and one that does not for every check; npm run checks writes them', () => {
    const file = readFileSync(new URL('../exchanges.json', import.meta.url), 'utf8');
    const rows = JSON.parse(file) as Readonly<Record<string, { readonly good?: object; readonly bad?: object }>>;
    expect(Object.keys(rows)).toEqual(checks.map(({ id }) => id).sort());
    // Of calls that overlap there is none to show: each answer alone may be right.
    const single = checks.filter(({ act }) => act.kind !== 'histories').map(({ id }) => id);
    expect(single.filter((id) => !rows[id]?.bad || !rows[id]?.good)).toEqual([]);
  });

  it('has unique ids and titles', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length);
  });

  it.each(checks.map(({ id, title }) => [id, title]))('states the title of %s as a fact', (_, title) => {
    expect(title.length).toBeLessThanOrEqual(100);
    expect(title).not.toMatch(/\b(should|test|verify)\b/i);
    expect(title).not.toMatch(/\.$/);
  });

  it('proves each check with a fault of its own clause', () => {
    for (const { id, clause, brokenBy } of checks) expect(faultOf(brokenBy).clause, id).toBe(clause);
  });
});

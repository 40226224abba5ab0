import { variantIds, variants } from '@opencnm/mock-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnMock, onMock } from './on-mock.js';
import { alarms, driverChecks, optionsFor, shortChecks, told } from './on-variants.js';

let target: OnMock;
beforeAll(async () => {
  target = await onMock();
});
afterAll(() => target.close());

/** Variants of what drivers do; those of how they say it have a file of their own, which runs beside this one. */
const ids = variantIds.filter((id) => variants[id].networkDriver ?? variants[id].ipamDriver);

describe.each(ids)('a driver with %s', (id) => {
  it('breaks no MUST and blocks no check', async () => {
    target.mock.reset([], [id]);
    const report = await target.run(shortChecks, optionsFor([id]));
    expect(alarms(report, [id])).toEqual([]);
    expect(told(report)).toMatchSnapshot();
  });
});

describe.each(['engine', 'null'] as const)('the plain mock with --ipam %s', (ipam) => {
  it('breaks nothing', async () => {
    target.mock.reset();
    const options = optionsFor([]);
    const report = await target.run(driverChecks, { ...options, settings: { ...options.settings, ipam } });
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

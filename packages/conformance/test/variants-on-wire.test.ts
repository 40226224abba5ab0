import { variantIds, variants } from '@opencnm/mock-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OnMock, onMock } from './on-mock.js';
import { alarms, combination, driverChecks, optionsFor, shortChecks, told } from './on-variants.js';

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

/** Variants of how drivers say what they do. */
const ids = variantIds.filter((id) => !(variants[id].networkDriver ?? variants[id].ipamDriver));

describe.each(ids)('a driver with %s', (id) => {
  it('breaks no MUST and blocks no check', async () => {
    tcp.mock.reset([], [id]);
    const report = await tcp.run(shortChecks, optionsFor([id]));
    expect(alarms(report)).toEqual([]);
    expect(told(report)).toMatchSnapshot();
  });
});

describe.each(Array.from({ length: 10 }, (_, number) => [combination(number, 6)]))('a driver with %j', (together) => {
  it('breaks no MUST and blocks no check', async () => {
    unix.mock.reset([], together);
    const report = await unix.run(driverChecks, optionsFor(together));
    expect(alarms(report, together)).toEqual([]);
    expect(told(report)).toMatchSnapshot();
  });
});

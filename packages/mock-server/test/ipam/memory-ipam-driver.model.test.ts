import type { IpamDriver } from '@opencnm/spec';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryIpamDriver } from '../../src/ipam/memory-ipam-driver.js';
import { lowestFree, type Model, plainRange, subRange } from './model.js';

type Command = fc.AsyncCommand<Model, IpamDriver>;

const idOf = (network: number, sub: boolean) =>
  `LocalDefault/10.200.${network}.0/28${sub ? `/10.200.${network}.4/30` : ''}`;
const ipOf = (network: number, octet: number) => `10.200.${network}.${octet}`;

function requestPool(network: number, sub: boolean): Command {
  const id = idOf(network, sub);
  return {
    check: () => true,
    toString: () => `RequestPool ${id}`,
    async run(model, driver) {
      const input = {
        AddressSpace: 'LocalDefault',
        Pool: `10.200.${network}.0/28`,
        SubPool: sub ? `10.200.${network}.4/30` : '',
        Options: null,
        V6: false,
      };
      const overlaps = model.has(idOf(network, !sub));
      if (overlaps) return void (await expect(driver.requestPool(input)).rejects.toThrow('overlaps'));
      await expect(driver.requestPool(input)).resolves.toMatchObject({ PoolID: id, Pool: input.Pool });
      const pool = model.get(id) ?? { network, range: sub ? subRange : plainRange, held: new Set<number>(), count: 0 };
      pool.count++;
      model.set(id, pool);
    },
  };
}

function releasePool(network: number, sub: boolean): Command {
  const id = idOf(network, sub);
  return {
    check: () => true,
    toString: () => `ReleasePool ${id}`,
    async run(model, driver) {
      await driver.releasePool({ PoolID: id });
      const pool = model.get(id);
      if (pool && --pool.count === 0) model.delete(id);
    },
  };
}

function choose(network: number, sub: boolean): Command {
  const id = idOf(network, sub);
  return {
    check: () => true,
    toString: () => `RequestAddress ${id}`,
    async run(model, driver) {
      const pool = model.get(id);
      const want = pool && lowestFree(pool);
      const asked = driver.requestAddress({ PoolID: id, Address: '', Options: null });
      if (want === undefined) return void (await expect(asked).rejects.toThrow(pool ? 'no free' : 'unknown'));
      await expect(asked).resolves.toMatchObject({ Address: `${ipOf(network, want)}/28` });
      pool?.held.add(want);
    },
  };
}

function take(network: number, sub: boolean, octet: number): Command {
  const id = idOf(network, sub);
  return {
    check: () => true,
    toString: () => `RequestAddress ${id} ${ipOf(network, octet)}`,
    async run(model, driver) {
      const pool = model.get(id);
      const asked = driver.requestAddress({ PoolID: id, Address: ipOf(network, octet), Options: null });
      const grants = pool && plainRange.includes(octet) && !pool.held.has(octet);
      if (!grants) return void (await expect(asked).rejects.toThrow(/unknown|reserved|in use|does not lie/));
      await expect(asked).resolves.toMatchObject({ Address: `${ipOf(network, octet)}/28` });
      pool.held.add(octet);
    },
  };
}

function release(network: number, sub: boolean, octet: number): Command {
  const id = idOf(network, sub);
  return {
    check: () => true,
    toString: () => `ReleaseAddress ${id} ${ipOf(network, octet)}`,
    async run(model, driver) {
      await driver.releaseAddress({ PoolID: id, Address: ipOf(network, octet) });
      model.get(id)?.held.delete(octet);
    },
  };
}

test('the driver and a plain model answer every sequence of calls alike', async () => {
  const network = fc.constantFrom(1, 2);
  const octet = fc.integer({ min: 0, max: 17 });
  const commands = fc.commands(
    [
      fc.tuple(network, fc.boolean()).map((args) => requestPool(...args)),
      fc.tuple(network, fc.boolean()).map((args) => releasePool(...args)),
      fc.tuple(network, fc.boolean()).map((args) => choose(...args)),
      fc.tuple(network, fc.boolean(), octet).map((args) => take(...args)),
      fc.tuple(network, fc.boolean(), octet).map((args) => release(...args)),
    ],
    { maxCommands: 80 },
  );
  const run = async (sequence: Iterable<Command>) => {
    const setup = () => ({ model: new Map() as Model, real: memoryIpamDriver() });
    await fc.asyncModelRun(setup, sequence);
  };
  await fc.assert(fc.asyncProperty(commands, run), { numRuns: 200 });
});

import { CnmError } from '@opencnm/sdk';
import type { IpamDriver } from '@opencnm/spec';
import { overlapCidr } from 'cidr-tools';
import { expect, test } from 'vitest';
import { memoryIpamDriver } from '../../src/ipam/memory-ipam-driver.js';

const space = 'LocalDefault';

async function pool(driver: IpamDriver, cidr: string, subPool = '', v6 = cidr.includes(':')): Promise<string> {
  const input = { AddressSpace: space, Pool: cidr, SubPool: subPool, Options: null, V6: v6 };
  return (await driver.requestPool(input)).PoolID ?? '';
}

async function address(driver: IpamDriver, id: string, ip = ''): Promise<string | undefined> {
  return (await driver.requestAddress({ PoolID: id, Address: ip, Options: null })).Address;
}

test('chosen pools do not overlap, whatever was granted and released before', async () => {
  const driver = memoryIpamDriver();
  await pool(driver, '10.0.1.0/24');
  await pool(driver, '10.0.3.128/25');
  const granted: string[] = [];
  for (let n = 0; n < 20; n++) {
    const { Pool = '', PoolID = '' } = await driver.requestPool({ AddressSpace: space, V6: n % 3 === 0 });
    expect(overlapCidr(Pool, ['10.0.1.0/24', '10.0.3.128/25', ...granted])).toBe(false);
    if (n % 4 === 1) await driver.releasePool({ PoolID });
    else granted.push(Pool);
  }
});

test('a chosen pool that is asked for by name is the same pool', async () => {
  const driver = memoryIpamDriver();
  const chosen = await driver.requestPool({ AddressSpace: space });
  expect(await driver.requestPool({ AddressSpace: space, Pool: chosen.Pool ?? '' })).toEqual(chosen);
});

test('a block of chosen pools runs out, and comes back after a release', async () => {
  const driver = memoryIpamDriver();
  await pool(driver, '10.0.0.0/10');
  await pool(driver, '10.64.0.0/11');
  await pool(driver, '10.96.0.0/12');
  for (const n of [112, 114, 116, 118, 120, 122, 124]) await pool(driver, `10.${n}.0.0/15`);
  await pool(driver, '10.126.0.0/16');
  const ids: string[] = [];
  for (let n = 0; n < 256; n++) ids.push((await driver.requestPool({ AddressSpace: space })).PoolID ?? '');
  await expect(driver.requestPool({ AddressSpace: space })).rejects.toThrow('no pool of 10.0.0.0/9 is free');
  await driver.releasePool({ PoolID: ids[7] ?? '' });
  expect((await driver.requestPool({ AddressSpace: space })).PoolID).toBe(ids[7]);
});

test('the seed decides where chosen IPv6 pools lie', async () => {
  const chosen = async (seed: number) =>
    (await memoryIpamDriver({ seed }).requestPool({ AddressSpace: space, V6: true })).Pool;
  expect(await chosen(1)).toBe(await chosen(1));
  expect(await chosen(1)).not.toBe(await chosen(2));
  expect(await chosen(3)).toMatch(/^fd[0-9a-f:]+::\/64$/);
});

const firstAddresses = [
  ['10.9.0.0/24', '', ['10.9.0.1/24', '10.9.0.2/24']],
  ['10.9.0.0/24', '10.9.0.128/25', ['10.9.0.128/24', '10.9.0.129/24']],
  ['10.9.0.4/30', '', ['10.9.0.5/30', '10.9.0.6/30']],
  ['10.9.0.4/31', '', ['10.9.0.4/31', '10.9.0.5/31']],
  ['10.9.0.77/24', '', ['10.9.0.1/24', '10.9.0.2/24']],
  ['fd09::/64', '', ['fd09::1/64', 'fd09::2/64']],
  ['FD09:0:0::/126', '', ['fd09::1/126', 'fd09::2/126']],
  ['0.0.0.0/0', '', ['0.0.0.1/0', '0.0.0.2/0']],
] as const;

test.each(firstAddresses)('pool %s with sub-pool "%s" begins with its first hosts', async (cidr, sub, want) => {
  const driver = memoryIpamDriver();
  const id = await pool(driver, cidr, sub);
  expect([await address(driver, id), await address(driver, id)]).toEqual(want);
});

test('an IPv6 address is the same address in every text form', async () => {
  const driver = memoryIpamDriver();
  const id = await pool(driver, 'fd09::/64');
  expect(await address(driver, id, 'FD09:0:0:0:0:0:0:AB')).toBe('fd09::ab/64');
  await expect(address(driver, id, 'fd09::ab')).rejects.toThrow('in use');
  await driver.releaseAddress({ PoolID: id, Address: 'fd09:0::00ab' });
  expect(await address(driver, id, 'fd09::ab')).toBe('fd09::ab/64');
});

const refused = [
  ['an unknown space', { AddressSpace: 'Elsewhere' }],
  ['no space', { AddressSpace: '' }],
  ['a sub-pool alone', { AddressSpace: space, SubPool: '10.9.0.0/25' }],
  ['a sub-pool beside its pool', { AddressSpace: space, Pool: '10.9.0.0/24', SubPool: '10.9.1.0/25' }],
  ['a sub-pool around its pool', { AddressSpace: space, Pool: '10.9.0.0/24', SubPool: '10.9.0.0/23' }],
  ['a sub-pool of the other family', { AddressSpace: space, Pool: '10.9.0.0/24', SubPool: 'fd00::/64' }],
  ['a pool that is no subnet', { AddressSpace: space, Pool: '10.9.0.0/33' }],
] as const;

test.each(refused)('a pool request with %s is refused and holds nothing', async (_, input) => {
  const driver = memoryIpamDriver();
  const error = await driver.requestPool(input).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(CnmError);
  expect((error as CnmError).code).toBe('refused');
  await expect(pool(driver, '10.9.0.0/16')).resolves.not.toBe('');
});

test('overlap is judged within one space alone', async () => {
  const driver = memoryIpamDriver();
  await pool(driver, '10.9.0.0/24');
  await expect(pool(driver, '10.9.0.0/25')).rejects.toThrow('overlaps 10.9.0.0/24');
  await expect(pool(driver, '10.0.0.0/8')).rejects.toThrow('overlaps 10.9.0.0/24');
  await expect(pool(driver, '10.9.1.0/24')).resolves.not.toBe('');
  const elsewhere = { AddressSpace: 'GlobalDefault', Pool: '10.9.0.0/24' };
  const { PoolID = '' } = await driver.requestPool(elsewhere);
  expect(await address(driver, PoolID, '10.9.0.1')).toBe('10.9.0.1/24');
});

test('releases of what is not held change nothing', async () => {
  const driver = memoryIpamDriver();
  const id = await pool(driver, '10.9.0.0/24');
  await address(driver, id, '10.9.0.9');
  for (const ip of ['10.9.0.10', '10.9.1.9', 'fd00::9', '10.9.0.0', 'nonsense'])
    expect(await driver.releaseAddress({ PoolID: id, Address: ip })).toEqual({});
  expect(await driver.releaseAddress({ PoolID: 'nothing', Address: '10.9.0.9' })).toEqual({});
  expect(await driver.releasePool({ PoolID: 'nothing' })).toEqual({});
  await expect(address(driver, id, '10.9.0.9')).rejects.toThrow('in use');
  await expect(address(driver, id, '10.9.0.0')).rejects.toThrow('reserved');
});

test('a million addresses of a /12 are chosen in constant time each', async () => {
  const driver = memoryIpamDriver();
  const id = await pool(driver, '10.16.0.0/12');
  const timed = async (count: number) => {
    const started = performance.now();
    for (let n = 0; n < count; n++) await address(driver, id);
    return (performance.now() - started) / count;
  };
  const first = await timed(20_000);
  await timed(960_000);
  const last = await timed(20_000);
  // A scan of the held addresses would be four orders slower; the slack is for a busy machine.
  expect(last).toBeLessThan(Math.max(first * 20, 0.1));
  await driver.releaseAddress({ PoolID: id, Address: '10.16.0.7' });
  expect(await address(driver, id)).toBe('10.16.0.7/12');
}, 120_000);

test('ten thousand pools are granted within seconds', async () => {
  const driver = memoryIpamDriver();
  const started = performance.now();
  for (let n = 0; n < 10_000; n++) await driver.requestPool({ AddressSpace: space, V6: n % 2 === 0 });
  expect(performance.now() - started).toBeLessThan(10_000);
});

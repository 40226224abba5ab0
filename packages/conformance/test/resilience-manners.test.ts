import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ResilienceOptions } from '../src/resilience/run-resilience.js';
import { runResilience } from '../src/resilience/run-resilience.js';
import { runShell } from '../src/resilience/shell.js';
import { allCuts, inBoth, killed as killedOf, troubles } from './killed.js';
import { type RestartedDrivers, restartedDrivers } from './restarted-drivers.js';

// Each run starts the driver about fifteen times.
vi.setConfig({ testTimeout: 240_000 });

let drivers: RestartedDrivers;
beforeEach(() => {
  drivers = restartedDrivers();
});
afterEach(() => drivers.remove());
const killed = (driverCommand: string, more?: Partial<ResilienceOptions>) => killedOf(drivers, driverCommand, more);

describe('a driver that can only be known by using it', () => {
  it.each(['before-28', 'addresses-of-networks'] as const)('is asked as by run: %s', async (variant) => {
    const report = await killed(`exec ${drivers.mock('--state', drivers.stateFile, '--variant', variant)}`);
    expect(troubles(report)).toEqual([]);
    expect(report.target.features).toContain(variant);
    expect(report).toMatchObject({ cuts: allCuts, notes: [], exitCode: 0 });
  });

  it('is not asked for addresses of a network that is not there, also after a restart', async () => {
    const report = await killed(
      drivers.changed(`
        const plain = ipamDriver;
        ipamDriver = { ...plain, requestAddress: async (request) => {
          const granted = state.pools?.grants.find(({ id }) => id === request.PoolID)?.pool;
          const subnets = (state.networks?.networks ?? []).flatMap(({ subnets, subnets6 }) => [...subnets, ...subnets6]);
          const isThere = subnets.some(({ pool }) => pool === granted);
          if (!isThere && !request.Options?.RequestAddressType) throw new Error('there is no subnet of the pool');
          return plain.requestAddress(request);
        } };`),
    );
    expect(troubles(report)).toEqual([]);
    expect(report.target.features).toContain('addresses-of-networks');
  });
});

describe('an IPAM driver that asks for replay', () => {
  const replaying = `
    const plain = ipamDriver;
    ipamDriver = { ...plain, getCapabilities: async () => ({ RequiresMACAddress: false, RequiresRequestReplay: true }) };`;

  it('may forget everything, as its requests come again', async () => {
    const report = await killed(drivers.changed(`ipamDriver = memoryIpamDriver();${replaying}`), {
      profiles: ['ipam-driver'],
    });
    expect(troubles(report)).toEqual([]);
    expect(report.judged.filter(({ id }) => id.endsWith('.replay')).length).toBe(13);
    expect(report.notes).toEqual([]);
  });

  it('fails when it refuses what it holds', async () => {
    const report = await killed(drivers.changed(replaying), { profiles: ['ipam-driver'] });
    expect(troubles(report)).toEqual([
      ...inBoth('fail 01-request-pool.beside.replay', 'fail 02-request-gateway.replay'),
      ...inBoth('fail 03-request-address.replay', 'fail 04-release-address.replay'),
      'fail 05-release-gateway.replay-v6',
      ...inBoth('fail 07-request-address-twice.replay'),
    ]);
  });

  it('fails when it grants another address than the one that is named', async () => {
    const report = await killed(
      drivers.changed(`ipamDriver = memoryIpamDriver();${replaying}
        // Each start takes more addresses of a pool for itself, and names are not looked at.
        state.starts = (state.starts ?? 0) + 1;
        write();
        const own = ipamDriver;
        ipamDriver = {
          ...own,
          requestPool: async (request) => {
            const pool = await own.requestPool(request);
            for (let n = 0; n < state.starts; n++) await own.requestAddress({ PoolID: pool.PoolID, Address: '' });
            return pool;
          },
          requestAddress: ({ PoolID }) => own.requestAddress({ PoolID, Address: '' }),
        };`),
      { profiles: ['ipam-driver'] },
    );
    const replay = report.judged.find(({ id }) => id === '02-request-gateway.replay');
    expect(replay?.verdict).toBe('fail');
    expect(replay?.reason).toContain('as before the restart');
  });
});

describe('a hook', () => {
  /** Kills the driver by its pid and starts it again in the background, as an init system does. */
  function hook(): string {
    const file = join(drivers.folder, 'restart.sh');
    const pid = join(drivers.folder, 'pid');
    const start = `${drivers.mock('--state', drivers.stateFile)} & echo $! > ${pid}`;
    writeFileSync(file, `[ -f ${pid} ] && kill -9 $(cat ${pid})\n${start}\n`);
    return `sh ${file}`;
  }
  const hooked = (hookRestart: string, more: Partial<ResilienceOptions> = {}) =>
    runResilience({
      target: drivers.target,
      restartedBy: { hookRestart },
      seed: 5,
      startMs: 60_000,
      profiles: ['network-driver'],
      ...more,
    });

  it('restarts a driver that the suite did not start, and leaves it running', async () => {
    const command = hook();
    await runShell(command, 10_000, 'effect');
    const pid = () => Number(readFileSync(join(drivers.folder, 'pid'), 'utf8'));
    try {
      await expect.poll(() => readFileSync(join(drivers.folder, 'pid'), 'utf8')).not.toBe('');
      const before = pid();
      await expect
        .poll(() => runResilience({ target: drivers.target, restartedBy: { hookRestart: 'exit 4' } }).catch(String), {
          timeout: 10_000,
        })
        .toContain('--hook-restart ended with exit code 4');
      await expect(hooked('true')).rejects.toThrow('--hook-restart did not kill the driver');
      const report = await hooked(command);
      expect(troubles(report)).toEqual([]);
      expect(report.restartedBy).toBe('hook-restart');
      expect(pid()).not.toBe(before);
      expect(process.kill(pid(), 0)).toBe(true);
      await expect(hooked(command, { hookState: 'echo many' })).rejects.toThrow(
        '--hook-state has to print one whole number, and printed "many\\n"',
      );
      await expect(hooked(command, { hookState: 'echo 1; exit 5' })).rejects.toThrow('exit code 5');
    } finally {
      process.kill(pid(), 'SIGKILL');
    }
  });

  it('needs a driver that answers', async () => {
    await expect(hooked('true')).rejects.toMatchObject({
      name: 'Untestable',
      message: 'the target does not answer: start the driver first',
    });
  });
});

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Profile } from '../src/probe.js';
import type { ResilienceOptions } from '../src/resilience/run-resilience.js';
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

describe('a driver that is killed behind each call', () => {
  it('passes when it keeps its state, and leaves nothing', async () => {
    const report = await killed(`exec ${drivers.mock('--state', drivers.stateFile)}`, {
      hookState: `grep -o '"id"' ${drivers.stateFile} | wc -l`,
    });
    expect(troubles(report)).toEqual([]);
    expect(report.cuts).toEqual(allCuts);
    expect(report.exitCode).toBe(0);
    expect(report.judged.filter(({ id }) => id.endsWith('.leaves-nothing')).length).toBe(allCuts.length + 1);
    expect(report.judged.flatMap(({ leftBehind }) => leftBehind)).toEqual([]);
    expect(JSON.parse(readFileSync(drivers.stateFile, 'utf8'))).toMatchObject({
      networks: { networks: [] },
      pools: { grants: [] },
    });
  });

  it('fails when it keeps nothing, wherever something was there', async () => {
    const report = await killed(`exec ${drivers.mock()}`);
    expect(report.exitCode).toBe(1);
    // What runs all along is lost but once.
    expect(troubles(report).filter((line) => line.includes('.beside.'))).toEqual([
      'fail 01-request-pool.beside.addresses',
      'fail 01-request-pool.beside.addresses-v6',
      'fail 01-request-pool.beside.endpoint',
      'fail 01-request-pool.beside.network',
    ]);
    expect(troubles(report).filter((line) => !line.includes('.beside.'))).toEqual([
      'fail 01-request-pool.addresses',
      'fail 01-request-pool.then-request-address',
      'fail 01-request-pool.then-request-gateway',
      'fail 02-request-gateway.addresses',
      'fail 02-request-gateway.addresses-v6',
      'fail 02-request-gateway.then-request-address',
      'fail 02-request-gateway.then-request-address-v6',
      'fail 03-create-network.addresses',
      'fail 03-create-network.addresses-v6',
      'fail 03-create-network.network',
      'fail 03-create-network.then-request-address',
      'fail 03-create-network.then-request-address-v6',
      'fail 04-request-address.addresses',
      'fail 04-request-address.addresses-v6',
      'fail 04-request-address.network',
      'fail 04-request-address.then-create-endpoint',
      'fail 05-create-endpoint.addresses',
      'fail 05-create-endpoint.addresses-v6',
      'fail 05-create-endpoint.endpoint',
      'fail 05-create-endpoint.network',
      'fail 05-create-endpoint.then-join',
      'fail 06-join.addresses',
      'fail 06-join.addresses-v6',
      'fail 06-join.endpoint',
      'fail 06-join.network',
      'fail 06-join.then-program',
      'fail 07-program.addresses',
      'fail 07-program.addresses-v6',
      'fail 07-program.endpoint',
      'fail 07-program.network',
      'fail 08-leave.addresses',
      'fail 08-leave.addresses-v6',
      'fail 08-leave.endpoint',
      'fail 08-leave.network',
      'fail 09-delete-endpoint.addresses',
      'fail 09-delete-endpoint.addresses-v6',
      'fail 09-delete-endpoint.network',
      'fail 10-release-address.addresses',
      'fail 10-release-address.addresses-v6',
      'fail 10-release-address.network',
      'fail 11-release-gateway.addresses',
      'fail 11-release-gateway.addresses-v6',
      'fail 11-release-gateway.network',
      'fail 14-program-twice.addresses',
      'fail 14-program-twice.addresses-v6',
      'fail 14-program-twice.endpoint',
      'fail 14-program-twice.network',
    ]);
  });

  const noPools6 = `
    const lost = { grants: state.pools?.grants.filter(({ pool }) => !pool.includes(':')) ?? [] };
    ipamDriver = memoryIpamDriver({ keep: { ...keep('pools'), saved: lost } });`;
  const noneHeld6 = `
    const grants = state.pools?.grants.map((each) => (each.pool.includes(':') ? { ...each, held: [] } : each)) ?? [];
    ipamDriver = memoryIpamDriver({ keep: { ...keep('pools'), saved: { grants } } });`;
  const networks6 = (lost: string) => `
    const networks = state.networks?.networks.map((each) => ({ ...each, ${lost} })) ?? [];
    const saved = { allocations: [], random: 1, ...state.networks, networks };
    networkDriver = memoryNetworkDriver({ keep: { ...keep('networks'), saved } });`;
  const alone6: readonly [string, Profile, string, readonly string[]][] = [
    [
      'IPv6 pools',
      'ipam-driver',
      noPools6,
      [
        'fail 01-request-pool.beside.addresses-v6',
        'fail 02-request-gateway.addresses-v6',
        'fail 02-request-gateway.then-request-address-v6',
        'fail 03-request-address.addresses-v6',
        'fail 04-release-address.addresses-v6',
        'fail 05-release-gateway.addresses-v6',
        'fail 07-request-address-twice.addresses-v6',
      ],
    ],
    [
      'IPv6 addresses',
      'ipam-driver',
      noneHeld6,
      [
        'fail 01-request-pool.beside.addresses-v6',
        'fail 01-request-pool.beside.in-use-v6',
        'fail 02-request-gateway.addresses-v6',
        'fail 03-request-address.addresses-v6',
        'fail 03-request-address.in-use-v6',
        'fail 04-release-address.addresses-v6',
        'fail 05-release-gateway.addresses-v6',
        'fail 07-request-address-twice.addresses-v6',
        'fail 07-request-address-twice.in-use-v6',
      ],
    ],
    [
      'IPv6 part of networks',
      'network-driver',
      networks6('subnets6: []'),
      [
        'fail 01-create-network.beside.network',
        'fail 01-create-network.network',
        'fail 01-create-network.then-join',
        'fail 02-create-endpoint.network',
        'fail 02-create-endpoint.then-join',
        'fail 03-join.network',
        'fail 04-program.network',
        'fail 05-leave.network',
        'fail 06-delete-endpoint.network',
        'fail 08-program-twice.network',
      ],
    ],
    [
      'IPv6 addresses of endpoints',
      'network-driver',
      networks6(`endpoints: each.endpoints.map((endpoint) => ({ ...endpoint, address6: '' }))`),
      ['fail 02-create-endpoint.then-join'],
    ],
  ];
  it.each(alone6)('fails when it loses its %s alone', async (_, profile, script, found) => {
    const report = await killed(drivers.changed(script), { profiles: [profile] });
    expect(troubles(report)).toEqual(found);
    expect(report.notes).toEqual([]);
  });

  it.each([
    ['no-ipv6-networks', 'CreateNetwork: a refusal with status 500: "IPv6 is not supported"'],
    ['no-ipv6-pools', 'RequestPool: a refusal'],
  ])('may refuse IPv6, which is told: %s', async (variant, reason) => {
    const report = await killed(`exec ${drivers.mock('--state', drivers.stateFile, '--variant', variant)}`);
    expect(troubles(report)).toEqual([]);
    expect(report.notes).toEqual([expect.stringMatching(/^IPv6 was not looked at: /)]);
    expect(report.notes[0]).toContain(reason);
    expect(report.cuts).toEqual(allCuts);
  });

  it.each([
    [
      'networks',
      `networks: { networks: saved.networks.networks.slice(-1) }`,
      'fail 03-create-network.beside.network',
      /\.beside\./,
    ],
    // A life has a pool of IPv4 and then one of IPv6: it loses the older one.
    [
      'pools',
      `pools: { grants: saved.pools.grants.slice(-1) }`,
      'fail 01-request-pool.beside.addresses',
      /\.beside\.|\.addresses$|\.then-request-address$/,
    ],
  ])('fails when it keeps only the newest of its %s', async (_, kept, found, where) => {
    const report = await killed(
      drivers.changed(`
        const saved = { networks: { networks: [] }, pools: { grants: [] }, ...state };
        const kept = { ...saved, ${kept} };
        networkDriver = memoryNetworkDriver({ keep: { ...keep('networks'), saved: kept.networks } });
        ipamDriver = memoryIpamDriver({ keep: { ...keep('pools'), saved: kept.pools } });`),
    );
    expect(troubles(report)).toContain(found);
    expect(troubles(report).filter((line) => !where.test(line))).toEqual([]);
  });

  it('fails when it removes its state at the start, and is killed again before it writes', async () => {
    const report = await killed(
      drivers.changed(`
        const { rmSync } = await import('node:fs');
        rmSync(${JSON.stringify(drivers.stateFile)}, { force: true });`),
      { profiles: ['network-driver'] },
    );
    expect(troubles(report)).toEqual([
      'fail 08-program-twice.beside.endpoint',
      'fail 08-program-twice.beside.network',
      'fail 08-program-twice.endpoint',
      'fail 08-program-twice.network',
    ]);
  });

  it('is not called conformant for its restarts alone', async () => {
    const report = await killed(`exec ${drivers.mock('--state', drivers.stateFile)}`, { profiles: ['ipam-driver'] });
    expect(report).toMatchObject({ verdict: 'passed', exitCode: 0, notes: [] });
    expect(report.sentence).toContain('restarts at 7 places; run tells whether the driver is conformant');
  });

  it('has another container on the network of each life where its user names the one pool', async () => {
    const report = await killed(`exec ${drivers.mock('--state', drivers.stateFile)}`, {
      settings: { pool: '10.77.0.0/24', gateway: '10.77.0.2/24' },
    });
    expect(troubles(report)).toEqual([]);
    expect(report).toMatchObject({ cuts: allCuts, notes: [] });
    const looked = report.judged.map(({ id }) => id).filter((id) => id.endsWith('.neighbour-endpoint'));
    expect(looked.map((id) => id.split('.')[0])).toEqual([
      '03-create-network',
      '04-request-address',
      '05-create-endpoint',
      '06-join',
      '07-program',
      '08-leave',
      '09-delete-endpoint',
      '14-program-twice',
    ]);
  });

  it('fails when it keeps only the newest container of a network', async () => {
    const report = await killed(
      drivers.changed(`
        const networks = state.networks?.networks.map((each) => ({ ...each, endpoints: each.endpoints.slice(-1) })) ?? [];
        const saved = { allocations: [], random: 1, ...state.networks, networks };
        networkDriver = memoryNetworkDriver({ keep: { ...keep('networks'), saved } });`),
      { profiles: ['network-driver'], settings: { pool: '10.77.0.0/24' } },
    );
    expect(troubles(report)).toEqual([
      'fail 02-create-endpoint.neighbour-endpoint',
      'fail 03-join.neighbour-endpoint',
      'fail 04-program.neighbour-endpoint',
      'fail 05-leave.neighbour-endpoint',
      'fail 08-program-twice.neighbour-endpoint',
    ]);
  });

  it('has no other container where its user names the address of one, which is told', async () => {
    const report = await killed(`exec ${drivers.mock('--state', drivers.stateFile)}`, {
      profiles: ['network-driver'],
      settings: { pool: '10.77.0.0/24', address: '10.77.0.7/24' },
    });
    expect(troubles(report)).toEqual([]);
    expect(report.notes).toEqual(['no other container ran: --address names the address of one']);
  });

  it('is told of a hook that may not see what it holds', async () => {
    const report = await killed(`exec ${drivers.mock('--state', drivers.stateFile)}`, {
      profiles: ['ipam-driver'],
      hookState: 'echo 3',
    });
    expect(report.notes).toEqual([expect.stringContaining('--hook-state printed 3 before and after')]);
  });

  it('fails when it forgets which addresses are held', async () => {
    const forget = `sed -i 's/"held":\\[[^]]*\\]/"held":[]/g' ${drivers.stateFile} 2>/dev/null`;
    const report = await killed(`${forget}; exec ${drivers.mock('--state', drivers.stateFile)}`, {
      profiles: ['ipam-driver'],
    });
    expect(report.cuts).toEqual([
      ...allCuts.filter((name) => /^(request|release)/.test(name)),
      'request-address-twice',
    ]);
    expect(troubles(report)).toEqual([
      ...inBoth('fail 01-request-pool.beside.addresses', 'fail 01-request-pool.beside.in-use'),
      ...inBoth('fail 02-request-gateway.addresses'),
      ...inBoth('fail 03-request-address.addresses', 'fail 03-request-address.in-use'),
      ...inBoth('fail 04-release-address.addresses'),
      // Killed behind the release of the gateway of IPv4, it holds that of IPv6.
      'fail 05-release-gateway.addresses-v6',
      ...inBoth('fail 07-request-address-twice.addresses', 'fail 07-request-address-twice.in-use'),
    ]);
  });

  it('fails when what was released or deleted comes back, and leaks', async () => {
    // What is removed stays in the file, as with a driver that writes a file for each network and never removes one.
    const stale = `
      const union = (key, before = [], after) =>
        [...before.filter((old) => !after.some((each) => each[key] === old[key])), ...after];
      const growing = (name, merge) => ({
        saved: state[name],
        save: (next) => { state[name] = merge(state[name] ?? {}, next); write(); },
      });
      networkDriver = memoryNetworkDriver({ keep: growing('networks', (before, after) =>
        ({ ...after, networks: union('id', before.networks, after.networks) })) });
      ipamDriver = memoryIpamDriver({ keep: growing('pools', (before, after) => ({
        grants: union('id', before.grants, after.grants).map((grant) => {
          const old = before.grants?.find(({ id }) => id === grant.id)?.held ?? [];
          return { ...grant, held: [...new Set([...old, ...grant.held])] };
        }),
      })) });`;
    const report = await killed(drivers.changed(stale), {
      hookState: `grep -o '"isInternal"' ${drivers.stateFile} 2>/dev/null | wc -l`,
    });
    const found = troubles(report);
    expect(found).toContain('fail 10-release-address.released');
    expect(found).toContain('fail 11-release-gateway.released');
    expect(found).toContain('warn 12-release-pool.released-pool');
    expect(found).toContain('fail 13-delete-network.deleted-network');
    expect(found).toContain('warn 13-delete-network.leaves-nothing');
    expect(found).not.toContain('fail 05-create-endpoint.endpoint');
  });

  it('fails when a link is given twice', async () => {
    const report = await killed(
      drivers.changed(`
        const naming = networkDriver;
        networkDriver = { ...naming, join: async (request) =>
          ({ ...(await naming.join(request)), InterfaceName: { SrcName: 'veth0', DstPrefix: 'eth' } }) };`),
      { profiles: ['network-driver'] },
    );
    expect(troubles(report)).toEqual([
      'fail 01-create-network.beside.link',
      'fail 01-create-network.link',
      'fail 02-create-endpoint.link',
      'fail 03-join.link',
      'fail 04-program.link',
      'fail 05-leave.link',
      'fail 06-delete-endpoint.link',
      'fail 08-program-twice.link',
    ]);
  });

  it('fails when it does not start where a killed one left its socket, and the run ends there', async () => {
    const report = await killed(
      `if [ -e ${drivers.folder}/driver.sock ]; then echo 'address in use' >&2; exit 7; fi; exec ${drivers.mock()}`,
    );
    expect(troubles(report)).toEqual(['fail 01-request-pool.comes-back']);
    expect(report.judged.find(({ verdict }) => verdict === 'fail')?.reason).toContain(
      'it ended with exit code 7 (address in use)',
    );
    expect(report.cuts).toEqual(['request-pool']);
  });

  it('is started again when it ends by itself, which is a failure of the call', async () => {
    const report = await killed(
      drivers.changed(`
        const joins = networkDriver;
        networkDriver = { ...networkDriver, leave: async (request) => {
          if (state.networks.networks.length > 0 && existsSync(${JSON.stringify(drivers.folder)} + '/once')) process.exit(1);
          writeFileSync(${JSON.stringify(drivers.folder)} + '/once', '');
          return joins.leave(request);
        } };`),
      { profiles: ['network-driver'] },
    );
    expect(report.cuts.length).toBe(8);
    expect(troubles(report)).toContain('fail 01-create-network.network');
    expect(report.judged.some(({ id }) => id === '02-create-endpoint.comes-back')).toBe(true);
  });

  it('is blocked, and not killed, when a life fails without a restart', async () => {
    const report = await killed(`exec ${drivers.mock('--fault', 'network-driver.delete-network.succeeds#refused')}`);
    expect(troubles(report)).toEqual(['blocked 00-whole.delete-network']);
    expect(report).toMatchObject({ exitCode: 1, cuts: [] });
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryIpamDriver, memoryNetworkDriver } from '@opencnm/mock-server';
import { type Listening, servePlugin } from '@opencnm/sdk/driver-kit';
import type { IPAMData } from '@opencnm/spec';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checks, runSuite } from '../src/index.js';
import { curl } from '../src/reports/curl.js';
import type { WrittenReport } from '../src/written-report.js';
import { cli, cliIn } from './cli.js';
import { killed, troubles } from './killed.js';
import { restartedDrivers } from './restarted-drivers.js';

vi.setConfig({ testTimeout: 120_000 });

/** The pools that are held. */
const pools = new Map<string, string>();
/** Whether links have names that no link can have. */
let isBroken = false;
/** How many pools were granted. */
let granted = 0;
let folder: string;
let network: string;
let ipam: string;
let servers: readonly Listening[];

// As Calico: two sockets, and no network but of a pool of the IPAM driver.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  [network, ipam] = [`unix://${folder}/acme.sock`, `unix://${folder}/acme-ipam.sock`];
  const networks = memoryNetworkDriver();
  const addresses = memoryIpamDriver();
  const isForeign = ({ Pool = '' }: IPAMData) => ![...pools.values()].includes(Pool);
  servers = [
    await servePlugin(
      {
        networkDriver: {
          ...networks,
          async createNetwork(request) {
            if ([...(request.IPv4Data ?? []), ...(request.IPv6Data ?? [])].some(isForeign))
              throw new Error('the pool is not of acme-ipam');
            return networks.createNetwork(request);
          },
          async join(request) {
            const answer = await networks.join(request);
            return isBroken ? { ...answer, InterfaceName: { SrcName: 'a/b', DstPrefix: 'eth' } } : answer;
          },
        },
      },
      { socket: join(folder, 'acme.sock') },
    ),
    await servePlugin(
      {
        ipamDriver: {
          ...addresses,
          async requestPool(request) {
            const answer = await addresses.requestPool(request);
            granted++;
            pools.set(answer.PoolID ?? '', answer.Pool ?? '');
            return answer;
          },
          async releasePool(request) {
            pools.delete(request.PoolID);
            return addresses.releasePool(request);
          },
        },
      },
      { socket: join(folder, 'acme-ipam.sock') },
    ),
  ];
});
afterAll(async () => {
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true });
});

describe('a network driver whose IPAM driver has a socket of its own', () => {
  it('is refused its networks where nobody names that', async () => {
    const { judged, exitCode } = await runSuite({ target: network, seed: 7, budget: 2 });
    expect(exitCode).toBe(1);
    expect(judged.filter(({ verdict }) => verdict === 'blocked').length).toBeGreaterThan(100);
  });

  it('is conformant with pools from there, and judged alone', async () => {
    const report = await runSuite({ target: network, settings: { ipamTarget: ipam }, seed: 7, budget: 2 });
    const troubles = report.judged.filter(({ verdict }) => ['fail', 'warn', 'blocked'].includes(verdict));
    expect(troubles.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    expect(report).toMatchObject({
      exitCode: 0,
      target: { profiles: ['network-driver'] },
      settings: { ipam: 'composed' },
    });
    expect(report.judged.filter(({ clause }) => clause.startsWith('ipam-driver.'))).toEqual([]);
    expect(report.judged.find(({ id }) => id === 'flow.canonical')?.verdict).toBe('pass');
    expect([...pools]).toEqual([]);
  });

  it('has its calls told with the sockets that they went to', async () => {
    const { judged } = await runSuite({
      target: network,
      settings: { ipamTarget: ipam },
      checks: checks.filter(({ id }) => id === 'join.shape'),
      keepsEvidence: true,
      seed: 7,
    });
    const lines = judged.flatMap(({ evidence }) => evidence.map((exchange) => curl(exchange, network)));
    const sent = (path: string) => lines.filter((line) => line.includes(path));
    expect(sent('/IpamDriver.').length).toBeGreaterThan(2);
    for (const line of sent('/IpamDriver.')) expect(line).toContain(`--unix-socket ${folder}/acme-ipam.sock `);
    for (const line of sent('/NetworkDriver.')) expect(line).toContain(`--unix-socket ${folder}/acme.sock `);
  });

  it('is run so from the command line and the config', async () => {
    writeFileSync(join(folder, 'opencnm.config.yaml'), `target: ${network}\nipamTarget: ${ipam}\nonly: [join.shape]\n`);
    expect((await cliIn(folder, 'run', '--report', 'by-config')).code).toBe(0);
    const flags = ['run', network, '--ipam-target', ipam, '--only', 'join.shape', '--report', join(folder, 'by-flag')];
    expect((await cli(...flags)).code).toBe(0);
    for (const name of ['by-config', 'by-flag']) {
      const file = join(folder, name, 'report.json');
      const { settings } = JSON.parse(readFileSync(file, 'utf8')) as WrittenReport;
      expect(settings.ipamTarget).toBe(ipam);
    }
  });

  it('is measured with pools from there', async () => {
    expect((await cli('scale', network, '--sizes', '2')).code).toBe(1);
    granted = 0;
    const { code, out } = await cli('scale', network, '--ipam-target', ipam, '--sizes', '2', '--report', folder);
    expect(code, out).toBe(0);
    expect(granted).toBeGreaterThan(1);
    expect([...pools]).toEqual([]);
  });

  it('is killed and started again with pools from there', async () => {
    const drivers = restartedDrivers();
    granted = 0;
    try {
      const report = await killed(
        drivers,
        drivers.mock('--variant', 'network-driver-alone', '--state', drivers.stateFile),
        {
          settings: { ipamTarget: ipam },
        },
      );
      expect(troubles(report)).toEqual([]);
      expect(report).toMatchObject({ target: { profiles: ['network-driver'] }, settings: { ipam: 'composed' } });
      expect(granted).toBeGreaterThan(1);
      expect([...pools]).toEqual([]);
    } finally {
      drivers.remove();
    }
  });

  it('has what it broke asked again of both', async () => {
    isBroken = true;
    const report = join(folder, 'broken');
    const flags = ['--ipam-target', ipam, '--only', 'join.src-name', '--report', report];
    expect((await cli('run', network, ...flags)).code).toBe(1);
    const same = await cli('replay', join(report, 'report.json'), 'join.src-name');
    expect(same).toMatchObject({ code: 0, out: expect.stringContaining('/IpamDriver.RequestPool') });
    isBroken = false;
    expect([...pools]).toEqual([]);
  });

  it('cannot be tested where nobody listens there, and no other profile has such a flag', async () => {
    const gone = await cli('run', network, '--ipam-target', `unix://${folder}/gone.sock`);
    expect(gone).toMatchObject({ code: 3, err: expect.stringContaining('gone.sock cannot be reached') });
    const other = await cli('run', network, '--ipam-target', ipam, '--profile', 'ipam-driver');
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('--ipam-target is for the network-driver') });
    const swapped = await cli('run', ipam, '--ipam-target', network);
    expect(swapped).toMatchObject({ code: 2, err: expect.stringContaining('the target implements none') });
  });
});

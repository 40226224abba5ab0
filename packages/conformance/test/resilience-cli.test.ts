import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signalledCli } from './cli.js';
import { type RestartedDrivers, restartedDrivers } from './restarted-drivers.js';

let drivers: RestartedDrivers;
beforeEach(() => {
  drivers = restartedDrivers();
});
afterEach(() => drivers.remove());

const resilience = (flags: readonly string[], started?: Parameters<typeof signalledCli>[1]) =>
  signalledCli(['resilience', drivers.target, ...flags], started);

/** A command line that writes the pid of the driver that it becomes. */
const noted = (line: string) => `echo $$ > ${drivers.folder}/pid; exec ${line}`;

/** True while the driver that was noted last runs; one that is dead and not yet collected does not. */
function runs(): boolean {
  const pid = join(drivers.folder, 'pid');
  if (!existsSync(pid)) return false;
  const stat = `/proc/${readFileSync(pid, 'utf8').trim()}/stat`;
  return existsSync(stat) && !/\) Z /.test(readFileSync(stat, 'utf8'));
}

describe('opencnm-conformance resilience', () => {
  it('tells place, call, clause, wanted and got, writes the report, and stops the driver', async () => {
    const report = join(drivers.folder, 'report');
    const { code, out } = await resilience([
      '--driver-command',
      noted(drivers.mock()),
      '--implements',
      'NetworkDriver',
      '--network-option',
      'acme.vlan=10',
      '--pool',
      '10.77.0.0/24',
      '--gateway',
      '10.77.0.9/24',
      '--report',
      report,
    ]);
    expect(code).toBe(1);
    for (const part of [
      'FAIL 02-create-endpoint.endpoint (MUST, network-driver)',
      'Killed behind create-endpoint: the endpoint is there',
      'Clause network-driver.create-endpoint.persists',
      'wanted success',
      'got    a refusal',
      'Why it matters',
      'NOT-CONFORMANT',
      'And so in 03-join.endpoint',
      'killed and restarted at 8 places',
    ])
      expect(out).toContain(part);
    expect(out.split('\n').filter((line) => line.length > 80 && !line.includes('$ curl'))).toEqual([]);
    expect(out).not.toContain('explain ID');
    const written = readFileSync(join(report, 'resilience.json'), 'utf8');
    expect(JSON.parse(written)).toMatchObject({ reportVersion: 1, restartedBy: 'driver-command', exitCode: 1 });
    expect(written).toContain('acme.vlan');
    expect(written).toContain('10.77.0.9/24');
    const junit = readFileSync(join(report, 'resilience.xml'), 'utf8');
    expect(junit).toContain('<testcase classname="network-driver.create-endpoint.persists"');
    expect(junit).toMatch(/<failure message="NetworkDriver\.EndpointOperInfo: wanted success, got a refusal/);
    expect(readFileSync(join(report, 'resilience.md'), 'utf8')).toContain('## OpenCNM: not conformant');
    expect(runs()).toBe(false);
    // It was ended so that it could remove its socket.
    expect(existsSync(join(drivers.folder, 'driver.sock'))).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends at %s, removes what it made and stops the driver',
    async (name) => {
      const ended = await resilience(
        ['--driver-command', noted(drivers.mock('--state', drivers.stateFile))],
        async (signal) => {
          await expect.poll(() => existsSync(drivers.stateFile), { timeout: 20_000, interval: 20 }).toBe(true);
          signal(name);
        },
      );
      expect(ended.code).toBe(130);
      expect(ended.err).toContain('stopping');
      expect(ended.out).toBe('');
      expect(runs()).toBe(false);
      expect(JSON.parse(readFileSync(drivers.stateFile, 'utf8'))).toMatchObject({ pools: { grants: [] } });
    },
  );

  it('ends at once when it is told twice, and stops the driver', async () => {
    const { code } = await resilience(
      ['--driver-command', noted(drivers.mock('--latency', '2000ms')), '--implements', 'NetworkDriver'],
      async (signal) => {
        await expect.poll(() => existsSync(join(drivers.folder, 'driver.sock')), { timeout: 20_000 }).toBe(true);
        signal('SIGINT');
        signal('SIGTERM');
      },
    );
    expect(code).toBe(130);
    await expect.poll(runs).toBe(false);
  });

  const untestable: readonly [string, () => readonly string[], string][] = [
    [
      'a driver that does not start',
      () => ['--driver-command', 'echo no licence >&2; exit 3'],
      'exit code 3 (no licence)',
    ],
    [
      'a driver that never answers',
      () => ['--driver-command', 'exec sleep 60', '--start-timeout', '200'],
      'no answer within 200 ms',
    ],
    ['a hook without a driver', () => ['--hook-restart', 'true'], 'start the driver first'],
    [
      'a hook that prints no number',
      () => ['--driver-command', `exec ${drivers.mock()}`, '--hook-state', 'echo'],
      '--hook-state has to print one whole number',
    ],
    [
      'a driver that leaves its process group',
      () => {
        const script = join(drivers.folder, 'daemon.sh');
        writeFileSync(script, noted(drivers.mock()));
        return ['--driver-command', `setsid sh ${script} & exec sleep 60`];
      },
      'answers although its process group was killed',
    ],
  ];
  it.each(untestable)('cannot test %s', async (_, flags, message) => {
    const { code, err, out } = await resilience(flags());
    if (runs()) process.kill(Number(readFileSync(join(drivers.folder, 'pid'), 'utf8')), 'SIGKILL');
    expect(err).toContain(message);
    expect(err.trim().split('\n').length).toBe(1);
    expect(out).toBe('');
    expect(code).toBe(3);
  });

  it('does not take over a driver that runs already', async () => {
    const other = spawn('/bin/sh', ['-c', `exec ${drivers.mock()}`]);
    await new Promise((resolve) => other.stdout.once('data', resolve));
    const { code, err } = await resilience(['--driver-command', `exec ${drivers.mock()}`]);
    other.kill('SIGKILL');
    expect(err).toContain('something answers at the target already');
    expect(code).toBe(3);
  });

  it.each([
    [[], 'give --driver-command or --hook-restart'],
    [['--driver-command', 'a', '--hook-restart', 'b'], 'exclude each other'],
    [['--hook-restart', 'b', '--implements', 'VolumeDriver'], '--implements VolumeDriver is not known'],
    [['--hook-restart', 'b', '--start-timeout', '0'], 'must be a whole number'],
    [['--hook-restart', 'b', '--report', '/dev/null/x'], 'cannot be written'],
    [['--hook-restart', 'b', '--config', '/nowhere.yaml'], 'cannot be read'],
    [['--hook-restart', 'b', '--feature', 'discovery'], "unknown option '--feature'"],
    [['--nope'], "unknown option '--nope'"],
  ])('refuses %j in one line, with exit code 2', async (flags, message) => {
    const { code, err } = await resilience(flags);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('is helped with examples and exit codes', async () => {
    const { code, out } = await resilience(['--help']);
    expect(code).toBe(0);
    for (const part of ['Examples:', 'exit codes', '--hook-state'])
      expect(out.toLowerCase()).toContain(part.toLowerCase());
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

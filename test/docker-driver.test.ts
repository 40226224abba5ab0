import { join } from 'node:path';
import { memoryIpamDriver, memoryNetworkDriver } from '@opencnm/mock-server';
import { handlePlugin, type Listening, listen } from '@opencnm/sdk/driver-kit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DockerCli, dockerCli } from './docker-cli/docker-cli.js';
import { dockerEngineWithCli } from './engines/docker-engine.js';
import { findProgram } from './engines/find-program.js';
import { onEngine } from './engines/on-engine.js';
import { orderOf, replaced, withoutLinks } from './recordings/call-order.js';
import { commands, recording } from './recordings/recording.js';
import { recordingHandler } from './recordings/recording-handler.js';

const program = findProgram('docker');

onEngine(dockerEngineWithCli, (engine) => {
  const name = 'mock';
  const recorder = recordingHandler(
    handlePlugin({ networkDriver: withoutLinks(memoryNetworkDriver()), ipamDriver: memoryIpamDriver() }),
  );
  let plugin: Listening;
  let cli: DockerCli;
  let image = '';

  beforeAll(async () => {
    plugin = await listen(recorder.handler, `unix://${join(engine().pluginFolder, `${name}.sock`)}`);
    cli = await dockerCli(program ?? 'docker', engine().host);
    image = await engine().importImage();
  });

  afterAll(async () => {
    await cli?.close();
    await plugin?.close();
  });

  it('activates the mock and asks for its capabilities before anything else', async () => {
    await cli.run('network', 'create', '--driver', name, '--ipam-driver', name, 'n');
    expect((await cli.run('network', 'rm', 'n')).exit).toBe(0);
    const calls = recorder.take();
    expect(calls.slice(0, 3).map(({ path }) => path)).toEqual([
      '/Plugin.Activate',
      '/NetworkDriver.GetCapabilities',
      '/IpamDriver.GetCapabilities',
    ]);
    expect(orderOf(calls)).toEqual([
      '/IpamDriver.RequestPool 0',
      '/IpamDriver.RequestAddress 0',
      '/NetworkDriver.CreateNetwork 0',
      '/IpamDriver.ReleaseAddress 0',
      '/IpamDriver.ReleasePool 0',
      '/NetworkDriver.DeleteNetwork 0',
    ]);
  });

  it.each(['01-network-lifecycle-ipv4', '02-dual-stack-ip-range-aux', '03-ports', '04-internal-default-ipam'])(
    'makes the calls of %s in the recorded order, all of which succeed',
    async (scenario) => {
      for (const { args, exit } of commands(scenario)) {
        const printed = await cli.run(...args.map((arg) => replaced(arg, name, image)));
        expect({ command: args.join(' '), ...printed }).toMatchObject({ exit });
      }
      const calls = recorder.take();
      expect(calls.map(({ status, response }) => ({ status, response }))).toEqual(
        calls.map(() => ({ status: 200, response: expect.not.objectContaining({ Err: expect.anything() }) })),
      );
      expect(orderOf(calls)).toEqual(orderOf(recording(scenario)));
    },
  );

  it('shows the networks of the mock to the user', async () => {
    await cli.run(
      ...`network create -d ${name} --ipam-driver ${name} --subnet 10.95.0.0/24 -o acme.vlan=7 seen`.split(' '),
    );
    const shown = await cli.run('network', 'inspect', 'seen', '--format', '{{json .}}');
    expect(JSON.parse(shown.out)).toMatchObject({
      Name: 'seen',
      Scope: 'local',
      Driver: name,
      IPAM: { Driver: name, Config: [{ Subnet: '10.95.0.0/24' }] },
      Options: { 'acme.vlan': '7' },
      Containers: {},
    });
    expect(await cli.run('network', 'rm', 'seen')).toMatchObject({ exit: 0, out: 'seen' });
    recorder.take();
  });
});

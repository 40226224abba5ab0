import { join } from 'node:path';
import { startMock } from '@opencnm/mock-server';
import { clauseOf, type FaultId, faultOf } from '@opencnm/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DockerCli, dockerCli } from './docker-cli/docker-cli.js';
import { dockerEngineWithCli } from './engines/docker-engine.js';
import { findProgram } from './engines/find-program.js';
import { onEngine } from './engines/on-engine.js';

/** What a user does, up to where it fails: makes a network, runs a container on it, publishes a port, restarts it. */
type Step = 'create' | 'run' | 'publish' | 'restart';

/** Faults of drivers that break a MUST, the step at which a user meets them, and what Docker Engine 20.10 then says. */
const consequences: readonly (readonly [FaultId, Step, string])[] = [
  ['plugin.activate.implements#missing', 'create', 'Plugin does not implement the requested driver'],
  ['plugin.activate.implements#lower-case', 'create', 'Plugin does not implement the requested driver'],
  ['plugin.activate.implements#text', 'create', 'cannot unmarshal string'],
  ['plugin.transport.empty-body-where-none#wants-body', 'create', 'Plugin.Activate: a body is needed'],
  ['plugin.transport.empty-body-where-none#wants-body-capabilities', 'create', 'could not resolve driver'],
  ['plugin.transport.empty-body-where-none#wants-body-spaces', 'create', 'invalid ipam driver'],
  ['plugin.transport.status-200#created', 'create', 'NetworkDriver.CreateNetwork: {}'],
  ['plugin.transport.no-bom#bom', 'create', 'could not resolve driver'],
  ['plugin.transport.answers#truncated', 'run', 'EOF'],
  ['network-driver.get-capabilities.scope#upper-case', 'create', 'could not resolve driver'],
  ['network-driver.get-capabilities.scope#missing', 'create', 'could not resolve driver'],
  ['network-driver.get-capabilities.connectivity-scope#cluster', 'create', 'could not resolve driver'],
  ['network-driver.get-capabilities.first-call#not-ready', 'create', 'could not resolve driver'],
  ['network-driver.create-network.accepted#refuses-ipv4-only', 'create', 'an IPv6 subnet is needed'],
  ['network-driver.create-network.missing-options#wants-enable-ipv4', 'create', 'enable_ipv4 is missing'],
  ['network-driver.create-network.missing-options#wants-internal', 'create', 'internal is missing'],
  ['network-driver.create-endpoint.echoes-nothing#echoes-address', 'run', 'driver modified interface address'],
  ['network-driver.create-endpoint.mac-valid#no-separators', 'run', 'invalid MAC address'],
  // The engine sends the call again, as it does after a connection that was closed, and without its body.
  ['network-driver.create-endpoint.options#closes-on-ports', 'publish', 'needs a request body'],
  ['network-driver.create-endpoint.options#wants-host-port', 'publish', 'the host port is missing'],
  ['network-driver.create-endpoint.options#wants-host-ip', 'publish', 'the host address is missing'],
  ['network-driver.join.shape#name-text', 'run', 'cannot unmarshal string'],
  ['network-driver.join.shape#routes-object', 'run', 'cannot unmarshal object'],
  ['network-driver.delete-endpoint.frees#keeps-address', 'restart', 'the address is taken'],
  ['network-driver.flow.restart#address-of-first', 'restart', 'the address is taken'],
  ['network-driver.flow.restart#joins-once', 'restart', 'the lease belongs to another endpoint'],
  ['ipam-driver.get-default-address-spaces.strings#local-number', 'create', 'invalid ipam driver'],
  ['ipam-driver.get-default-address-spaces.strings#global-object', 'create', 'invalid ipam driver'],
  ['ipam-driver.request-pool.cidr#dynamic-no-prefix', 'create', 'invalid CIDR address'],
  ['ipam-driver.request-address.cidr#no-prefix-gateway', 'create', 'invalid CIDR address'],
  ['ipam-driver.request-address.cidr#no-prefix', 'run', 'invalid CIDR address'],
  ['ipam-driver.request-address.not-empty#empty-second-time', 'run', 'No address returned'],
  ['ipam-driver.request-address.served#refuses-all', 'run', 'the driver does not like this'],
  ['ipam-driver.request-address.null-options#refuses', 'run', 'the driver does not like this'],
];

onEngine(dockerEngineWithCli, (engine) => {
  let cli: DockerCli;
  let image = '';
  beforeAll(async () => {
    cli = await dockerCli(findProgram('docker') ?? 'docker', engine().host);
    image = await engine().importImage();
  });
  afterAll(() => cli?.close());

  /** The commands of a step, as a user types them; `name` is that of the driver, the network and the container. */
  function commands(step: Step, name: string): readonly (readonly string[])[] {
    const run = (...more: readonly string[]) => ['run', '-d', '--name', name, '--network', name, ...more, image];
    const create = ['network', 'create', '--driver', name, '--ipam-driver', name, name];
    if (step === 'create') return [create];
    if (step === 'run') return [create, [...run(), 'sleep', '60']];
    if (step === 'publish') return [create, [...run('-p', '127.0.0.1::80', '-p', '8090:81'), 'sleep', '60']];
    return [create, [...run(), 'sleep', '60'], ['restart', '-t', '0', name]];
  }

  it.each(consequences.map((row, place) => [...row, `judged${place}`] as const))(
    'lets %s show at %s',
    async (id, step, message, name) => {
      expect(clauseOf(faultOf(id).clause).level).toBe('MUST');
      // A container that joins takes no link: the mock has none to give.
      const plugin = `unix://${join(engine().pluginFolder, `${name}.sock`)}`;
      const mock = await startMock({ plugin, faults: [id], variants: ['join-empty'] });
      try {
        const steps = commands(step, name);
        for (const command of steps.slice(0, -1)) expect(await cli.run(...command)).toMatchObject({ exit: 0 });
        const failed = await cli.run(...(steps.at(-1) ?? []));
        expect(failed).toMatchObject({ exit: expect.toBeOneOf([1, 125]), err: expect.stringContaining(message) });
      } finally {
        await cli.run('rm', '--force', name);
        await cli.run('network', 'rm', name);
        await mock.close();
      }
    },
    60_000,
  );
});

import { join } from 'node:path';
import { startMock } from '@opencnm/mock-server';
import { clauseOf, type FaultId, faultOf } from '@opencnm/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DockerCli, dockerCli } from './docker-cli/docker-cli.js';
import { dockerEngineWithCli } from './engines/docker-engine.js';
import { findProgram } from './engines/find-program.js';
import { onEngine } from './engines/on-engine.js';

/** Faults that a user meets when a network is made, and what Docker Engine 20.10 then says. */
const consequences: readonly (readonly [FaultId, string])[] = [
  ['plugin.activate.implements#missing', 'Plugin does not implement the requested driver'],
  ['plugin.activate.implements#lower-case', 'Plugin does not implement the requested driver'],
  ['plugin.transport.status-200#created', 'NetworkDriver.CreateNetwork: {}'],
  ['plugin.transport.no-bom#bom', 'could not resolve driver'],
  ['network-driver.get-capabilities.scope#upper-case', 'could not resolve driver'],
  ['ipam-driver.get-default-address-spaces.strings#local-number', 'invalid ipam driver'],
  ['ipam-driver.get-default-address-spaces.strings#global-object', 'invalid ipam driver'],
  ['ipam-driver.request-pool.cidr#dynamic-no-prefix', 'invalid CIDR address'],
  ['ipam-driver.request-address.cidr#no-prefix-gateway', 'failed to allocate gateway (): invalid CIDR address'],
];

onEngine(dockerEngineWithCli, (engine) => {
  let cli: DockerCli;
  beforeAll(async () => {
    cli = await dockerCli(findProgram('docker') ?? 'docker', engine().host);
  });
  afterAll(() => cli?.close());

  it.each(consequences.map((row, place) => [...row, `judged${place}`] as const))(
    'fails a network of a driver with %s',
    async (id, message, name) => {
      expect(clauseOf(faultOf(id).clause).level).toBe('MUST');
      const mock = await startMock({ plugin: `unix://${join(engine().pluginFolder, `${name}.sock`)}`, faults: [id] });
      try {
        const made = await cli.run('network', 'create', '--driver', name, '--ipam-driver', name, name);
        expect({ exit: made.exit, err: made.err }).toEqual({ exit: 1, err: expect.stringContaining(message) });
      } finally {
        await cli.run('network', 'rm', name);
        await mock.close();
      }
    },
    60_000,
  );
});

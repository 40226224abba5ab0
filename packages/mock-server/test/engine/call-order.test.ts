import { CnmError } from '@opencnm/sdk';
import type { Engine, IpamDriver, NetworkDriver } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { memoryEngine } from '../../src/engine/memory-engine.js';
import { memoryIpamDriver, memoryNetworkDriver } from '../../src/index.js';

/** An engine whose driver `mock` writes down its calls, but for the capabilities of its IPAM; `broken` ones are refused. */
function recorded(broken: readonly string[] = []): { readonly engine: Engine; readonly calls: string[] } {
  const calls: string[] = [];
  const recording = <F extends object>(face: F, letter: string): F =>
    Object.fromEntries(
      Object.entries(face).map(([name, method]) => [
        name,
        async (...input: readonly unknown[]) => {
          if (`${letter}:${name}` !== 'I:getCapabilities') calls.push(`${letter}:${name}`);
          if (broken.includes(`${letter}:${name}`))
            throw new CnmError({ code: 'refused', message: `${name} is broken` });
          return (method as (...all: readonly unknown[]) => Promise<unknown>)(...input);
        },
      ]),
    ) as F;
  const networkDriver: NetworkDriver = recording(memoryNetworkDriver(), 'N');
  const ipamDriver: IpamDriver = recording(memoryIpamDriver(), 'I');
  return { engine: memoryEngine({ networkDriver, ipamDriver }), calls };
}

const body = {
  Name: 'n',
  Driver: 'mock',
  IPAM: { Driver: 'mock', Config: [{ Subnet: '10.9.0.0/24', AuxiliaryAddresses: { r1: '10.9.0.6' } }] },
};
const create = [
  'N:getCapabilities',
  'N:gwAllocCheck',
  'I:getDefaultAddressSpaces',
  'I:requestPool',
  'I:requestAddress',
  'I:requestAddress',
  'N:createNetwork',
];

async function running(engine: Engine): Promise<string> {
  const { Id } = await engine.containerCreate({
    name: 'c1',
    body: { Image: 'busybox', HostConfig: { NetworkMode: 'n' } },
  });
  await engine.containerStart({ id: Id });
  return Id;
}

describe('the engine calls drivers in the order of a real one', () => {
  it('when a network is made and removed', async () => {
    const { engine, calls } = recorded();
    const { Id } = await engine.networkCreate({ body });
    expect(calls.splice(0)).toEqual(create);
    await engine.networkDelete({ id: Id });
    expect(calls).toEqual(['I:releaseAddress', 'I:releaseAddress', 'I:releasePool', 'N:deleteNetwork']);
  });

  it('when the pool that a driver chose overlaps a bridge network of the host', async () => {
    const { engine, calls } = recorded();
    await engine.networkCreate({ body: { Name: 'b', IPAM: { Config: [{ Subnet: '10.0.0.0/22' }] } } });
    const { Id } = await engine.networkCreate({ body: { Name: 'n', Driver: 'mock', IPAM: { Driver: 'mock' } } });
    // What was held while the engine asked goes before an address is asked for.
    expect(calls.filter((call) => call.startsWith('I:re'))).toEqual([
      ...Array.from({ length: 5 }, () => 'I:requestPool'),
      ...Array.from({ length: 4 }, () => 'I:releasePool'),
      'I:requestAddress',
    ]);
    const { IPAM } = await engine.networkInspect({ id: Id });
    expect(IPAM.Config?.[0]?.Subnet).toBe('10.0.4.0/24');
  });

  it('and gives up when all that a driver chooses do', async () => {
    const { engine } = recorded();
    await engine.networkCreate({ body: { Name: 'b', IPAM: { Config: [{ Subnet: '10.0.0.0/8' }] } } });
    await expect(
      engine.networkCreate({ body: { Name: 'n', Driver: 'mock', IPAM: { Driver: 'mock' } } }),
    ).rejects.toThrow('non-overlapping');
  });

  it('when a container starts, restarts and is removed', async () => {
    const { engine, calls } = recorded();
    await engine.networkCreate({ body });
    calls.splice(0);
    const id = await running(engine);
    const start = ['I:requestAddress', 'N:createEndpoint', 'N:join', 'N:programExternalConnectivity'];
    const stop = ['N:revokeExternalConnectivity', 'N:leave', 'N:deleteEndpoint', 'I:releaseAddress'];
    expect(calls.splice(0)).toEqual(start);
    await engine.containerRestart({ id });
    expect(calls.splice(0)).toEqual([...stop, ...start]);
    await engine.containerDelete({ id, force: true });
    expect(calls).toEqual(stop);
  });

  it('when the driver refuses the network: addresses and pool go back, no DeleteNetwork follows', async () => {
    const { engine, calls } = recorded(['N:createNetwork']);
    await expect(engine.networkCreate({ body })).rejects.toMatchObject({
      status: 500,
      message: 'createNetwork is broken',
    });
    expect(calls).toEqual([...create, 'I:releaseAddress', 'I:releaseAddress', 'I:releasePool']);
    expect((await engine.networkList({})).map(({ Name }) => Name)).not.toContain('n');
  });

  it('when the driver refuses an endpoint: the address goes back, no DeleteEndpoint follows', async () => {
    const { engine, calls } = recorded(['N:createEndpoint']);
    await engine.networkCreate({ body });
    calls.splice(0);
    await expect(running(engine)).rejects.toMatchObject({ status: 500 });
    expect(calls).toEqual(['I:requestAddress', 'N:createEndpoint', 'I:releaseAddress']);
  });

  it('when the driver refuses a Join: the endpoint is deleted', async () => {
    const { engine, calls } = recorded(['N:join']);
    await engine.networkCreate({ body });
    calls.splice(0);
    await expect(running(engine)).rejects.toMatchObject({ status: 500 });
    expect(calls).toEqual(['I:requestAddress', 'N:createEndpoint', 'N:join', 'N:deleteEndpoint', 'I:releaseAddress']);
  });

  it('when deletes fail: the network is gone all the same', async () => {
    const { engine } = recorded(['N:deleteNetwork', 'I:releasePool']);
    const { Id } = await engine.networkCreate({ body });
    await engine.networkDelete({ id: Id });
    await expect(engine.networkInspect({ id: Id })).rejects.toMatchObject({ status: 404 });
  });
});

describe('an IPAM driver that requires MAC addresses', () => {
  it.each([
    ['makes', undefined, /^02:42:/],
    ['has from its user', '02:42:0a:00:00:07', /^02:42:0a:00:00:07$/],
  ])('is told the one that the engine %s, and so is the network driver', async (_, MacAddress, wanted) => {
    const told: unknown[] = [];
    let asked = 0;
    const ipam = memoryIpamDriver();
    const network = memoryNetworkDriver();
    const engine = memoryEngine({
      networkDriver: {
        ...network,
        createEndpoint: async (request) => {
          told.push(request.Interface?.MacAddress);
          return network.createEndpoint(request);
        },
      },
      ipamDriver: {
        ...ipam,
        getCapabilities: async () => {
          asked += 1;
          return { RequiresMACAddress: true };
        },
        requestAddress: async (request) => {
          if (request.Options?.RequestAddressType === undefined)
            told.push(request.Options?.['com.docker.network.endpoint.macaddress']);
          return ipam.requestAddress(request);
        },
      },
    });
    await engine.networkCreate({ body: { Name: 'n', Driver: 'mock', IPAM: { Driver: 'mock' } } });
    for (const name of ['c1', 'c2']) {
      const EndpointsConfig = { n: MacAddress ? { MacAddress } : {} };
      const { Id } = await engine.containerCreate({
        name,
        body: { Image: 'i', HostConfig: { NetworkMode: 'n' }, NetworkingConfig: { EndpointsConfig } },
      });
      await engine.containerStart({ id: Id });
      const { NetworkSettings } = await engine.containerInspect({ id: Id });
      expect(told.splice(0)).toEqual([NetworkSettings.Networks?.['n']?.MacAddress, expect.stringMatching(wanted)]);
    }
    expect(asked).toBe(1);
  });
});

import { CnmError } from '@opencnm/sdk';
import type { Engine, IpamDriver, NetworkDriver } from '@opencnm/spec';
import { describe, expect, it } from 'vitest';
import { memoryEngine } from '../../src/engine/memory-engine.js';
import { memoryIpamDriver, memoryNetworkDriver } from '../../src/index.js';

/** An engine whose driver `mock` writes down its calls; `broken` ones are refused. */
function recorded(broken: readonly string[] = []): { readonly engine: Engine; readonly calls: string[] } {
  const calls: string[] = [];
  const recording = <F extends object>(face: F, letter: string): F =>
    Object.fromEntries(
      Object.entries(face).map(([name, method]) => [
        name,
        async (...input: readonly unknown[]) => {
          calls.push(`${letter}:${name}`);
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

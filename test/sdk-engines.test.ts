import { CnmError } from '@opencnm/sdk';
import { connectEngine, type EngineClient } from '@opencnm/sdk/engine';
import { operationsOf } from '@opencnm/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dockerEngine } from './engines/docker-engine.js';
import { mockEngine } from './engines/mock-engine.js';
import { onEngine } from './engines/on-engine.js';
import { podmanEngine } from './engines/podman-engine.js';
import type { RealEngine } from './engines/real-engine.js';

for (const kind of [dockerEngine, podmanEngine, mockEngine]) {
  onEngine<RealEngine>(kind, (engine) => {
    networking(async () => ({ host: engine().host, image: await engine().importImage() }));
  });
}

/** What an application does with networks; the same on every engine. */
function networking(start: () => Promise<{ readonly host: string; readonly image: string }>): void {
  let engine: EngineClient;
  let image = '';
  beforeAll(async () => {
    const started = await start();
    image = started.image;
    engine = await connectEngine({ host: started.host, timeoutMs: 30_000 });
  });
  afterAll(async () => engine?.close());

  it('creates a network and shows it as it was asked for', async () => {
    const { Id } = await engine.networks.create({
      body: { Name: 'sdk-a', ...subnet('10.220.0'), Labels: { sdk: 'a' } },
    });
    const shown = await engine.networks.inspect({ id: 'sdk-a' });
    expect(shown).toMatchObject({ Name: 'sdk-a', Id, Driver: 'bridge', Labels: { sdk: 'a' } });
    expect(shown.IPAM?.Config).toMatchObject([{ Subnet: '10.220.0.0/24', Gateway: '10.220.0.1' }]);
    expect((await engine.networks.inspect({ id: Id.slice(0, 12) })).Id).toBe(Id);
  });

  it('finds networks by label and name', async () => {
    await engine.networks.create({
      body: { Name: 'sdk-b', ...subnet('10.221.0'), Labels: { sdk: 'b', 'sdk.more': '' } },
    });
    const names = async (filters: Readonly<Record<string, readonly string[]>>) =>
      (await engine.networks.list({ filters })).map(({ Name }) => Name).sort();
    expect(await names({ label: ['sdk'] })).toEqual(['sdk-a', 'sdk-b']);
    expect(await names({ label: ['sdk=b'] })).toEqual(['sdk-b']);
    expect(await names({ label: ['sdk', 'sdk.more'] })).toEqual(['sdk-b']);
    expect(await names({ name: ['sdk-a'] })).toEqual(['sdk-a']);
    expect(await names({ label: ['sdk=c'] })).toEqual([]);
  });

  it('connects a container to a second network under the address asked for, and disconnects it', async () => {
    const body = { Image: image, Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'sdk-a' } };
    const { Id } = await engine.containers.create({ name: 'sdk-1', body });
    await engine.containers.start({ id: Id });
    const EndpointConfig = { IPAMConfig: { IPv4Address: '10.221.0.9' }, Aliases: ['nine'] };
    await engine.networks.connect({ id: 'sdk-b', body: { Container: Id, EndpointConfig } });
    const inside = (await engine.containers.inspect({ id: Id })).NetworkSettings?.Networks;
    expect(Object.keys(inside ?? {}).sort()).toEqual(['sdk-a', 'sdk-b']);
    expect(inside?.['sdk-b']).toMatchObject({ IPAddress: '10.221.0.9', IPPrefixLen: 24 });
    const members = (await engine.networks.inspect({ id: 'sdk-b' })).Containers;
    expect(members?.[Id]).toMatchObject({ Name: 'sdk-1', IPv4Address: '10.221.0.9/24' });
    await engine.networks.disconnect({ id: 'sdk-b', body: { Container: Id } });
    expect((await engine.networks.inspect({ id: 'sdk-b' })).Containers).not.toHaveProperty(Id);
  });

  it('refuses a used name, a network in use and what does not exist, each with an error', async () => {
    await expect(engine.networks.create({ body: { Name: 'sdk-a', CheckDuplicate: true } })).rejects.toSatisfy(
      isRefusal,
    );
    await expect(engine.networks.delete({ id: 'sdk-a' })).rejects.toSatisfy(isRefusal);
    await expect(engine.networks.inspect({ id: 'sdk-z' })).rejects.toMatchObject({ code: 'not-found', status: 404 });
    const body = { Container: 'sdk-z' };
    await expect(engine.networks.connect({ id: 'sdk-b', body })).rejects.toMatchObject({
      code: 'not-found',
      status: 404,
    });
  });

  it('resolves no operation on a thing that does not exist', async () => {
    const rows = operationsOf('engine').filter(({ path }) => path.includes('{id}'));
    expect(rows.length).toBeGreaterThan(5);
    for (const { call } of rows) {
      const operation = engine.face[call as keyof typeof engine.face] as (input: unknown) => Promise<unknown>;
      const input = { id: 'sdk-nothing', body: { Container: 'sdk-nothing' } };
      await expect(operation(input), call).rejects.toSatisfy(isRefusal);
    }
  });

  it('prunes with a label filter only what has the label', async () => {
    await engine.networks.create({ body: { Name: 'sdk-c', ...subnet('10.222.0'), Labels: { sdk: 'c' } } });
    await engine.networks.create({ body: { Name: 'sdk-d', ...subnet('10.223.0') } });
    const { NetworksDeleted } = await engine.networks.prune({ filters: { label: ['sdk=c'] } });
    expect(NetworksDeleted).toEqual(['sdk-c']);
    const left = (await engine.networks.list({})).map(({ Name }) => Name);
    expect(left).toEqual(expect.arrayContaining(['sdk-a', 'sdk-b', 'sdk-d']));
    expect(left).not.toContain('sdk-c');
  });

  it('removes containers and networks', async () => {
    await engine.containers.stop({ id: 'sdk-1', t: 0 });
    await engine.containers.delete({ id: 'sdk-1', force: true });
    for (const id of ['sdk-a', 'sdk-b', 'sdk-d']) await engine.networks.delete({ id });
    expect((await engine.networks.list({ filters: { name: ['sdk-'] } })).map(({ Name }) => Name)).toEqual([]);
    expect((await engine.containers.list({ all: true })).length).toBe(0);
  });
}

function subnet(base: string) {
  return { Driver: 'bridge', IPAM: { Config: [{ Subnet: `${base}.0/24`, Gateway: `${base}.1` }] } };
}

function isRefusal(error: unknown): boolean {
  return error instanceof CnmError && (error.status ?? 0) >= 400 && error.message !== '';
}

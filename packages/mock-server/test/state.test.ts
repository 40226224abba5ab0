import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectPlugin, type PluginClient } from '@opencnm/sdk/plugin';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../src/index.js';

const command = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-test-'));
  file = join(folder, 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Serves a mock with the state file, for as long as `use` takes; then kills it without warning. */
async function withMock(use: (client: PluginClient) => Promise<void>): Promise<void> {
  const address = `unix://${folder}/mock.sock`;
  const child = spawn(process.execPath, [command, '--plugin', address, '--state', file]);
  const ended = new Promise((resolve) => child.on('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const client = connectPlugin(address);
  try {
    await use(client);
  } finally {
    child.kill('SIGKILL');
    await Promise.all([ended, client.close()]);
  }
}

const network = {
  NetworkID: 'n',
  Options: {},
  IPv4Data: [{ AddressSpace: 'LocalDefault', Pool: '10.9.0.0/24', Gateway: '10.9.0.1/24' }],
  IPv6Data: [],
};
const ids = { NetworkID: 'n', EndpointID: 'e' };
const pool = { AddressSpace: 'LocalDefault', Pool: '10.9.0.0/24', SubPool: '10.9.0.128/25', Options: null, V6: false };

describe('the state file', () => {
  it('brings networks, endpoints, links and ports back after a kill', async () => {
    const port = { Proto: 6, Port: 80, HostPort: 8080, HostPortEnd: 8080 };
    let link: string | undefined;
    await withMock(async ({ networkDriver }) => {
      await networkDriver.createNetwork(network);
      await networkDriver.createEndpoint({ ...ids, Interface: { MacAddress: '' }, Options: {} });
      link = (await networkDriver.join({ ...ids, SandboxKey: '/s', Options: {} })).InterfaceName?.SrcName;
      await networkDriver.programExternalConnectivity({
        ...ids,
        Options: { 'com.docker.network.portmap': [port] },
      });
    });
    await withMock(async ({ networkDriver }) => {
      await expect(networkDriver.join({ ...ids, SandboxKey: '/t', Options: {} })).rejects.toThrow('joined a sandbox');
      const other = { ...ids, EndpointID: 'f' };
      const made = await networkDriver.createEndpoint({ ...other, Interface: {}, Options: {} });
      expect(made.Interface?.Address).toBe('10.9.0.3/24');
      const joined = await networkDriver.join({ ...other, SandboxKey: '/t', Options: {} });
      expect(joined.Gateway).toBe('10.9.0.1');
      expect(joined.InterfaceName?.SrcName).not.toBe(link);
      await expect(
        networkDriver.programExternalConnectivity({ ...other, Options: { 'com.docker.network.portmap': [port] } }),
      ).rejects.toThrow('8080');
      await networkDriver.deleteEndpoint(ids);
    });
    await withMock(async ({ networkDriver }) => {
      await expect(networkDriver.endpointOperInfo(ids)).rejects.toThrow('does not exist');
      await networkDriver.deleteNetwork({ NetworkID: 'n' });
    });
    await withMock(async ({ networkDriver }) => {
      await networkDriver.createNetwork(network);
    });
  });

  it('brings pools, their counts and addresses back, also high ones of IPv6', async () => {
    const six = { ...pool, Pool: 'fd00:1::/64', SubPool: '', V6: true };
    let poolId = '';
    let poolId6 = '';
    await withMock(async ({ ipamDriver }) => {
      poolId = (await ipamDriver.requestPool(pool)).PoolID ?? '';
      await ipamDriver.requestPool(pool);
      expect((await ipamDriver.requestAddress({ PoolID: poolId, Address: '', Options: null })).Address).toBe(
        '10.9.0.128/24',
      );
      poolId6 = (await ipamDriver.requestPool(six)).PoolID ?? '';
      await ipamDriver.requestAddress({ PoolID: poolId6, Address: 'fd00:1::ffff:ffff:ffff:fff0', Options: null });
    });
    await withMock(async ({ ipamDriver }) => {
      const ask = (PoolID: string, Address = '') => ipamDriver.requestAddress({ PoolID, Address, Options: null });
      expect((await ask(poolId)).Address).toBe('10.9.0.129/24');
      await expect(ask(poolId, '10.9.0.128')).rejects.toThrow('in use');
      await expect(ask(poolId6, 'fd00:1::ffff:ffff:ffff:fff0')).rejects.toThrow('in use');
      await expect(ipamDriver.requestPool({ ...pool, Pool: '10.9.0.0/16', SubPool: '' })).rejects.toThrow('overlaps');
      await ipamDriver.releasePool({ PoolID: poolId });
      await ask(poolId);
      await ipamDriver.releasePool({ PoolID: poolId });
    });
    await withMock(async ({ ipamDriver }) => {
      await expect(ipamDriver.requestAddress({ PoolID: poolId, Address: '', Options: null })).rejects.toThrow(
        'unknown',
      );
    });
  });

  it('is replaced as a whole, opened by its user alone, and emptied by a reset', async () => {
    const mock = await startMock({ plugin: `unix://${folder}/mock.sock`, state: file });
    const client = connectPlugin(mock.pluginUrl ?? '');
    await client.networkDriver.createNetwork(network);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('10.9.0.0/24');
    mock.reset();
    expect(readFileSync(file, 'utf8')).not.toContain('10.9.0.0/24');
    await client.networkDriver.createNetwork(network);
    await client.close();
    await mock.close();
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  it('is refused when it is none', async () => {
    for (const text of ['{', '{}', 'null']) {
      writeFileSync(file, text);
      await expect(startMock({ plugin: `unix://${folder}/mock.sock`, state: file })).rejects.toThrow(
        'is not a state file of the mock',
      );
    }
    await expect(startMock({ plugin: `unix://${folder}/mock.sock`, state: folder })).rejects.toThrow('cannot be read');
  });
});

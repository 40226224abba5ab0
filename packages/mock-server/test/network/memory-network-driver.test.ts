import type { CreateNetworkRequest, NetworkDriver, PortBinding } from '@opencnm/spec';
import { expect, test } from 'vitest';
import { memoryNetworkDriver } from '../../src/network/memory-network-driver.js';

const v4 = { AddressSpace: 'LocalDefault', Pool: '10.1.0.0/24', Gateway: '10.1.0.1/24' };
const v6 = { AddressSpace: 'LocalDefault', Pool: 'fd00:1::/64', Gateway: 'fd00:1::1/64' };

async function network(driver: NetworkDriver, id: string, over: Partial<CreateNetworkRequest> = {}): Promise<void> {
  await driver.createNetwork({ NetworkID: id, Options: {}, IPv4Data: [v4], IPv6Data: [], ...over });
}

function endpoint(driver: NetworkDriver, network: string, id: string, Address = '', AddressIPv6 = '', MacAddress = '') {
  const Interface = { Address, AddressIPv6, MacAddress };
  return driver.createEndpoint({ NetworkID: network, EndpointID: id, Interface, Options: {} });
}

function join(driver: NetworkDriver, network: string, id: string) {
  return driver.join({ NetworkID: network, EndpointID: id, SandboxKey: `/netns/${id}`, Options: {} });
}

function publish(driver: NetworkDriver, network: string, id: string, ...ports: Partial<PortBinding>[]) {
  const bindings = ports.map((port) => ({ Proto: 6, IP: '', Port: 80, HostIP: '', ...port }));
  const Options = { 'com.docker.network.portmap': bindings };
  return driver.programExternalConnectivity({ NetworkID: network, EndpointID: id, Options });
}

test('what the engine gave is not in the answer, and what is missing is supplied', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n', { IPv6Data: [v6] });
  const full = await endpoint(driver, 'n', 'a', '10.1.0.9/24', 'fd00:1::9/64', '02:42:00:00:00:09');
  expect(full).toEqual({ Interface: {} });
  expect(await endpoint(driver, 'n', 'b', '10.1.0.10/24')).toEqual({
    Interface: { MacAddress: expect.stringMatching(/^02:42(:[0-9a-f]{2}){4}$/) },
  });
  expect((await endpoint(driver, 'n', 'c')).Interface).toMatchObject({
    Address: '10.1.0.2/24',
    AddressIPv6: 'fd00:1::2/64',
  });
});

test('supplied addresses keep clear of the gateway, auxiliary addresses, the broadcast address and live endpoints', async () => {
  const driver = memoryNetworkDriver();
  const small = { AddressSpace: 's', Pool: '10.2.0.0/29', Gateway: '10.2.0.1/29', AuxAddresses: { a: '10.2.0.3/29' } };
  await network(driver, 'n', { IPv4Data: [small] });
  await endpoint(driver, 'n', 'given', '10.2.0.5/29');
  const supplied = [];
  for (const id of ['a', 'b', 'c']) supplied.push((await endpoint(driver, 'n', id)).Interface?.Address);
  expect(supplied).toEqual(['10.2.0.2/29', '10.2.0.4/29', '10.2.0.6/29']);
});

test('a full pool refuses an endpoint and keeps nothing of it, and a deleted endpoint makes room', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n', { IPv4Data: [{ AddressSpace: 's', Pool: '10.3.0.0/30', Gateway: '10.3.0.1/30' }] });
  await endpoint(driver, 'n', 'a');
  await expect(endpoint(driver, 'n', 'b')).rejects.toThrow('no address of 10.3.0.0/30 is free');
  await expect(driver.endpointOperInfo({ NetworkID: 'n', EndpointID: 'b' })).rejects.toThrow('does not exist');
  await driver.deleteEndpoint({ NetworkID: 'n', EndpointID: 'a' });
  expect((await endpoint(driver, 'n', 'b')).Interface?.Address).toBe('10.3.0.2/30');
});

test('a pool of a single address is used, and the last IPv6 address too', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'one', { IPv4Data: [{ AddressSpace: 's', Pool: '10.4.0.7/32' }] });
  expect((await endpoint(driver, 'one', 'a')).Interface?.Address).toBe('10.4.0.7/32');
  await network(driver, 'six', { IPv4Data: [], IPv6Data: [{ AddressSpace: 's', Pool: 'fd00:2::/127' }] });
  expect((await endpoint(driver, 'six', 'b')).Interface?.AddressIPv6).toBe('fd00:2::/127');
  expect((await endpoint(driver, 'six', 'c')).Interface?.AddressIPv6).toBe('fd00:2::1/127');
});

test('no address comes from the pool of the null IPAM driver', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n', { IPv4Data: [{ AddressSpace: 'null', Pool: '0.0.0.0/0' }] });
  expect(Object.keys((await endpoint(driver, 'n', 'a')).Interface ?? {})).toEqual(['MacAddress']);
});

test('the gateway is the one of the subnet that the endpoint is in', async () => {
  const driver = memoryNetworkDriver();
  const second = { AddressSpace: 's', Pool: '10.5.0.0/24', Gateway: '10.5.0.1/24' };
  const without = { AddressSpace: 's', Pool: '10.6.0.0/24' };
  const second6 = { AddressSpace: 's', Pool: 'fd00:5::/64', Gateway: 'fd00:5::1/64' };
  await network(driver, 'n', { IPv4Data: [v4, second, without], IPv6Data: [v6, second6] });
  await endpoint(driver, 'n', 'a', '10.1.0.2/24', 'fd00:1::2/64');
  await endpoint(driver, 'n', 'b', '10.5.0.2/24', 'fd00:5::2/64');
  await endpoint(driver, 'n', 'c', '10.6.0.2/24');
  expect(await join(driver, 'n', 'a')).toMatchObject({ Gateway: '10.1.0.1', GatewayIPv6: 'fd00:1::1' });
  expect(await join(driver, 'n', 'b')).toMatchObject({ Gateway: '10.5.0.1', GatewayIPv6: 'fd00:5::1' });
  const { InterfaceName, ...rest } = await join(driver, 'n', 'c');
  expect(rest).toEqual({ DisableGatewayService: true });
  expect(InterfaceName).toEqual({ SrcName: expect.stringMatching(/^veth[0-9a-f]{7}$/), DstPrefix: 'eth' });
});

test('internal networks have no gateway', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n', { Options: { 'com.docker.network.internal': true }, IPv6Data: [v6] });
  await endpoint(driver, 'n', 'a');
  const answer = await join(driver, 'n', 'a');
  expect(Object.keys(answer).sort()).toEqual(['DisableGatewayService', 'InterfaceName']);
});

test('an endpoint keeps its link through Leave, and through a DeleteEndpoint on another network', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n');
  await network(driver, 'other');
  await endpoint(driver, 'n', 'a');
  const first = await join(driver, 'n', 'a');
  await driver.deleteEndpoint({ NetworkID: 'other', EndpointID: 'a' });
  await driver.leave({ NetworkID: 'n', EndpointID: 'a' });
  expect((await join(driver, 'n', 'a')).InterfaceName).toEqual(first.InterfaceName);
});

test('the links of sixty thousand live endpoints differ', async () => {
  const driver = memoryNetworkDriver({ seed: 3 });
  await network(driver, 'n');
  const links = new Set<string | undefined>();
  for (let n = 0; n < 60_000; n++) {
    await endpoint(driver, 'n', `${n}`, '10.1.0.2/24', '', '02:42:00:00:00:02');
    links.add((await join(driver, 'n', `${n}`)).InterfaceName?.SrcName);
  }
  expect(links.size).toBe(60_000);
});

const published: readonly (readonly [string, Partial<PortBinding>, Partial<PortBinding>, string | undefined])[] = [
  ['the same port', { HostPort: 8080 }, { HostPort: 8080 }, '8080'],
  ['a port of a range', { HostPort: 8080, HostPortEnd: 8090 }, { HostPort: 8085 }, '8085'],
  ['an address under the wildcard', { HostPort: 8080 }, { HostPort: 8080, HostIP: '127.0.0.1' }, '8080'],
  [
    'the wildcard over an address',
    { HostPort: 8080, HostIP: '127.0.0.1' },
    { HostPort: 8080, HostIP: '0.0.0.0' },
    '8080',
  ],
  ['an IPv6 address under no address', { HostPort: 8080 }, { HostPort: 8080, HostIP: '::1' }, '8080'],
  ['an IPv6 address under its wildcard', { HostPort: 8080, HostIP: '::' }, { HostPort: 8080, HostIP: '::1' }, '8080'],
  ['another address', { HostPort: 8080, HostIP: '127.0.0.1' }, { HostPort: 8080, HostIP: '127.0.0.2' }, undefined],
  ['the other family', { HostPort: 8080, HostIP: '0.0.0.0' }, { HostPort: 8080, HostIP: '::' }, undefined],
  ['another protocol', { HostPort: 8080 }, { HostPort: 8080, Proto: 17 }, undefined],
  ["a port of the driver's choice", { HostPort: 0 }, { HostPort: 0 }, undefined],
];

test.each(published)('publishing %s beside another endpoint', async (_, first, second, conflict) => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n');
  await network(driver, 'm');
  for (const [on, id] of [
    ['n', 'a'],
    ['m', 'b'],
  ] as const) {
    await endpoint(driver, on, id);
    await join(driver, on, id);
  }
  await publish(driver, 'n', 'a', first);
  const attempt = publish(driver, 'm', 'b', second);
  if (conflict) await expect(attempt).rejects.toThrow(`host port ${conflict} is taken`);
  else expect(await attempt).toEqual({});
});

test('a refused publication takes no port, and each way to end an endpoint frees its ports', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n');
  for (const id of ['a', 'b', 'c']) {
    await endpoint(driver, 'n', id);
    await join(driver, 'n', id);
  }
  const ids = { NetworkID: 'n', EndpointID: 'a' };
  const ends = [driver.revokeExternalConnectivity, driver.leave, driver.deleteEndpoint];
  for (const end of ends) {
    await publish(driver, 'n', 'a', { HostPort: 80 });
    await expect(publish(driver, 'n', 'b', { HostPort: 81 }, { HostPort: 80 })).rejects.toThrow('host port 80');
    expect(await publish(driver, 'n', 'c', { HostPort: 81 })).toEqual({});
    await end(ids);
    expect(await publish(driver, 'n', 'b', { HostPort: 80 })).toEqual({});
    for (const id of ['b', 'c']) await driver.revokeExternalConnectivity({ NetworkID: 'n', EndpointID: id });
  }
});

test('a duplicate is refused without harm to the first', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n');
  await endpoint(driver, 'n', 'a');
  await expect(network(driver, 'n')).rejects.toThrow('already exists');
  await expect(endpoint(driver, 'n', 'a')).rejects.toThrow('already exists');
  const first = await join(driver, 'n', 'a');
  await expect(join(driver, 'n', 'a')).rejects.toThrow('has joined a sandbox already');
  await driver.leave({ NetworkID: 'n', EndpointID: 'a' });
  await driver.leave({ NetworkID: 'n', EndpointID: 'a' });
  expect(await join(driver, 'n', 'a')).toEqual(first);
});

test('the unknown is refused where something is made of it, and harmless where it ends', async () => {
  const driver = memoryNetworkDriver();
  const ids = { NetworkID: 'n', EndpointID: 'a' };
  await expect(endpoint(driver, 'n', 'a')).rejects.toMatchObject({
    code: 'refused',
    message: /network n does not exist/,
  });
  await network(driver, 'n');
  await expect(join(driver, 'n', 'a')).rejects.toThrow('endpoint a does not exist on network n');
  for (const end of [driver.leave, driver.deleteEndpoint, driver.revokeExternalConnectivity])
    expect(await end(ids)).toEqual({});
  expect(await driver.deleteNetwork({ NetworkID: 'unknown' })).toEqual({});
  expect(await driver.freeNetwork({ NetworkID: 'unknown' })).toEqual({});
});

test('a network that is deleted takes its endpoints along, and its id may come back', async () => {
  const driver = memoryNetworkDriver();
  await network(driver, 'n');
  await endpoint(driver, 'n', 'a');
  await join(driver, 'n', 'a');
  await publish(driver, 'n', 'a', { HostPort: 80 });
  await driver.deleteNetwork({ NetworkID: 'n' });
  await network(driver, 'n');
  await expect(driver.endpointOperInfo({ NetworkID: 'n', EndpointID: 'a' })).rejects.toThrow('does not exist');
  expect((await endpoint(driver, 'n', 'a')).Interface?.Address).toBe('10.1.0.2/24');
  await join(driver, 'n', 'a');
  expect(await publish(driver, 'n', 'a', { HostPort: 80 })).toEqual({});
});

test('an allocation is the same each time, until it is freed', async () => {
  const driver = memoryNetworkDriver({ scope: 'global' });
  expect(await driver.getCapabilities({})).toMatchObject({ Scope: 'global', GwAllocChecker: true });
  const request = { NetworkID: 'n', Options: { mtu: '1400' }, IPv4Data: [v4], IPv6Data: null };
  const first = await driver.allocateNetwork(request);
  expect(first.Options).toMatchObject({ mtu: '1400' });
  expect(await driver.allocateNetwork({ ...request, Options: first.Options ?? {} })).toEqual(first);
  await driver.freeNetwork({ NetworkID: 'n' });
  expect(await driver.allocateNetwork(request)).not.toEqual(first);
});

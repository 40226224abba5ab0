// A test of an application without an engine: the mock refuses what it is told to refuse.

import { startMock } from '@opencnm/mock-server';
import { connectEngine } from '@opencnm/sdk/engine';

const mock = await startMock({
  engine: 'tcp://127.0.0.1:0',
  faults: ['engine.network-connect.address#ignores-address'],
});
const engine = await connectEngine({ host: mock.engineUrl ?? '' });

await engine.networks.create({ body: { Name: 'shop', IPAM: { Config: [{ Subnet: '10.5.0.0/24' }] } } });
const { Id } = await engine.containers.create({ name: 'web', body: { Image: 'any' } });
await engine.containers.start({ id: Id });
const wanted = { IPAMConfig: { IPv4Address: '10.5.0.77' } };
await engine.networks.connect({ id: 'shop', body: { Container: 'web', EndpointConfig: wanted } });
const { NetworkSettings } = await engine.containers.inspect({ id: 'web' });
console.log(`asked for 10.5.0.77, got ${NetworkSettings.Networks?.['shop']?.IPAddress}`);

await engine.close();
await mock.close();

// A test of an application without an engine: the mock is wrong as it is told to be. `node --import tsx examples/mock.ts`
import { startMock } from '@opencnm/mock-server';
import { connectEngine } from '@opencnm/sdk/engine';

const faults = ['engine.network-connect.address#ignores-address'] as const;
const mock = await startMock({ engine: 'tcp://127.0.0.1:0', faults });
const engine = await connectEngine({ host: mock.engineUrl ?? '' });
await engine.networks.create({ body: { Name: 'shop', IPAM: { Config: [{ Subnet: '10.5.0.0/24' }] } } });
await engine.containers.create({ name: 'web', body: { Image: 'any' } });
await engine.containers.start({ id: 'web' });
const wanted = { IPAMConfig: { IPv4Address: '10.5.0.77' } };
await engine.networks.connect({ id: 'shop', body: { Container: 'web', EndpointConfig: wanted } });
const { NetworkSettings } = await engine.containers.inspect({ id: 'web' });
console.log(`asked for 10.5.0.77, got ${NetworkSettings.Networks?.['shop']?.IPAddress}`);
await Promise.all([engine.close(), mock.close()]);

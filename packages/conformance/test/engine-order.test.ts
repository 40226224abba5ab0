import type { VariantId } from '@opencnm/mock-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Exchange } from '../src/answer.js';
import { driverCaller } from '../src/caller/driver-caller.js';
import { drawingOfSequence } from '../src/draw.js';
import { checks } from '../src/index.js';
import { networkModel } from '../src/models/network-model.js';
import { follow } from '../src/sequences/explore.js';
import { plainSettings } from '../src/settings.js';
import { worldOf } from '../src/world.js';
import { type OnMock, onMock } from './on-mock.js';

let target: OnMock;
beforeAll(async () => {
  target = await onMock();
});
afterAll(() => target.close());

/** What a run sends to a driver with a variant. */
async function sentBy(ids: RegExp, variant?: VariantId) {
  target.mock.reset([], variant ? [variant] : []);
  const report = await target.run(
    checks.filter(({ id }) => ids.test(id)),
    { keepsEvidence: true },
  );
  expect(report.counts.pass).toBe(report.judged.length);
  return { features: report.target.features, sent: report.judged.flatMap(({ evidence }) => evidence) };
}

const bodyOf = ({ request }: Exchange) => JSON.parse(request.body ?? '{}') as Record<string, unknown>;
const callsOf = (sent: readonly Exchange[]) => sent.map(({ operation }) => operation.replace(/^\w+\./, ''));

it('tells the network driver the MAC address that the IPAM driver was told', async () => {
  const { sent } = await sentBy(/^create-endpoint\.echoes-no-address$/, 'requires-macs');
  const asked = sent.findLast(({ operation }) => operation === 'IpamDriver.RequestAddress');
  const made = sent.find(({ operation }) => operation === 'NetworkDriver.CreateEndpoint');
  expect(made && bodyOf(made)['Interface']).toMatchObject({
    MacAddress: (asked && (bodyOf(asked)['Options'] as Record<string, string>))?.[
      'com.docker.network.endpoint.macaddress'
    ],
  });
});

it.each([
  [{}, '10.77.0.1/29', '10.77.0.2/29'],
  [{ gateway: '10.77.0.2/29' }, '10.77.0.2/29', '10.77.0.3/29'],
])('names addresses of the pool that the user named, with %o', async (more, gateway, address) => {
  target.mock.reset();
  const { judged } = await target.run(
    checks.filter(({ id }) => id === 'create-endpoint.echoes-no-address'),
    { keepsEvidence: true, profiles: ['network-driver'], settings: { ipam: 'engine', pool: '10.77.0.0/29', ...more } },
  );
  const [network, endpoint] = judged.flatMap(({ evidence }) => evidence).map(bodyOf);
  expect(network).toMatchObject({ IPv4Data: [{ Pool: '10.77.0.0/29', Gateway: gateway }] });
  expect(endpoint).toMatchObject({ Interface: { Address: address } });
});

it('makes networks on the pools of a driver whose addresses are in networks alone', async () => {
  const ids = /^request-address\.(not-empty|in-pool)$/;
  expect((await sentBy(ids)).features).not.toContain('addresses-of-networks');
  const { features, sent } = await sentBy(ids, 'addresses-of-networks');
  expect(features).toContain('addresses-of-networks');
  expect(callsOf(sent)).toContain('CreateNetwork');
});

it('asks for pools and addresses right before they are needed, and gives them back before a network is deleted', async () => {
  target.mock.reset([], ['addresses-of-networks']);
  const caller = driverCaller(target.mock.pluginUrl ?? '', 2_000);
  const settings = { ...plainSettings, ipam: 'composed' as const };
  const world = worldOf(caller, drawingOfSequence(1, 'order', 0, 0), settings, new Set());
  const verbs = [
    'create an endpoint',
    'delete an endpoint',
    'delete a network',
    'create a network',
    'create an endpoint',
  ];
  await follow(
    networkModel,
    world,
    verbs.map((verb) => ({ verb, x: 0, y: 0 })),
  );
  const network = ['RequestPool', 'RequestAddress', 'CreateNetwork'];
  const endpoint = ['RequestAddress', 'CreateEndpoint'];
  const ends = ['DeleteEndpoint', 'ReleaseAddress', 'ReleaseAddress', 'ReleasePool', 'DeleteNetwork'];
  expect(callsOf(world.evidence)).toEqual([
    'GetDefaultAddressSpaces',
    ...[...network, ...endpoint, ...ends],
    ...[...network, ...endpoint],
  ]);
  expect(await world.undo()).toEqual([]);
  caller.close();
});

it('leaves out enable_ipv4 for a driver that refuses it, and warns of that alone', async () => {
  target.mock.reset([], ['before-28']);
  const ids = /^create-network\.(accepted|enable-ipv4|older-options|swarm-id)$/;
  const { judged, target: about } = await target.run(checks.filter(({ id }) => ids.test(id)));
  expect(about.features).toContain('before-28');
  expect(judged.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict])).toEqual([
    ['create-network.enable-ipv4', 'warn'],
  ]);
});

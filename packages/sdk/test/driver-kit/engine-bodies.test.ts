import { type Face, operation, operationsOf } from '@opencnm/spec';
import { expect, it } from 'vitest';
import { aPlugin } from '../fixtures/a-plugin.js';
import { post } from '../fixtures/post.js';

const nid = 'b'.repeat(64);
const eid = 'c'.repeat(64);
const ids = { NetworkID: nid, EndpointID: eid };
const ports = { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] };
const pool = { AddressSpace: '', Gateway: '10.0.0.1/24', Pool: '10.0.0.0/24' };

/** What engines send, in the spelling of Go: null for empty maps and lists, every field present. */
const bodies = {
  'NetworkDriver.GwAllocCheck': { Options: null },
  'NetworkDriver.CreateNetwork': {
    NetworkID: nid,
    Options: {
      'com.docker.network.enable_ipv4': true,
      'com.docker.network.enable_ipv6': false,
      'com.docker.network.generic': { 'acme.vlan': '10' },
    },
    IPv4Data: [{ ...pool, AddressSpace: 'LS', AuxAddresses: { r1: '10.0.0.6/24' } }],
    IPv6Data: [],
  },
  'NetworkDriver.DeleteNetwork': { NetworkID: nid },
  'NetworkDriver.AllocateNetwork': { NetworkID: nid, Options: {}, IPv4Data: [pool], IPv6Data: null },
  'NetworkDriver.FreeNetwork': { NetworkID: nid },
  'NetworkDriver.CreateEndpoint': {
    ...ids,
    Interface: { Address: '10.0.0.2/24', AddressIPv6: '', MacAddress: '02:42:0a:00:00:02' },
    Options: { ...ports, 'com.docker.network.endpoint.macaddress': 'AkIKAAAC', 'acme.qos': 'gold' },
  },
  'NetworkDriver.EndpointOperInfo': ids,
  'NetworkDriver.DeleteEndpoint': ids,
  'NetworkDriver.Join': { ...ids, SandboxKey: '/var/run/docker/netns/6d9b24f58708', Options: ports },
  'NetworkDriver.Leave': ids,
  'NetworkDriver.ProgramExternalConnectivity': { ...ids, Options: null },
  'NetworkDriver.RevokeExternalConnectivity': ids,
  'NetworkDriver.DiscoverNew': {
    DiscoveryType: 1,
    DiscoveryData: { Address: '192.0.2.7', BindAddress: '', Self: false },
  },
  'NetworkDriver.DiscoverDelete': {
    DiscoveryType: 1,
    DiscoveryData: { Address: '192.0.2.7', BindAddress: '', Self: false },
  },
  'IpamDriver.RequestPool': { AddressSpace: 'LS', Pool: '', SubPool: '', Options: null, V6: false },
  'IpamDriver.ReleasePool': { PoolID: 'p1' },
  'IpamDriver.RequestAddress': { PoolID: 'p1', Address: '', Options: null },
  'IpamDriver.ReleaseAddress': { PoolID: 'p1', Address: '10.0.0.2' },
} as const;

it.each(Object.entries(bodies))('%s of an engine reaches the implementation', async (id, body) => {
  const { face, call, path } = operation(id as keyof typeof bodies);
  let seen: unknown;
  const driver = {
    [call]: async (input: unknown) => {
      seen = input;
      return {};
    },
  };
  const { socket } = await aPlugin(face === 'ipam-driver' ? { ipamDriver: driver } : { networkDriver: driver });
  expect(await post(socket, path, `${JSON.stringify(body)}\n`)).toMatchObject({ status: 200 });
  expect(seen).toEqual(body);
});

it('every operation with a body stands in the table above', () => {
  const faces: readonly Face[] = ['network-driver', 'ipam-driver'];
  const wanted = faces.flatMap((face) => operationsOf(face).flatMap(({ id, request }) => (request ? [id] : [])));
  expect(Object.keys(bodies).sort()).toEqual(wanted.sort());
});

import type { EndpointRequest, NetworkDriver } from '@opencnm/spec';
import { seeded } from '../seed.js';
import { type Keep, saving } from '../state/keep.js';
import { type NetworkSnapshot, restoredNetwork, savedNetwork } from './network-snapshot.js';
import { type EndpointState, type NetworkState, networkFrom, portKeys } from './network-state.js';
import { portConflict } from './port-conflict.js';
import { refusal } from './refusal.js';
import { gatewayFor } from './subnets.js';
import { suppliedInterface } from './supplied-interface.js';

/** How the driver presents itself. */
export interface NetworkDriverOptions {
  readonly seed?: number;
  readonly scope?: 'local' | 'global';
  /** Where its state outlives the process. */
  readonly keep?: Keep<NetworkSnapshot>;
}

/** A network driver in memory that satisfies every clause of its face. */
export function memoryNetworkDriver({ seed = 1, scope = 'local', keep }: NetworkDriverOptions = {}): NetworkDriver {
  const saved = keep?.saved;
  const networks = new Map(saved?.networks.map((network) => [network.id, restoredNetwork(network)]));
  const allocations = new Map(saved?.allocations);
  const links = new Set(saved?.networks.flatMap(({ endpoints }) => endpoints.flatMap(({ link }) => link ?? [])));
  const random = seeded(saved?.random ?? seed);

  function networkOf(id: string): NetworkState {
    const network = networks.get(id);
    if (!network) throw refusal(`network ${id} does not exist`);
    return network;
  }
  function endpointOf({ NetworkID, EndpointID }: EndpointRequest): EndpointState {
    const endpoint = networkOf(NetworkID).endpoints.get(EndpointID);
    if (!endpoint) throw refusal(`endpoint ${EndpointID} does not exist on network ${NetworkID}`);
    return endpoint;
  }
  /** A link name that no live endpoint has. */
  function freshLink(): string {
    let name = `veth${random.hex(7)}`;
    while (links.has(name)) name = `veth${random.hex(7)}`;
    links.add(name);
    return name;
  }
  function forget({ link }: EndpointState): void {
    if (link) links.delete(link);
  }
  function takenPorts(except: EndpointState): readonly string[] {
    return [...networks.values()]
      .flatMap(({ endpoints }) => [...endpoints.values()])
      .filter((each) => each !== except)
      .flatMap(({ ports }) => ports);
  }

  const driver: NetworkDriver = {
    getCapabilities: async () => ({ Scope: scope, ConnectivityScope: scope, GwAllocChecker: true }),
    gwAllocCheck: async () => ({ SkipIPv4: false, SkipIPv6: false }),
    async createNetwork(request) {
      if (networks.has(request.NetworkID)) throw refusal(`network ${request.NetworkID} already exists`);
      networks.set(request.NetworkID, networkFrom(request));
      return {};
    },
    async deleteNetwork({ NetworkID }) {
      for (const endpoint of networks.get(NetworkID)?.endpoints.values() ?? []) forget(endpoint);
      networks.delete(NetworkID);
      return {};
    },
    async allocateNetwork({ NetworkID, Options }) {
      const options = allocations.get(NetworkID) ?? { ...stringsOf(Options), 'opencnm.allocation': random.hex(8) };
      allocations.set(NetworkID, options);
      return { Options: options };
    },
    async freeNetwork({ NetworkID }) {
      allocations.delete(NetworkID);
      return {};
    },
    async createEndpoint({ NetworkID, EndpointID, Interface }) {
      const network = networkOf(NetworkID);
      if (network.endpoints.has(EndpointID)) throw refusal(`endpoint ${EndpointID} already exists`);
      const given = {
        Address: Interface?.Address ?? '',
        AddressIPv6: Interface?.AddressIPv6 ?? '',
        MacAddress: Interface?.MacAddress ?? '',
      };
      const supplied = suppliedInterface(given, network, random);
      network.endpoints.set(EndpointID, {
        id: EndpointID,
        address: given.Address || (supplied.Address ?? ''),
        address6: given.AddressIPv6 || (supplied.AddressIPv6 ?? ''),
        mac: given.MacAddress || (supplied.MacAddress ?? ''),
        ports: [],
      });
      return { Interface: supplied };
    },
    async endpointOperInfo(request) {
      const { mac } = endpointOf(request);
      return { Value: { 'com.docker.network.endpoint.macaddress': mac } };
    },
    async deleteEndpoint({ NetworkID, EndpointID }) {
      const endpoints = networks.get(NetworkID)?.endpoints;
      const endpoint = endpoints?.get(EndpointID);
      if (endpoint) forget(endpoint);
      endpoints?.delete(EndpointID);
      return {};
    },
    async join({ SandboxKey, ...ids }) {
      const endpoint = endpointOf(ids);
      const { isInternal, subnets, subnets6 } = networkOf(ids.NetworkID);
      if (endpoint.sandboxKey !== undefined) throw refusal(`endpoint ${ids.EndpointID} has joined a sandbox already`);
      endpoint.sandboxKey = SandboxKey;
      endpoint.link ??= freshLink();
      const InterfaceName = { SrcName: endpoint.link, DstPrefix: 'eth' };
      if (isInternal) return { InterfaceName, DisableGatewayService: true };
      const gateway = gatewayFor(endpoint.address, subnets);
      const gateway6 = gatewayFor(endpoint.address6, subnets6);
      return {
        InterfaceName,
        ...(gateway ? { Gateway: gateway } : {}),
        ...(gateway6 ? { GatewayIPv6: gateway6 } : {}),
        ...(gateway || gateway6 ? {} : { DisableGatewayService: true }),
      };
    },
    async leave({ NetworkID, EndpointID }) {
      const endpoint = networks.get(NetworkID)?.endpoints.get(EndpointID);
      if (endpoint) {
        delete endpoint.sandboxKey;
        endpoint.ports = [];
      }
      return {};
    },
    async programExternalConnectivity({ Options, ...ids }) {
      const endpoint = endpointOf(ids);
      const wanted = portKeys(Options?.['com.docker.network.portmap']);
      const conflict = portConflict(wanted, takenPorts(endpoint));
      if (conflict) throw refusal(`host port ${conflict} is taken by another endpoint`);
      endpoint.ports = wanted;
      return {};
    },
    async revokeExternalConnectivity({ NetworkID, EndpointID }) {
      const endpoint = networks.get(NetworkID)?.endpoints.get(EndpointID);
      if (endpoint) endpoint.ports = [];
      return {};
    },
    discoverNew: async () => ({}),
    discoverDelete: async () => ({}),
  };
  if (!keep) return driver;
  return saving(driver, mutating, () =>
    keep.save({
      random: random.state(),
      networks: [...networks.values()].map(savedNetwork),
      allocations: [...allocations],
    }),
  );
}

const mutating = [
  'createNetwork',
  'deleteNetwork',
  'allocateNetwork',
  'freeNetwork',
  'createEndpoint',
  'deleteEndpoint',
  'join',
  'leave',
  'programExternalConnectivity',
  'revokeExternalConnectivity',
] as const;

function stringsOf(options: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

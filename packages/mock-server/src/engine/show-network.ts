import type { IPAMConfig, Network, NetworkInspect } from '@opencnm/spec';
import { plain } from './pools.js';
import { activeOn, type EngineState, type NetworkRecord } from './state.js';

/** A network as lists show it. */
export function showNetwork(record: NetworkRecord): Network {
  return {
    Name: record.name,
    Id: record.id,
    Created: record.created,
    Scope: record.scope,
    Driver: record.driver,
    EnableIPv4: record.hasIPv4,
    EnableIPv6: record.hasIPv6,
    IPAM: {
      Driver: record.ipamDriver,
      Options: record.ipamOptions,
      Config: record.isConfigOnly ? record.configs : record.pools.flatMap(showPool),
    },
    Internal: record.isInternal,
    Attachable: record.isAttachable,
    Ingress: false,
    ConfigFrom: { Network: record.configFrom },
    ConfigOnly: record.isConfigOnly,
    Containers: {},
    Options: record.options,
    Labels: record.labels,
  };
}

/** A network with the containers on it. */
export function showNetworkInspect(state: EngineState, record: NetworkRecord): NetworkInspect {
  const containers = activeOn(state, record.id).map(({ container, endpoint }) => [
    container.id,
    {
      Name: container.name,
      EndpointID: endpoint.id,
      MacAddress: endpoint.mac,
      IPv4Address: endpoint.address,
      IPv6Address: endpoint.address6,
    },
  ]);
  return { ...showNetwork(record), Containers: Object.fromEntries(containers) };
}

/** What the user asked for, or what was chosen instead; the null IPAM driver has nothing to show. */
function showPool({ pool, gateway, asked }: NetworkRecord['pools'][number]): readonly IPAMConfig[] {
  if (pool === '0.0.0.0/0') return [];
  if (!asked) return [{ Subnet: pool, ...(gateway ? { Gateway: plain(gateway) } : {}) }];
  return [
    {
      Subnet: pool,
      ...(asked.IPRange ? { IPRange: asked.IPRange } : {}),
      ...(gateway ? { Gateway: plain(gateway) } : {}),
      ...(Object.keys(asked.AuxiliaryAddresses ?? {}).length > 0
        ? { AuxiliaryAddresses: asked.AuxiliaryAddresses ?? {} }
        : {}),
    },
  ];
}

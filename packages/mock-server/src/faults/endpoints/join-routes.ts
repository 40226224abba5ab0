import type { CreateNetworkRequest, StaticRoute } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { beside, further, plain } from './beside.js';
import { editJoined, endpointFault, type Joined } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';

/** Faults of the gateways and routes that Join names. */
export const joinRouteFaults = {
  'network-driver.join.gateway-ip#with-prefix': gateway((ip) => `${ip}/24`),
  'network-driver.join.gateway-ip#ipv6-with-prefix': gateway6((ip) => `${ip}/64`),
  'network-driver.join.gateway-ip#swapped': gateway6((ip, { answer }) => answer.Gateway || ip),
  'network-driver.join.gateway-ip#with-prefix-second-time': gateway((ip, { endpoint }) =>
    endpoint.joins > 0 ? `${ip}/24` : ip,
  ),
  'network-driver.join.gateway-in-subnet#next-subnet': gateway(beside),
  'network-driver.join.gateway-in-subnet#next-subnet6': gateway6(beside),
  'network-driver.join.gateway-in-subnet#first-subnet': gateway((ip, { ids, seen }) => {
    const [first, second] = seen.networks.get(ids.NetworkID)?.IPv4Data ?? [];
    return second ? plain(first?.Gateway ?? '') || ip : ip;
  }),
  'network-driver.join.gateway-in-subnet#first-subnet6': gateway6((ip, { ids, seen }) => {
    const [first, second] = seen.networks.get(ids.NetworkID)?.IPv6Data ?? [];
    return second ? plain(first?.Gateway ?? '') || ip : ip;
  }),
  'network-driver.join.gateway-in-subnet#first-subnet-beside-v6': gateway((ip, { ids, seen }) => {
    const { IPv4Data, IPv6Data } = seen.networks.get(ids.NetworkID) ?? {};
    const [first, second] = IPv4Data ?? [];
    return second && IPv6Data?.length === 1 ? plain(first?.Gateway ?? '') || ip : ip;
  }),
  'network-driver.join.gateway-as-created#last-address': gateway((ip) => further(ip, 253)),
  'network-driver.join.gateway-as-created#first-network': gatewayOf(([first]) => first),
  'network-driver.join.gateway-as-created#newest-network': gatewayOf((networks) => networks.at(-1)),
  'network-driver.join.gateway-as-created#ipv6-other': gateway6((ip) => further(ip, 253)),
  'network-driver.join.gateway-as-created#of-subnet-before': ofSubnetBefore(),
  'network-driver.join.gateway-as-created#auxiliary': gateway((ip, { ids, seen }) => {
    const [{ AuxAddresses = {} } = {}] = seen.networks.get(ids.NetworkID)?.IPv4Data ?? [];
    return plain(Object.values(AuxAddresses ?? {})[0] ?? ip);
  }),
  'network-driver.join.internal-without-gateway#gateway': internal(({ Gateway = '' }) => ({ Gateway: plain(Gateway) })),
  'network-driver.join.internal-without-gateway#gateway6': internal((_, { Gateway = '' }) => ({
    GatewayIPv6: plain(Gateway),
  })),
  'network-driver.join.internal-without-gateway#default-route': internal(({ Gateway = '' }) => ({
    StaticRoutes: [{ Destination: '0.0.0.0/0', RouteType: 0, NextHop: plain(Gateway) }],
  })),
  'network-driver.join.internal-without-gateway#half-routes': internal(({ Gateway = '' }) => ({
    StaticRoutes: ['0.0.0.0/1', '128.0.0.0/1'].map((Destination) => ({
      Destination,
      RouteType: 0,
      NextHop: plain(Gateway),
    })),
  })),
  'network-driver.join.route-destination#empty': route(() => ({ Destination: '', RouteType: 1 })),
  'network-driver.join.route-destination#plain': route(() => ({ Destination: '192.0.2.0', RouteType: 1 })),
  'network-driver.join.route-destination#empty-without-gateway': route(({ answer }) =>
    answer.Gateway ? undefined : { Destination: '', RouteType: 1 },
  ),
  'network-driver.join.route-destination#empty-between-subnets': route(({ ids, seen }) =>
    (seen.networks.get(ids.NetworkID)?.IPv4Data ?? []).length > 1 ? { Destination: '', RouteType: 1 } : undefined,
  ),
  'network-driver.join.route-next-hop#missing': route(() => ({ Destination: '192.0.2.0/24', RouteType: 0 })),
  'network-driver.join.route-next-hop#type-missing': route(() => ({ Destination: '192.0.2.0/24' })),
  'network-driver.join.route-next-hop#other-family': route(() => ({
    Destination: '192.0.2.0/24',
    RouteType: 0,
    NextHop: '2001:db8::1',
  })),
  'network-driver.join.route-next-hop#between-subnets': route(({ ids, seen }) => {
    const [, other] = seen.networks.get(ids.NetworkID)?.IPv4Data ?? [];
    return other ? { Destination: other.Pool ?? '', RouteType: 0 } : undefined;
  }),
  'network-driver.join.route-reachable#next-subnet': route(({ answer: { Gateway } }) =>
    Gateway ? { Destination: '192.0.2.0/24', RouteType: 0, NextHop: beside(Gateway) } : undefined,
  ),
  'network-driver.join.route-reachable#next-subnet6': route(({ answer: { GatewayIPv6 } }) =>
    GatewayIPv6 ? { Destination: '2001:db8::/64', RouteType: 0, NextHop: beside(GatewayIPv6) } : undefined,
  ),
  'network-driver.join.route-reachable#of-other-network': route(({ ids, seen }) => {
    const other = [...seen.networks.values()].find(({ NetworkID }) => NetworkID !== ids.NetworkID);
    const { Gateway } = other?.IPv4Data?.[0] ?? {};
    return Gateway ? { Destination: '192.0.2.0/24', RouteType: 0, NextHop: plain(Gateway) } : undefined;
  }),
  'network-driver.join.route-type#on-link-through': route(({ answer: { Gateway = '' } }) => ({
    Destination: '192.0.2.0/24',
    RouteType: 1,
    NextHop: Gateway,
  })),
  'network-driver.join.route-type#type-two': route(() => ({ Destination: '192.0.2.0/24', RouteType: 2 })),
  'network-driver.join.route-masked#host-bits': route(() => ({ Destination: '192.0.2.7/24', RouteType: 1 })),
  'network-driver.join.route-masked#host-bits6': route(({ endpoint }) =>
    endpoint.has.AddressIPv6 ? { Destination: '2001:db8::7/64', RouteType: 1 } : undefined,
  ),
  'network-driver.join.route-once#gathered': editJoined(({ ids, answer, seen }) => ({
    ...answer,
    StaticRoutes: seen
      .allLive()
      .filter(({ request, joins }) => request.NetworkID === ids.NetworkID && joins > 0)
      .map(() => ({ Destination: '192.0.2.0/24', RouteType: 1 })),
  })),
  'network-driver.join.route-once#default-beside-gateway': route(({ answer: { Gateway = '' } }) =>
    Gateway ? { Destination: '0.0.0.0/0', RouteType: 0, NextHop: Gateway } : undefined,
  ),
  'network-driver.join.route-once#own-subnet': route(({ ids, seen }) => {
    const [{ Pool = '' } = {}] = seen.networks.get(ids.NetworkID)?.IPv4Data ?? [];
    return Pool ? { Destination: Pool, RouteType: 1 } : undefined;
  }),
  'network-driver.join.route-once#of-each-subnet': editJoined(({ ids, answer, seen }) => {
    const subnets = seen.networks.get(ids.NetworkID)?.IPv4Data ?? [];
    const StaticRoutes = subnets.map(() => ({ Destination: '192.0.2.0/24', RouteType: 1 }));
    return { ...answer, StaticRoutes };
  }),
  'network-driver.join.gateway-service#silent': editJoined(({ answer: { InterfaceName = null } }) => ({
    InterfaceName,
  })),
  'network-driver.join.gateway-service#silent-without-gateway': editJoined(
    ({ answer: { DisableGatewayService: _, ...rest } }) => rest,
  ),
} satisfies EndpointFaults;

function gateway(edit: (ip: string, joined: Joined) => string): Fault {
  return editJoined((joined) =>
    joined.answer.Gateway ? { ...joined.answer, Gateway: edit(joined.answer.Gateway, joined) } : undefined,
  );
}

function gateway6(edit: (ip: string, joined: Joined) => string): Fault {
  return editJoined((joined) =>
    joined.answer.GatewayIPv6 ? { ...joined.answer, GatewayIPv6: edit(joined.answer.GatewayIPv6, joined) } : undefined,
  );
}

/** Names the gateway of one of the networks, by their age. */
function gatewayOf(choose: (networks: readonly CreateNetworkRequest[]) => CreateNetworkRequest | undefined): Fault {
  return gateway((ip, { seen }) => plain(choose([...seen.networks.values()])?.IPv4Data?.[0]?.Gateway ?? '') || ip);
}

/** Names the gateway of the first network that had the subnet. */
function ofSubnetBefore(): Fault {
  return endpointFault((inner, seen) => {
    const first = new Map<string, string>();
    return {
      createNetwork: async (request, ...rest) => {
        for (const { Pool = '', Gateway = '' } of request.IPv4Data ?? [])
          if (Pool && !first.has(Pool)) first.set(Pool, Gateway);
        return inner.createNetwork(request, ...rest);
      },
      join: async (request, ...rest) => {
        const answer = await inner.join(request, ...rest);
        const [{ Pool = '' } = {}] = seen.networks.get(request.NetworkID)?.IPv4Data ?? [];
        const Gateway = plain(first.get(Pool) ?? '');
        return answer.Gateway && Gateway ? { ...answer, Gateway } : answer;
      },
    };
  });
}

type Data = { readonly Gateway?: string };

/** Adds to the answers on internal networks, from the first subnet of each family. */
function internal(more: (v4: Data, v6: Data) => Joined['answer']): Fault {
  return editJoined(({ ids, answer, seen }) => {
    const { Options, IPv4Data, IPv6Data } = seen.networks.get(ids.NetworkID) ?? {};
    if (Options?.['com.docker.network.internal'] !== true) return undefined;
    return { ...answer, ...more(IPv4Data?.[0] ?? {}, IPv6Data?.[0] ?? {}) };
  });
}

/** Adds a static route. */
function route(make: (joined: Joined) => StaticRoute | undefined): Fault {
  return editJoined((joined) => {
    const added = make(joined);
    return added ? { ...joined.answer, StaticRoutes: [added] } : undefined;
  });
}

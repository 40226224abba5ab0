import { memoryIpamDriver, memoryNetworkDriver } from '@opencnm/mock-server';
import { CnmError } from '@opencnm/sdk';
import { handlePlugin, listen } from '@opencnm/sdk/driver-kit';
import type { NetworkDriver } from '@opencnm/spec';
import { afterEach, describe, expect, it } from 'vitest';
import { checks, type RunOptions, runSuite } from '../src/index.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function refuse(message: string): never {
  throw new CnmError({ code: 'refused', status: 500, message });
}

interface Oddity {
  readonly driver: (inner: NetworkDriver) => Partial<NetworkDriver>;
  readonly run?: Partial<RunOptions>;
  /** The checks of SHOULD and MAY clauses that tell of the oddity; '*' ends a prefix. */
  readonly told?: readonly string[];
}

const unknowns = [
  'create-endpoint.deleted-network',
  'create-endpoint.unknown-network',
  'join.deleted',
  'join.other-network',
  'join.unknown',
];

/** Drivers that differ from the mock in a way that engines take. */
const legal: Readonly<Record<string, Oddity>> = {
  'does and remembers nothing': {
    driver: () => ({
      getCapabilities: async () => ({ Scope: 'local' }),
      createNetwork: async () => ({}),
      deleteNetwork: async () => ({}),
      createEndpoint: async () => ({}),
      endpointOperInfo: async () => ({}),
      deleteEndpoint: async () => ({}),
      join: async () => ({}),
      leave: async () => ({}),
    }),
    told: [...unknowns, 'create-endpoint.supplies-interface', 'join.gateway-service*'],
  },
  'answers null for its interface and leaves the addresses to DHCP': {
    driver: (inner) => ({
      ...inner,
      createEndpoint: async (request) => {
        await inner.createEndpoint(request);
        return { Interface: null };
      },
      join: async (request) => ({
        InterfaceName: (await inner.join(request)).InterfaceName ?? null,
        StaticRoutes: null,
      }),
    }),
    told: ['create-endpoint.supplies-interface', 'join.gateway-service*'],
  },
  'routes for its endpoints (layer 3) through one MAC address and a link-local gateway': {
    driver: (inner) => ({
      ...inner,
      createEndpoint: async (request) => {
        await inner.createEndpoint(request);
        return { Interface: request.Interface?.MacAddress ? {} : { MacAddress: 'ee:ee:ee:ee:ee:ee' } };
      },
      join: async (request) => {
        const { InterfaceName = null, DisableGatewayService = false } = await inner.join(request);
        if (DisableGatewayService) return { InterfaceName, DisableGatewayService };
        const route = { Destination: '169.254.1.1/32', RouteType: 1, NextHop: '' };
        return { InterfaceName, Gateway: '169.254.1.1', GatewayIPv6: 'fe80::1', StaticRoutes: [route] };
      },
    }),
    told: ['create-endpoint.mac-unique*', 'create-endpoint.supplies-interface'],
  },
  'refuses networks with IPv6': {
    driver: (inner) => ({
      ...inner,
      createNetwork: async (request) =>
        request.IPv6Data?.length ? refuse('IPv6 is not supported') : inner.createNetwork(request),
    }),
  },
  'refuses endpoints with IPv6': {
    driver: (inner) => ({
      ...inner,
      createEndpoint: async (request) =>
        request.Interface?.AddressIPv6 ? refuse('IPv6 is not supported') : inner.createEndpoint(request),
    }),
    told: ['create-endpoint.dual-endpoint', 'create-endpoint.ipv6-only-endpoint'],
  },
  'chooses MAC addresses itself': {
    driver: (inner) => ({
      ...inner,
      createEndpoint: async (request) =>
        request.Interface?.MacAddress ? refuse('MAC addresses cannot be chosen') : inner.createEndpoint(request),
    }),
    told: ['create-endpoint.honours*'],
  },
  'wants an address for each endpoint': {
    driver: (inner) => ({
      ...inner,
      createEndpoint: async (request) =>
        request.Interface?.Address ? inner.createEndpoint(request) : refuse('an address is needed'),
    }),
    told: ['create-endpoint.ipv6-only-endpoint'],
  },
  'publishes no ports': {
    driver: ({ programExternalConnectivity, revokeExternalConnectivity, ...inner }) => inner,
  },
  'refuses published ports': {
    driver: (inner) => ({
      ...inner,
      programExternalConnectivity: async (request) =>
        request.Options?.['com.docker.network.portmap']?.length
          ? refuse('ports cannot be published')
          : inner.programExternalConnectivity(request),
    }),
  },
  'leaves published ports to others': {
    driver: (inner) => ({
      ...inner,
      programExternalConnectivity: async () => ({}),
      revokeExternalConnectivity: async () => ({}),
    }),
    told: ['program-external-connectivity.port-conflict*'],
  },
  'refuses to leave, delete and describe what is not there': {
    driver: (inner) => {
      const live = new Set<string>();
      const joined = new Set<string>();
      const known = (set: Set<string>, id: string) => set.has(id) || refuse(`${id} is unknown`);
      return {
        ...inner,
        createEndpoint: async (request) => {
          const answer = await inner.createEndpoint(request);
          live.add(request.EndpointID);
          return answer;
        },
        join: async (request) => {
          const answer = await inner.join(request);
          joined.add(request.EndpointID);
          return answer;
        },
        leave: async (request) => {
          known(joined, request.EndpointID);
          joined.delete(request.EndpointID);
          return inner.leave(request);
        },
        deleteEndpoint: async (request) => {
          known(live, request.EndpointID);
          live.delete(request.EndpointID);
          joined.delete(request.EndpointID);
          return inner.deleteEndpoint(request);
        },
      };
    },
  },
  'takes a second CreateEndpoint and a second Join as the first': {
    driver: (inner) => {
      const answers = new Map<string, Awaited<ReturnType<NetworkDriver['join']>>>();
      return {
        ...inner,
        createEndpoint: (request) => inner.createEndpoint(request).catch(() => ({})),
        join: async (request) => {
          const answer = answers.get(request.EndpointID) ?? (await inner.join(request));
          answers.set(request.EndpointID, answer);
          return answer;
        },
        leave: (request) => {
          answers.delete(request.EndpointID);
          return inner.leave(request);
        },
      };
    },
    told: ['create-endpoint.deleted-network', 'create-endpoint.unknown-network'],
  },
  'refuses internal networks, and those without a gateway': {
    driver: (inner) => ({
      ...inner,
      createNetwork: async (request) =>
        request.Options?.['com.docker.network.internal'] || !request.IPv4Data?.every(({ Gateway }) => Gateway)
          ? refuse('a gateway is needed')
          : inner.createNetwork(request),
    }),
  },
  'refuses options of endpoints by their names': {
    driver: (inner) => ({
      ...inner,
      createEndpoint: async (request) => {
        const odd = Object.keys(request.Options ?? {}).find((key) => /sysctls|^opencnm/.test(key));
        return odd ? refuse(`the option ${odd} is unknown`) : inner.createEndpoint(request);
      },
    }),
  },
  'gives links the name of their endpoint': {
    driver: (inner) => ({
      ...inner,
      join: async (request) => ({
        ...(await inner.join(request)),
        InterfaceName: { SrcName: `tap-${request.EndpointID.slice(0, 11)}`, DstPrefix: 'eth', DstName: 'eth0' },
      }),
    }),
  },
  'is served by an engine with its own IPAM': { driver: (inner) => inner, run: { settings: { ipam: 'engine' } } },
  'is used with the null IPAM driver': { driver: (inner) => inner, run: { settings: { ipam: 'null' } } },
};

/** What this file is about: endpoints, joins, external connectivity and whole flows. */
const own = /^network-driver\.(create-endpoint|endpoint-oper-info|delete-endpoint|join|leave|program-|revoke-|flow)/;

async function runOn({ driver, run = {} }: Oddity) {
  const faces = { networkDriver: driver(memoryNetworkDriver()), ipamDriver: memoryIpamDriver() };
  const server = await listen(handlePlugin(faces), 'tcp://127.0.0.1:0');
  closing.push(() => server.close());
  return runSuite({
    target: server.address,
    // The soak takes as long as all others together, and looks at nothing that they do not.
    checks: checks.filter(({ id, clause }) => own.test(clause) && id !== 'flow.soak'),
    seed: 7,
    ...run,
  });
}

function isTold(id: string, told: readonly string[]): boolean {
  return told.some((name) => (name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name));
}

describe.each(Object.entries(legal))('a driver that %s', (_, odd) => {
  it('breaks no MUST, blocks no check, and is told of its oddity alone', async () => {
    const { judged } = await runOn(odd);
    const other = judged.filter(
      ({ id, verdict }) =>
        !['pass', 'yes', 'not-applicable'].includes(verdict) &&
        !(['warn', 'no'].includes(verdict) && isTold(id, odd.told ?? [])),
    );
    expect(other.map(({ id, verdict, reason }) => `${verdict} ${id}: ${reason}`)).toEqual([]);
  });
});

describe('the checks of endpoints', () => {
  it('judge alike one after the other, all at once, and a second time on the same driver', async () => {
    const inner = memoryNetworkDriver();
    const verdicts = async (jobs: number, seed: number) =>
      (await runOn({ driver: () => inner, run: { jobs, seed } })).judged
        .map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`)
        .sort();
    const alone = await verdicts(1, 1);
    expect(await verdicts(8, 1)).toEqual(alone);
    expect(await verdicts(8, 2)).toEqual(alone);
    expect(alone.filter((line) => !/ (pass|yes|not-applicable) /.test(line))).toEqual([]);
  });
});

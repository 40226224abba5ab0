import { CnmError } from '@opencnm/sdk';
import type { Engine, FaultId, NetworkInspect } from '@opencnm/spec';
import { creating } from './engine/on-networks.js';
import { engineFault, inspecting, internalError, showing, unless } from './engine-faults.js';
import type { Fault } from './fault.js';
import { furtherNetworkFaults } from './further-network-faults.js';

/** Goes on to show networks that were deleted. */
const remembering: Fault = engineFault((inner) => {
  const ghosts = new Map<string, NetworkInspect>();
  return {
    async networkDelete(input, context) {
      const network = await inner.networkInspect(input, context);
      await inner.networkDelete(input, context);
      ghosts.set(network.Id, network);
    },
    networkInspect: (input, context) =>
      unless(404, inner.networkInspect(input, context), (error) => {
        const ghost = ghosts.get(input.id);
        if (!ghost) throw error;
        return ghost;
      }),
  };
});

/** Faults of making, showing and deleting networks. */
export const engineNetworkFaults = {
  'engine.network-create.shown#drops-labels': creating((body) => ({ ...body, Labels: {} })),
  'engine.network-create.shown#drops-options': creating((body) => ({ ...body, Options: {} })),
  'engine.network-create.shown#lower-cases-name': showing((network) => ({
    ...network,
    Name: network.Name.toLowerCase(),
  })),
  'engine.network-create.ipam-config#drops-subnet': showing((network) => ({
    ...network,
    IPAM: { ...network.IPAM, Config: [] },
  })),
  'engine.network-create.ipam-config#other-gateway': showing((network) => ({
    ...network,
    IPAM: {
      ...network.IPAM,
      Config: (network.IPAM.Config ?? []).map((config) => ({
        ...config,
        Gateway: (config.Gateway ?? '').replace(/\.1$/, '.2'),
      })),
    },
  })),
  'engine.network-create.internal#not-internal': creating((body) => ({ ...body, Internal: false })),
  'engine.network-create.chosen-subnet#no-subnet': chosen(() => []),
  'engine.network-create.chosen-subnet#same-subnet': chosen(() => [{ Subnet: '172.31.0.0/16', Gateway: '172.31.0.1' }]),
  'NetworkCreate/409#accepts-used-name': engineFault((inner) => ({
    networkCreate: (input, context) =>
      unless(409, inner.networkCreate(input, context), () =>
        inner.networkCreate({ body: { ...input.body, Name: `${input.body.Name} `, IPAM: null } }, context),
      ),
  })),
  'NetworkCreate/409#makes-it-anyway': engineFault((inner) => ({
    networkCreate: (input, context) =>
      unless(409, inner.networkCreate(input, context), async (error) => {
        await inner.networkCreate({ body: { ...input.body, Name: `${input.body.Name}.1`, IPAM: null } }, context);
        throw error;
      }),
  })),
  'NetworkCreate/409#other-status': engineFault((inner) => ({
    networkCreate: (input, context) => unless(409, inner.networkCreate(input, context), internalError),
  })),
  'engine.network-create.predefined-name#accepts-host': creating((body) =>
    body.Name === 'host' ? { ...body, Name: 'host.1' } : body,
  ),
  'engine.network-create.overlap#accepts-overlap': engineFault((inner) => ({
    networkCreate: (input, context) =>
      unless(403, inner.networkCreate(input, context), () =>
        inner.networkCreate({ body: { ...input.body, IPAM: null } }, context),
      ),
  })),
  'engine.network-create.overlap#keeps-name': engineFault((inner) => {
    const spoilt = new Set<string>();
    return {
      async networkCreate(input, context) {
        const { Name } = input.body;
        if (spoilt.has(Name))
          throw new CnmError({ code: 'conflict', status: 409, message: `network with name ${Name} already exists` });
        return unless(403, inner.networkCreate(input, context), (error) => {
          spoilt.add(Name);
          throw error;
        });
      },
    };
  }),
  'engine.network-create.invalid-name#accepts-empty': creating((body) =>
    body.Name === '' ? { ...body, Name: 'nameless' } : body,
  ),
  'engine.network-create.bad-body#internal-error': {
    engineTransport: (inner) => async (request) => {
      const answer = await inner(request);
      const isBad =
        answer !== 'close' &&
        answer.status === 400 &&
        request.path.endsWith('/networks/create') &&
        !isJson(request.body);
      return isBad
        ? {
            status: 500,
            headers: { 'Content-Type': 'application/json' },
            body: '{"message":"unexpected end of JSON input"}\n',
          }
        : answer;
    },
  },
  'engine.network-inspect.references#no-prefix': engineFault((inner) => ({
    async networkInspect(input, context) {
      const network = await inner.networkInspect(input, context);
      return [network.Id, network.Name].includes(input.id) ? network : missing(input.id);
    },
  })),
  'engine.network-inspect.references#no-name': engineFault((inner) => ({
    async networkInspect(input, context) {
      const network = await inner.networkInspect(input, context);
      return network.Id.startsWith(input.id) ? network : missing(input.id);
    },
  })),
  'NetworkInspect/404#internal-error': engineFault((inner) => ({
    networkInspect: (input, context) => unless(404, inner.networkInspect(input, context), internalError),
  })),
  'NetworkInspect/404#empty-object': engineFault((inner) => ({
    networkInspect: (input, context) => unless(404, inner.networkInspect(input, context), () => ({}) as never),
  })),
  'NetworkInspect/404#name-prefix': engineFault((inner) => ({
    networkInspect: (input, context) =>
      unless(404, inner.networkInspect(input, context), async (error) => {
        const found = (await inner.networkList({}, context)).find(({ Name }) => Name.startsWith(input.id));
        if (!found) throw error;
        return inner.networkInspect({ id: found.Id }, context);
      }),
  })),
  'engine.network-inspect.containers#hides-containers': inspecting((network) => ({ ...network, Containers: {} })),
  'engine.network-inspect.containers#no-prefix-length': inspecting((network) => ({
    ...network,
    Containers: Object.fromEntries(
      Object.entries(network.Containers ?? {}).map(([id, each]) => [
        id,
        { ...each, IPv4Address: (each.IPv4Address ?? '').split('/')[0] ?? '' },
      ]),
    ),
  })),
  'engine.network-inspect.containers#other-endpoint': inspecting((network) => ({
    ...network,
    Containers: Object.fromEntries(
      Object.entries(network.Containers ?? {}).map(([id, each]) => [id, { ...each, EndpointID: id }]),
    ),
  })),
  'engine.network-delete.gone#still-there': remembering,
  'engine.network-delete.gone#keeps-name': engineFault((inner) => {
    const names = new Set<string>();
    return {
      async networkDelete(input, context) {
        const { Name } = await inner.networkInspect(input, context);
        await inner.networkDelete(input, context);
        names.add(Name);
      },
      async networkCreate(input, context) {
        const { Name } = input.body;
        if (names.has(Name))
          throw new CnmError({ code: 'conflict', status: 409, message: `network with name ${Name} already exists` });
        return inner.networkCreate(input, context);
      },
    };
  }),
  'engine.network-delete.gone#keeps-subnet': keepingSubnets(() => true),
  'engine.network-delete.gone#keeps-subnet-v6': keepingSubnets((subnet) => subnet.includes(':')),
  'NetworkDelete/404#says-done': engineFault((inner) => ({
    networkDelete: (input, context) => unless(404, inner.networkDelete(input, context), () => undefined),
  })),
  'engine.network-delete.in-use#deletes-in-use': engineFault((inner) => ({
    networkDelete: (input, context) => unless(403, inner.networkDelete(input, context), () => emptied(inner, input.id)),
  })),
  'engine.network-delete.in-use#other-status': engineFault((inner) => ({
    networkDelete: (input, context) => unless(403, inner.networkDelete(input, context), internalError),
  })),
  'engine.network-delete.in-use#deletes-anyway': engineFault((inner) => ({
    networkDelete: (input, context) =>
      unless(403, inner.networkDelete(input, context), async (error) => {
        await emptied(inner, input.id);
        throw error;
      }),
  })),
  'engine.network-delete.predefined#other-status': engineFault((inner) => ({
    networkDelete: (input, context) => unless(403, inner.networkDelete(input, context), internalError),
  })),
  ...furtherNetworkFaults,
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** Shows another configuration for networks that were made without one. */
function chosen(config: () => readonly { readonly Subnet: string; readonly Gateway: string }[]): Fault {
  return {
    engine: (inner) => {
      const free = new Set<string>();
      return {
        ...inner,
        async networkCreate(input, context) {
          const answer = await inner.networkCreate(input, context);
          if (!input.body.IPAM?.Config?.length) free.add(answer.Id);
          return answer;
        },
        async networkInspect(input, context) {
          const network = await inner.networkInspect(input, context);
          return free.has(network.Id) ? { ...network, IPAM: { ...network.IPAM, Config: config() } } : network;
        },
      };
    },
  };
}

/** Takes every container off a network and deletes it. */
async function emptied(inner: Engine, id: string): Promise<void> {
  const { Containers } = await inner.networkInspect({ id });
  for (const Container of Object.keys(Containers ?? {})) await inner.networkDisconnect({ id, body: { Container } });
  await inner.networkDelete({ id });
}

function missing(id: string): never {
  throw new CnmError({ code: 'not-found', status: 404, message: `network ${id} not found` });
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(body));
    return true;
  } catch {
    return false;
  }
}

/** Subnets of deleted networks stay taken. */
function keepingSubnets(applies: (subnet: string) => boolean): Fault {
  return engineFault((inner) => {
    const subnets = new Set<string>();
    return {
      async networkDelete(input, context) {
        const { IPAM } = await inner.networkInspect(input, context);
        await inner.networkDelete(input, context);
        for (const { Subnet = '' } of IPAM.Config ?? []) if (applies(Subnet)) subnets.add(Subnet);
      },
      async networkCreate(input, context) {
        if ((input.body.IPAM?.Config ?? []).some(({ Subnet = '' }) => subnets.has(Subnet))) {
          throw new CnmError({
            code: 'forbidden',
            status: 403,
            message: 'Pool overlaps with other one on this address space',
          });
        }
        return inner.networkCreate(input, context);
      },
    };
  });
}

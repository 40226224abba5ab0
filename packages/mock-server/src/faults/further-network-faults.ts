import type { Network, NetworkCreateRequest } from '@opencnm/spec';
import { containsCidr } from 'cidr-tools';
import { turning } from './engine/on-engine.js';
import { onAnswers, pathOf } from './engine/on-wire.js';
import { engineFault, inspecting, internalError, showing, unless } from './engine-faults.js';
import type { Fault } from './fault.js';

/** Further faults of making, showing and deleting networks. */
export const furtherNetworkFaults = {
  'engine.network-create.makes#id-of-nothing': engineFault((inner) => ({
    async networkCreate(input, context) {
      const { Id, Warning } = await inner.networkCreate(input, context);
      return { Id: [...Id].reverse().join(''), Warning };
    },
  })),
  'engine.network-create.makes#status-200': onAnswers(
    (request, { status }) => pathOf(request) === '/networks/create' && status === 201,
    (answer) => ({ ...answer, status: 200 }),
  ),
  'engine.network-create.ipam-config#gateway-cidr': showing((network) => ({
    ...network,
    IPAM: {
      ...network.IPAM,
      Config: (network.IPAM.Config ?? []).map(({ Gateway = '', ...config }) => ({
        ...config,
        Gateway: `${Gateway}/${config.Subnet?.split('/')[1]}`,
      })),
    },
  })),
  'engine.network-create.chosen-subnet#no-gateway': engineFault((inner) => {
    const plain = new Set<string>();
    return {
      async networkCreate(input, context) {
        const answer = await inner.networkCreate(input, context);
        if (!input.body.IPAM?.Config?.length) plain.add(answer.Id);
        return answer;
      },
      async networkInspect(input, context) {
        const network = await inner.networkInspect(input, context);
        if (!plain.has(network.Id)) return network;
        const Config = (network.IPAM.Config ?? []).map(({ Gateway: _, ...config }) => config);
        return { ...network, IPAM: { ...network.IPAM, Config } };
      },
    };
  }),
  'NetworkCreate/409#forbidden': turning('networkCreate', 409, 403),
  'NetworkCreate/409#replaces-first': engineFault((inner) => ({
    networkCreate: (input, context) =>
      unless(409, inner.networkCreate(input, context), async (error) => {
        await inner.networkDelete({ id: input.body.Name }, context);
        await inner.networkCreate(input, context);
        throw error;
      }),
  })),
  'engine.network-create.predefined-name#accepts-none': engineFault((inner) => ({
    networkCreate: ({ body }, context) =>
      inner.networkCreate({ body: body.Name === 'none' ? { ...body, Name: 'none.1' } : body }, context),
  })),
  'engine.network-create.predefined-name#other-status': engineFault((inner) => ({
    networkCreate: (input, context) =>
      unless(403, inner.networkCreate(input, context), (error) => {
        if (!error.message.includes('predefined')) throw error;
        return internalError(error);
      }),
  })),
  'engine.network-create.overlap#accepts-same': overlapping((asked, used) => asked === used),
  'engine.network-create.overlap#accepts-whole': overlapping(
    (asked, used) => asked !== used && containsCidr(asked, used),
  ),
  'engine.network-create.overlap#other-status': engineFault((inner) => ({
    networkCreate: (input, context) =>
      unless(403, inner.networkCreate(input, context), (error) => {
        if (!error.message.includes('overlaps')) throw error;
        return internalError(error);
      }),
  })),
  'engine.network-inspect.containers#other-mac': inspecting((network) => ({
    ...network,
    Containers: Object.fromEntries(
      Object.entries(network.Containers ?? {}).map(([id, each]) => [id, { ...each, MacAddress: '02:42:00:00:00:01' }]),
    ),
  })),
  'engine.network-delete.gone#listed': engineFault((inner) => {
    const ghosts: Network[] = [];
    return {
      async networkDelete(input, context) {
        const { Id } = await inner.networkInspect(input, context);
        const listed = (await inner.networkList({}, context)).filter((network) => network.Id === Id);
        await inner.networkDelete(input, context);
        ghosts.push(...listed);
      },
      networkList: async (input, context) => [...(await inner.networkList(input, context)), ...ghosts],
    };
  }),
  'NetworkDelete/404#other-status': turning('networkDelete', 404, 500),
  'engine.network-delete.in-use#detaches': engineFault((inner) => ({
    networkDelete: (input, context) =>
      unless(403, inner.networkDelete(input, context), async (error) => {
        const { Containers } = await inner.networkInspect(input, context);
        for (const Container of Object.keys(Containers ?? {}))
          await inner.networkDisconnect({ id: input.id, body: { Container } }, context);
        throw error;
      }),
  })),
  'engine.network-delete.predefined#says-done': engineFault((inner) => ({
    networkDelete: async (input, context) => (input.id === 'none' ? undefined : inner.networkDelete(input, context)),
  })),
} satisfies Readonly<Record<string, Fault>>;

/** Makes a network with another subnet where the one asked for stands in a relation to one in use. */
function overlapping(isTaken: (asked: string, used: string) => boolean): Fault {
  return engineFault((inner) => ({
    async networkCreate({ body }, context) {
      const used = subnetsOf(await inner.networkList({}, context));
      const isIt = subnetsOf([body]).some((asked) => used.some((each) => isTaken(asked, each)));
      return inner.networkCreate({ body: isIt ? { ...body, IPAM: null } : body }, context);
    },
  }));
}

function subnetsOf(networks: readonly Pick<NetworkCreateRequest, 'IPAM'>[]): readonly string[] {
  return networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).map(({ Subnet = '' }) => Subnet));
}

import type { JoinResponse, NetworkDriver } from '@opencnm/spec';
import { refuse } from './refuse.js';
import type { Variant } from './variant.js';

/** What drivers remember of endpoints, and what they do with ports. */
export const endpointLifeVariants = {
  'strict-endpoints': {
    text: 'Refuses to leave and to delete what is not there.',
    groups: ['endpoint-life'],
    networkDriver: strictEndpoints,
  },
  'repeats-endpoints': {
    text: 'Takes a second CreateEndpoint and a second Join as the first, as half of the network drivers.',
    groups: ['endpoint-life'],
    networkDriver: repeating,
  },
  'takes-unknown-endpoints': {
    text: 'Looks nothing up: endpoints of unknown networks are made and unknown endpoints join, as in half of the network drivers.',
    groups: ['endpoint-life', 'ports'],
    networkDriver: (inner) => {
      let links = 0;
      return {
        ...inner,
        createEndpoint: (request) => inner.createEndpoint(request).catch(() => ({})),
        join: (request) =>
          inner.join(request).catch(() => ({ InterfaceName: { SrcName: `tap${links++}`, DstPrefix: 'eth' } })),
        endpointOperInfo: (request) => inner.endpointOperInfo(request).catch(() => ({})),
        programExternalConnectivity: (request) => inner.programExternalConnectivity(request).catch(() => ({})),
      };
    },
  },
  'links-outlive-endpoints': {
    text: 'Names links after endpoints, and removes them in Leave alone: an id whose endpoint did not leave cannot join, as OVN and calico.',
    networkDriver: withLastingLinks,
  },
  'ends-with-leave': {
    text: 'Ends an endpoint with its Leave, joined or not, since no engine joins it again, as cilium and net-dhcp.',
    groups: ['endpoint-life'],
    networkDriver: endingWithLeave,
  },
  'ends-with-leave-of-joined': {
    text: 'Ends an endpoint with the Leave of a Join alone, since no engine joins it again, as vde.',
    groups: ['endpoint-life'],
    networkDriver: endingWithLeaveOfJoined,
  },
  'endpoint-ids-once': {
    text: 'Makes no endpoint under an id that an earlier one had and did not leave, as cilium, since engines use none again.',
    groups: ['endpoint-life'],
    networkDriver: withIdsUsedOnce,
  },
  'few-devices': {
    text: 'Gives each endpoint a device and has eight of them, as the drivers of network cards with virtual functions.',
    settings: { jobs: 1 },
    networkDriver: withDevices,
  },
  'refuses-ports': {
    text: 'Refuses published ports.',
    groups: ['ports'],
    networkDriver: (inner) => ({
      ...inner,
      programExternalConnectivity: async (request) =>
        request.Options?.['com.docker.network.portmap']?.length
          ? refuse('ports cannot be published')
          : inner.programExternalConnectivity(request),
    }),
  },
  'ignores-ports': {
    text: 'Leaves published ports to others.',
    groups: ['ports'],
    networkDriver: (inner) => ({
      ...inner,
      programExternalConnectivity: async () => ({}),
      revokeExternalConnectivity: async () => ({}),
    }),
  },
} as const satisfies Readonly<Record<string, Variant>>;

function endingWithLeave(inner: NetworkDriver): NetworkDriver {
  const ended = new Set<string>();
  return {
    ...inner,
    join: async (request) => (ended.has(request.EndpointID) ? refuse('no such endpoint') : inner.join(request)),
    leave(request) {
      ended.add(request.EndpointID);
      return inner.leave(request);
    },
  };
}

function endingWithLeaveOfJoined(inner: NetworkDriver): NetworkDriver {
  const joined = new Set<string>();
  return {
    ...inner,
    async join(request) {
      if (joined.has(request.EndpointID)) refuse('the link exists');
      const answer = await inner.join(request);
      joined.add(request.EndpointID);
      return answer;
    },
  };
}

function withIdsUsedOnce(inner: NetworkDriver): NetworkDriver {
  const used = new Set<string>();
  return {
    ...inner,
    async createEndpoint(request) {
      if (used.has(request.EndpointID)) refuse('the endpoint exists');
      const answer = await inner.createEndpoint(request);
      used.add(request.EndpointID);
      return answer;
    },
    leave(request) {
      used.delete(request.EndpointID);
      return inner.leave(request);
    },
  };
}

/** Devices come back with their endpoints, and with the networks of these. */
function withDevices(inner: NetworkDriver): NetworkDriver {
  const owners = new Map<string, string>();
  return {
    ...inner,
    async createEndpoint(request) {
      const { EndpointID, NetworkID } = request;
      if (owners.size >= 8 && !owners.has(EndpointID)) refuse('all devices are in use');
      const answer = await inner.createEndpoint(request);
      owners.set(EndpointID, NetworkID);
      return answer;
    },
    deleteEndpoint(request) {
      owners.delete(request.EndpointID);
      return inner.deleteEndpoint(request);
    },
    deleteNetwork(request) {
      for (const [endpoint, network] of owners) if (network === request.NetworkID) owners.delete(endpoint);
      return inner.deleteNetwork(request);
    },
  };
}

function withLastingLinks(inner: NetworkDriver): NetworkDriver {
  const links = new Set<string>();
  return {
    ...inner,
    async join(request) {
      if (links.has(request.EndpointID)) refuse('the link exists');
      const answer = await inner.join(request);
      links.add(request.EndpointID);
      return answer;
    },
    leave(request) {
      links.delete(request.EndpointID);
      return inner.leave(request);
    },
  };
}

function strictEndpoints(inner: NetworkDriver): NetworkDriver {
  const live = new Set<string>();
  const joined = new Set<string>();
  const known = (set: Set<string>, id: string) => set.has(id) || refuse(`${id} is unknown`);
  return {
    ...inner,
    async createEndpoint(request) {
      const answer = await inner.createEndpoint(request);
      live.add(request.EndpointID);
      return answer;
    },
    async join(request) {
      const answer = await inner.join(request);
      joined.add(request.EndpointID);
      return answer;
    },
    async leave(request) {
      known(joined, request.EndpointID);
      joined.delete(request.EndpointID);
      return inner.leave(request);
    },
    async deleteEndpoint(request) {
      known(live, request.EndpointID);
      live.delete(request.EndpointID);
      joined.delete(request.EndpointID);
      return inner.deleteEndpoint(request);
    },
  };
}

function repeating(inner: NetworkDriver): NetworkDriver {
  const answers = new Map<string, JoinResponse>();
  return {
    ...inner,
    createEndpoint: (request) => inner.createEndpoint(request).catch(() => ({})),
    async join(request) {
      const answer = answers.get(request.EndpointID) ?? (await inner.join(request));
      answers.set(request.EndpointID, answer);
      return answer;
    },
    leave(request) {
      answers.delete(request.EndpointID);
      return inner.leave(request);
    },
    deleteEndpoint(request) {
      answers.delete(request.EndpointID);
      return inner.deleteEndpoint(request);
    },
  };
}

import { CnmError } from '@opencnm/sdk';
import type { Engine, FaultId, Network, NetworkListFilters } from '@opencnm/spec';
import { filtering, listing, pruning } from './engine/on-networks.js';
import { engineFault, inspecting, internalError, isCustom, unless } from './engine-faults.js';
import type { Fault } from './fault.js';

/** Faults of lists, connections and pruning. */
export const engineConnectionFaults = {
  'engine.network-list.all#forgets-newest': listing((networks) => networks.slice(0, -1)),
  'engine.network-list.all#only-names': listing((networks) =>
    networks.map(({ Name, Id }) => ({ Name, Id }) as Network),
  ),
  'engine.network-list.all#ten-at-most': listing((networks) => networks.slice(0, 10)),
  'engine.network-list.filter-name#ignored': filtering(({ name: _, ...rest }) => rest),
  'engine.network-list.filter-name#exact-only': engineFault((inner) => ({
    networkList: async (input, context) =>
      (await inner.networkList(input, context)).filter(({ Name }) => input.filters?.name?.includes(Name) ?? true),
  })),
  'engine.network-list.filter-id#ignored': filtering(({ id: _, ...rest }) => rest),
  'engine.network-list.filter-label#ignored': filtering(({ label: _, ...rest }) => rest),
  'engine.network-list.filter-label#value-ignored': filtering(({ label, ...rest }) => ({
    ...rest,
    ...(label ? { label: label.map((text) => text.split('=')[0] ?? '') } : {}),
  })),
  'engine.network-list.filter-label#any-of': engineFault((inner) => ({
    async networkList({ filters = {} }, context) {
      const lists = await Promise.all(
        (filters.label ?? [undefined]).map((text) =>
          inner.networkList({ filters: text ? { ...filters, label: [text] } : filters }, context),
        ),
      );
      return unique(lists.flat());
    },
  })),
  'engine.network-list.filter-driver#ignored': filtering(({ driver: _, ...rest }) => rest),
  'engine.network-list.filter-type#ignored': filtering(({ type: _, ...rest }) => rest),
  'engine.network-list.filter-type#swapped': filtering(({ type, ...rest }) => ({
    ...rest,
    ...(type ? { type: type.map((each) => (each === 'custom' ? 'builtin' : 'custom')) } : {}),
  })),
  'engine.network-list.filters-together#any-filter': engineFault((inner) => ({
    async networkList({ filters = {} }, context) {
      const keys = Object.keys(filters) as (keyof NetworkListFilters)[];
      if (keys.length < 2) return inner.networkList({ filters }, context);
      const lists = await Promise.all(
        keys.map((key) => inner.networkList({ filters: { [key]: filters[key] } }, context)),
      );
      return unique(lists.flat());
    },
  })),
  'NetworkList/400#accepts-unknown': filtering((filters) =>
    Object.fromEntries(
      Object.entries(filters).filter(([key]) =>
        ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'].includes(key),
      ),
    ),
  ),
  'engine.network-connect.shown#does-nothing': engineFault(() => ({ networkConnect: async () => undefined })),
  'engine.network-connect.shown#container-side-only': inspecting((network) => ({ ...network, Containers: {} })),
  'engine.network-connect.address#ignores-address': engineFault((inner) => ({
    networkConnect: ({ id, body }, context) => {
      const { IPAMConfig: _, ...config } = body.EndpointConfig ?? {};
      return inner.networkConnect({ id, body: { ...body, EndpointConfig: config } }, context);
    },
  })),
  'engine.network-connect.aliases#drops-aliases': engineFault((inner) => ({
    networkConnect: ({ id, body }, context) => {
      const { Aliases: _, ...config } = body.EndpointConfig ?? {};
      return inner.networkConnect({ id, body: { ...body, EndpointConfig: config } }, context);
    },
  })),
  'engine.network-connect.address-in-use#gives-twice': connectingWithout(403),
  'engine.network-connect.address-outside#gives-another': connectingWithout(400),
  'engine.network-connect.config-only#accepted': engineFault((inner) => ({
    networkConnect: (input, context) =>
      unless(403, inner.networkConnect(input, context), (error) => {
        if (!error.message.includes('configuration network')) throw error;
      }),
  })),
  'engine.network-connect.twice#accepts-twice': engineFault((inner) => ({
    networkConnect: (input, context) => unless(403, inner.networkConnect(input, context), () => undefined),
  })),
  'NetworkConnect/404#unknown-container': engineFault((inner) => ({
    networkConnect: (input, context) =>
      unless(404, inner.networkConnect(input, context), (error) => {
        if (!error.message.includes('container')) throw error;
      }),
  })),
  'NetworkConnect/404#unknown-network': engineFault((inner) => ({
    networkConnect: (input, context) =>
      unless(404, inner.networkConnect(input, context), (error) => {
        if (error.message.includes('container')) throw error;
        return internalError(error);
      }),
  })),
  'engine.network-connect.stopped#forgets': engineFault((inner) => ({
    async networkConnect(input, context) {
      const { State } = await inner.containerInspect({ id: input.body.Container }, context);
      if (State.Running) await inner.networkConnect(input, context);
    },
  })),
  'engine.network-connect.unique-addresses#shows-same': showingAddress((prefix) => `${prefix}.2`),
  'engine.network-connect.unique-addresses#gives-gateway': showingAddress((prefix) => `${prefix}.1`),
  'engine.network-disconnect.gone#stays-shown': engineFault((inner) => {
    const ghosts = new Map<string, Awaited<ReturnType<Engine['networkInspect']>>['Containers']>();
    return {
      async networkDisconnect(input, context) {
        const { Id, Containers } = await inner.networkInspect({ id: input.id }, context);
        await inner.networkDisconnect(input, context);
        ghosts.set(Id, Containers);
      },
      async networkInspect(input, context) {
        const network = await inner.networkInspect(input, context);
        return { ...network, Containers: { ...ghosts.get(network.Id), ...network.Containers } };
      },
    };
  }),
  'engine.network-disconnect.gone#does-nothing': engineFault(() => ({ networkDisconnect: async () => undefined })),
  'engine.network-disconnect.frees-address#keeps-address': engineFault((inner) => {
    const taken = new Set<string>();
    return {
      async networkDisconnect(input, context) {
        const { Containers } = await inner.networkInspect({ id: input.id }, context);
        await inner.networkDisconnect(input, context);
        for (const { IPv4Address = '' } of Object.values(Containers ?? {})) taken.add(IPv4Address.split('/')[0] ?? '');
      },
      async networkConnect(input, context) {
        if (taken.has(input.body.EndpointConfig?.IPAMConfig?.IPv4Address ?? '-')) {
          throw new CnmError({ code: 'forbidden', status: 403, message: 'Address already in use' });
        }
        return inner.networkConnect(input, context);
      },
    };
  }),
  'engine.network-disconnect.not-connected#says-done': engineFault((inner) => ({
    networkDisconnect: (input, context) => unless(500, inner.networkDisconnect(input, context), () => undefined),
  })),
  'NetworkDisconnect/404#says-done': engineFault((inner) => ({
    networkDisconnect: (input, context) =>
      unless(404, inner.networkDisconnect(input, context), (error) => {
        if (!error.message.includes('container')) throw error;
      }),
  })),
  'engine.network-prune.label#ignores-label': engineFault((inner) => ({
    networkPrune: ({ filters = {} }, context) =>
      inner.networkPrune(
        {
          filters: {
            ...filters,
            ...(filters.label ? { label: filters.label.map((text) => text.split('=')[0] ?? '') } : {}),
          },
        },
        context,
      ),
  })),
  'engine.network-prune.not-label#ignores-not-label': pruning(({ 'label!': _, ...rest }) => rest),
  'engine.network-prune.in-use#says-deleted': engineFault((inner) => ({
    async networkPrune({ filters = {} }, context) {
      const wanted = await inner.networkList({ filters: filters.label ? { label: filters.label } : {} }, context);
      await inner.networkPrune({ filters }, context);
      return { NetworksDeleted: wanted.filter(isCustom).map(({ Name }) => Name) };
    },
  })),
  'engine.network-prune.until#ignores-until': pruning(({ until: _, ...rest }) => rest),
  'engine.network-prune.names#names-nothing': engineFault((inner) => ({
    async networkPrune(input, context) {
      await inner.networkPrune(input, context);
      return { NetworksDeleted: null };
    },
  })),
  'engine.network-prune.names#deletes-nothing': engineFault((inner) => ({
    async networkPrune({ filters = {} }, context) {
      const wanted = await inner.networkList({ filters: filters.label ? { label: filters.label } : {} }, context);
      return { NetworksDeleted: wanted.filter(isCustom).map(({ Name }) => Name) };
    },
  })),
} satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** Connects without the wanted address where it was refused with a status. */
function connectingWithout(status: number): Fault {
  return engineFault((inner) => ({
    networkConnect: (input, context) =>
      unless(status, inner.networkConnect(input, context), () =>
        inner.networkConnect({ id: input.id, body: { Container: input.body.Container } }, context),
      ),
  }));
}

/** Shows every container of a network with one address. */
function showingAddress(address: (prefix: string) => string): Fault {
  return inspecting((network) => ({
    ...network,
    Containers: Object.fromEntries(
      Object.entries(network.Containers ?? {}).map(([id, each]) => {
        const [ip = '', length = '24'] = (each.IPv4Address ?? '').split('/');
        return [id, { ...each, IPv4Address: `${address(ip.split('.').slice(0, 3).join('.'))}/${length}` }];
      }),
    ),
  }));
}

function unique(networks: readonly Network[]): Network[] {
  return [...new Map(networks.map((network) => [network.Id, network])).values()];
}

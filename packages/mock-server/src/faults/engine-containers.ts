import type { Engine, FaultId, Inputs } from '@opencnm/spec';
import { creating, filtering, listed, listing, withBody, withEndpoints } from './engine/on-containers.js';
import { inspecting, refusal, statusOf, turning, withNetworks } from './engine/on-engine.js';
import { engineFault } from './engine-faults.js';
import type { Fault } from './fault.js';

/** Faults in how containers are created, shown, listed and deleted. */
export const engineContainerFaults = {
  'engine.container-create.stands-still#starts': engineFault((inner) => ({
    async containerCreate(input, context) {
      const made = await inner.containerCreate(input, context);
      await inner.containerStart({ id: made.Id }, context);
      return made;
    },
  })),
  'engine.container-create.stands-still#has-address': inspecting((container) =>
    container.State.Status === 'created'
      ? withNetworks(container, (settings) => ({ ...settings, IPAddress: '10.254.0.9' }))
      : container,
  ),
  'engine.container-create.unique-name#accepts': onUsedName((inner, { body }) => inner.containerCreate({ body })),
  'engine.container-create.unique-name#replaces': onUsedName(async (inner, input) => {
    await inner.containerDelete({ id: input.name ?? '', force: true });
    await inner.containerCreate(input);
    throw refusal(409, `Conflict. The container name "/${input.name}" is already in use.`);
  }),
  'ContainerCreate/409#other-status': turning('containerCreate', 409, 500),
  'ContainerCreate/404#other-status': turning('containerCreate', 404, 500),
  'ContainerCreate/404#accepts': creating(({ body, ...input }) => ({ ...input, body: { ...body, Image: 'any' } })),
  'ContainerCreate/400#accepts': engineFault((inner) => ({
    async containerCreate(input, context) {
      try {
        return await inner.containerCreate(input, context);
      } catch (error) {
        if (statusOf(error) !== 400) throw error;
        return inner.containerCreate({ body: input.body }, context);
      }
    },
  })),
  'engine.container-create.networks#bridge-too': withBody((body) => ({
    ...body,
    NetworkingConfig: { EndpointsConfig: { ...body.NetworkingConfig?.EndpointsConfig, bridge: {} } },
  })),
  'engine.container-create.networks#bridge-only': withBody(({ NetworkingConfig: _, HostConfig, ...body }) => ({
    ...body,
    HostConfig: { ...HostConfig, NetworkMode: 'bridge' },
  })),
  'engine.container-create.endpoint#address-ignored': withEndpoints(({ IPAMConfig: _, ...config }) => config),
  'engine.container-create.endpoint#aliases-ignored': withEndpoints(({ Aliases: _, ...config }) => config),
  'engine.container-inspect.references#no-prefix': engineFault((inner) => ({
    async containerInspect(input, context) {
      if (/^[0-9a-f]{4,63}$/.test(input.id)) throw refusal(404, `No such container: ${input.id}`);
      return inner.containerInspect(input, context);
    },
  })),
  'engine.container-inspect.references#no-name': engineFault((inner) => ({
    async containerInspect(input, context) {
      if (!/^[0-9a-f]{12,64}$/.test(input.id)) throw refusal(404, `No such container: ${input.id}`);
      return inner.containerInspect(input, context);
    },
  })),
  'engine.container-inspect.references#name-prefix': engineFault((inner) => ({
    async containerInspect(input, context) {
      const all = await inner.containerList({ all: true }, context);
      const begun = all.find(({ Names }) => Names?.some((name) => name.startsWith(`/${input.id}`)));
      return inner.containerInspect({ id: begun?.Id ?? input.id }, context);
    },
  })),
  'ContainerInspect/404#other-status': turning('containerInspect', 404, 500),
  'engine.container-inspect.name-slash#without': inspecting((container) => ({
    ...container,
    Name: container.Name.slice(1),
  })),
  'engine.container-inspect.network-id#name': inspecting((container) =>
    withNetworks(container, (settings, name) => ({ ...settings, NetworkID: name })),
  ),
  'engine.container-inspect.network-id#short': inspecting((container) =>
    withNetworks(container, (settings) => ({ ...settings, NetworkID: settings.NetworkID.slice(0, 12) })),
  ),
  'engine.container-inspect.ports#exposed-missing': withPorts((ports) =>
    Object.fromEntries(Object.entries(ports).filter(([, places]) => places !== null)),
  ),
  'engine.container-inspect.ports#empty-port': withPorts((ports) =>
    Object.fromEntries(
      Object.entries(ports).map(([port, places]) => [
        port,
        places?.map((place) => ({ ...place, HostPort: '' })) ?? null,
      ]),
    ),
  ),
  'engine.container-delete.running#deletes': engineFault((inner) => ({
    containerDelete: (input, context) => inner.containerDelete({ ...input, force: true }, context),
  })),
  'engine.container-delete.running#refuses-but-stops': engineFault((inner) => ({
    async containerDelete(input, context) {
      try {
        await inner.containerDelete(input, context);
      } catch (error) {
        if (statusOf(error) === 409) await inner.containerStop({ id: input.id }, context);
        throw error;
      }
    },
  })),
  'ContainerDelete/409#other-status': turning('containerDelete', 409, 500),
  'ContainerDelete/404#silent': turning('containerDelete', 404, undefined),
  'engine.container-delete.leaves#endpoint-stays': engineFault((inner) => {
    const ghosts = new Map<string, string>();
    return {
      async containerDelete(input, context) {
        const { Id, NetworkSettings } = await inner.containerInspect({ id: input.id }, context);
        await inner.containerDelete(input, context);
        for (const { NetworkID } of Object.values(NetworkSettings.Networks ?? {})) ghosts.set(NetworkID, Id);
      },
      async networkInspect(input, context) {
        const network = await inner.networkInspect(input, context);
        const ghost = ghosts.get(network.Id);
        const shown = { Name: 'gone', EndpointID: '', MacAddress: '', IPv4Address: '', IPv6Address: '' };
        return ghost ? { ...network, Containers: { ...network.Containers, [ghost]: shown } } : network;
      },
    };
  }),
  'engine.container-delete.leaves#network-kept': engineFault((inner) => {
    const kept = new Set<string>();
    return {
      async containerDelete(input, context) {
        const { NetworkSettings } = await inner.containerInspect({ id: input.id }, context);
        await inner.containerDelete(input, context);
        for (const { NetworkID } of Object.values(NetworkSettings.Networks ?? {})) kept.add(NetworkID);
      },
      async networkDelete(input, context) {
        const { Id, Name } = await inner.networkInspect(input, context);
        if (kept.has(Id)) throw refusal(403, `network ${Name} id ${Id} has active endpoints`);
        await inner.networkDelete(input, context);
      },
    };
  }),
  'engine.container-list.running-only#stopped-too': listing((input) => ({ ...input, all: true })),
  'engine.container-list.running-only#all-ignored': listing((input) => ({ ...input, all: false })),
  'engine.container-list.networks#no-addresses': summaries((settings) => ({ ...settings, IPAddress: '' })),
  'engine.container-list.networks#first-only': summaries((settings, index) => (index === 0 ? settings : undefined)),
  'engine.container-list.filter-network#ignored': filtering(({ network: _, ...filters }) => filters),
  'engine.container-list.filter-network#name-only': filtering(({ network, ...filters }) =>
    network ? { ...filters, network: network.map((text) => (text.length === 64 ? 'nothing' : text)) } : filters,
  ),
  'engine.container-list.filter-label#ignored': filtering(({ label: _, ...filters }) => filters),
  'engine.container-list.filter-label#value-ignored': filtering(({ label, ...filters }) =>
    label ? { ...filters, label: label.map((text) => text.split('=')[0] ?? text) } : filters,
  ),
  'engine.container-list.unknown-filter#passed-over': filtering(({ id, name, label, network, status }) => ({
    ...(id ? { id } : {}),
    ...(name ? { name } : {}),
    ...(label ? { label } : {}),
    ...(network ? { network } : {}),
    ...(status ? { status } : {}),
  })),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

type Settings = NonNullable<Awaited<ReturnType<Engine['containerInspect']>>['NetworkSettings']['Networks']>[string];
type Ports = NonNullable<Awaited<ReturnType<Engine['containerInspect']>>['NetworkSettings']['Ports']>;

function withPorts(edit: (ports: Ports) => Ports): Fault {
  return inspecting((container) => ({
    ...container,
    NetworkSettings: { ...container.NetworkSettings, Ports: edit(container.NetworkSettings.Ports ?? {}) },
  }));
}

function onUsedName(
  act: (inner: Engine, input: Inputs['ContainerCreate']) => ReturnType<Engine['containerCreate']>,
): Fault {
  return engineFault((inner) => ({
    async containerCreate(input, context) {
      try {
        return await inner.containerCreate(input, context);
      } catch (error) {
        if (statusOf(error) !== 409) throw error;
        return act(inner, input);
      }
    },
  }));
}

function summaries(edit: (settings: Settings, index: number) => Settings | undefined): Fault {
  return listed((containers) =>
    containers.map((container) => {
      const networks = Object.entries(container.NetworkSettings?.Networks ?? {}).flatMap(([name, settings], index) => {
        const edited = edit(settings, index);
        return edited ? [[name, edited] as const] : [];
      });
      return { ...container, NetworkSettings: { Networks: Object.fromEntries(networks) } };
    }),
  );
}

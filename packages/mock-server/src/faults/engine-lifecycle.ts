import type { EndpointSettings, Engine, FaultId } from '@opencnm/spec';
import { inspecting, refusal, statusOf, turning, withNetworks } from './engine/on-engine.js';
import { engineFault } from './engine-faults.js';
import type { Fault } from './fault.js';

type Networks = Readonly<Record<string, EndpointSettings>>;

/** Faults in how containers start, stop and live. */
export const engineLifecycleFaults = {
  'engine.container-start.running#too-early': engineFault(() => ({ containerStart: async () => undefined })),
  'engine.container-start.running#no-address': inspecting((container) =>
    withNetworks(container, (settings) => ({ ...settings, IPAddress: '', IPPrefixLen: 0 })),
  ),
  'ContainerStart/304#other-status': turning('containerStart', 304, undefined),
  'ContainerStart/304#conflict': turning('containerStart', 304, 409),
  'ContainerStart/404#other-status': turning('containerStart', 404, 500),
  'engine.container-start.address-taken#both': turning('containerStart', 403, undefined),
  'engine.container-start.address-taken#without-network': onRefusedStart(async (inner, id) => {
    for (const network of Object.keys(await networksOf(inner, id)))
      await inner.networkDisconnect({ id: network, body: { Container: id } });
    await inner.containerStart({ id });
  }),
  'engine.container-start.all-or-nothing#others-stay': engineFault((inner) => {
    const failed = new Set<string>();
    return {
      async containerStart(input, context) {
        try {
          await inner.containerStart(input, context);
        } catch (error) {
          if (statusOf(error) === 403) failed.add(input.id);
          throw error;
        }
      },
      async containerInspect(input, context) {
        const container = await inner.containerInspect(input, context);
        if (!failed.has(container.Id)) return container;
        return withNetworks(container, (settings) =>
          settings.IPAMConfig?.IPv4Address ? settings : { ...settings, IPAddress: '10.254.0.9', IPPrefixLen: 24 },
        );
      },
    };
  }),
  'engine.container-stop.frees-address#kept': engineFault((inner) => {
    const kept = new Map<string, string>();
    return {
      async containerStop(input, context) {
        for (const { IPAddress } of Object.values(await networksOf(inner, input.id))) kept.set(IPAddress, input.id);
        await inner.containerStop(input, context);
      },
      async containerStart(input, context) {
        for (const { IPAMConfig } of Object.values(await networksOf(inner, input.id))) {
          const owner = kept.get(IPAMConfig?.IPv4Address ?? 'none');
          if (owner !== undefined && owner !== input.id) throw refusal(403, 'Address already in use');
        }
        await inner.containerStart(input, context);
      },
    };
  }),
  'engine.container-stop.leaves#address-shown': remembering((container, last) =>
    withNetworks(container, (settings, name) => ({ ...settings, IPAddress: last[name]?.IPAddress ?? '' })),
  ),
  'engine.container-stop.leaves#network-shows': engineFault((inner) => {
    const ghosts = new Map<string, Awaited<ReturnType<Engine['networkInspect']>>['Containers']>();
    return {
      async containerStop(input, context) {
        for (const { NetworkID } of Object.values(await networksOf(inner, input.id)))
          ghosts.set(NetworkID, (await inner.networkInspect({ id: NetworkID })).Containers);
        await inner.containerStop(input, context);
      },
      async networkInspect(input, context) {
        const network = await inner.networkInspect(input, context);
        return { ...network, Containers: { ...ghosts.get(network.Id), ...network.Containers } };
      },
    };
  }),
  'engine.container-stop.keeps-networks#connected-lost': afterStop(async (inner, id, networks) => {
    const { HostConfig } = await inner.containerInspect({ id });
    for (const network of Object.keys(networks))
      if (network !== HostConfig.NetworkMode) await inner.networkDisconnect({ id: network, body: { Container: id } });
  }),
  'engine.container-stop.keeps-networks#address-lost': afterStop(joinAnew),
  'ContainerStop/304#other-status': turning('containerStop', 304, undefined),
  'ContainerStop/304#failure': turning('containerStop', 304, 500),
  'ContainerStop/404#other-status': turning('containerStop', 404, 304),
  'engine.container-restart.same-address#next-free': engineFault((inner) => ({
    async containerRestart(input, context) {
      await inner.containerRestart(input, context);
      await joinAnew(inner, input.id, await networksOf(inner, input.id));
    },
  })),
  'engine.container-restart.same-address#stopped': engineFault((inner) => ({
    containerRestart: (input, context) => inner.containerStop({ id: input.id }, context),
  })),
  'engine.container-restart.new-endpoint#same': engineFault((inner) => {
    const first = new Map<string, Networks>();
    return {
      async containerRestart(input, context) {
        first.set(input.id, await networksOf(inner, input.id));
        await inner.containerRestart(input, context);
      },
      async containerInspect(input, context) {
        const container = await inner.containerInspect(input, context);
        const before = first.get(container.Id);
        return withNetworks(container, (settings, name) => ({
          ...settings,
          EndpointID: before?.[name]?.EndpointID ?? settings.EndpointID,
        }));
      },
    };
  }),
  'ContainerRestart/404#other-status': turning('containerRestart', 404, 500),
  'engine.flow.life#second-life': engineFault((inner) => {
    const names = new Set<string>();
    return {
      async networkCreate(input, context) {
        if (names.has(input.body.Name)) throw refusal(409, `network with name ${input.body.Name} already exists`);
        names.add(input.body.Name);
        return inner.networkCreate(input, context);
      },
    };
  }),
  'engine.flow.life#network-stays': engineFault((inner) => {
    const used = new Set<string>();
    return {
      async containerStop(input, context) {
        for (const { NetworkID } of Object.values(await networksOf(inner, input.id))) used.add(NetworkID);
        await inner.containerStop(input, context);
      },
      async networkDelete(input, context) {
        const { Id, Name } = await inner.networkInspect(input, context);
        if (used.has(Id)) throw refusal(403, `network ${Name} id ${Id} has active endpoints`);
        await inner.networkDelete(input, context);
      },
    };
  }),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

async function networksOf(engine: Engine, id: string): Promise<Networks> {
  return (await engine.containerInspect({ id })).NetworkSettings.Networks ?? {};
}

/** Leaves every network and joins it again without a wish. */
async function joinAnew(inner: Engine, id: string, networks: Networks): Promise<void> {
  for (const network of Object.keys(networks)) {
    await inner.networkDisconnect({ id: network, body: { Container: id } });
    await inner.networkConnect({ id: network, body: { Container: id } });
  }
}

function onRefusedStart(act: (inner: Engine, id: string) => Promise<void>): Fault {
  return engineFault((inner) => ({
    async containerStart(input, context) {
      try {
        await inner.containerStart(input, context);
      } catch (error) {
        if (statusOf(error) === 403) await act(inner, input.id);
        throw error;
      }
    },
  }));
}

function afterStop(act: (inner: Engine, id: string, networks: Networks) => Promise<void>): Fault {
  return engineFault((inner) => ({
    async containerStop(input, context) {
      await inner.containerStop(input, context);
      await act(inner, input.id, await networksOf(inner, input.id));
    },
  }));
}

/** A fault in how a stopped container is shown, which knows how it was shown before. */
function remembering(
  edit: (
    container: Awaited<ReturnType<Engine['containerInspect']>>,
    last: Networks,
  ) => Awaited<ReturnType<Engine['containerInspect']>>,
): Fault {
  return engineFault((inner) => {
    const last = new Map<string, Networks>();
    return {
      async containerStop(input, context) {
        const { Id } = await inner.containerInspect({ id: input.id });
        last.set(Id, await networksOf(inner, Id));
        await inner.containerStop(input, context);
      },
      async containerInspect(input, context) {
        const container = await inner.containerInspect(input, context);
        return container.State.Running ? container : edit(container, last.get(container.Id) ?? {});
      },
    };
  });
}

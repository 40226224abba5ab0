import type { EndpointConfig, EndpointSettings, FaultId, Inputs } from '@opencnm/spec';
import { inspecting as ofContainers, withNetworks } from './engine/on-engine.js';
import { answering, pathOf } from './engine/on-wire.js';
import { engineFault, inspecting, unless } from './engine-faults.js';
import type { Fault } from './fault.js';
import { jsonOf, textOf } from './wire-faults.js';

/** Faults in how containers come to networks and leave them. */
export const engineAttachmentFaults = {
  'engine.network-inspect.same#labels-fade': engineFault((inner) => {
    const shown = new Set<string>();
    return {
      async networkInspect(input, context) {
        const network = await inner.networkInspect(input, context);
        const labels = shown.has(network.Id) ? {} : network.Labels;
        shown.add(network.Id);
        return { ...network, Labels: labels };
      },
    };
  }),
  'engine.network-connect.bridge-address#passed-over': onRefusedConnect((network) => network === 'bridge'),
  'engine.network-connect.host#accepted': onRefusedConnect((network) => network === 'host'),
  'engine.network-connect.gateway-address#given': engineFault((inner) => ({
    networkConnect: (input, context) =>
      unless(403, inner.networkConnect(input, context), () => inner.networkConnect(withoutAddress(input), context)),
  })),
  'engine.network-connect.refused#connected': engineFault((inner) => ({
    networkConnect: (input, context) =>
      unless(403, inner.networkConnect(input, context), async (error) => {
        await inner.networkConnect(withoutAddress(input), context).catch(() => undefined);
        throw error;
      }),
  })),
  'engine.network-connect.gateway#no-gateway': showing((settings) => ({ ...settings, Gateway: '' })),
  'engine.network-connect.gateway#other-length': showing((settings) => ({ ...settings, IPPrefixLen: 16 })),
  'engine.network-connect.ipv6#ignored': connecting(({ IPAMConfig, ...config }) => ({
    ...config,
    IPAMConfig: IPAMConfig ? { IPv4Address: IPAMConfig.IPv4Address ?? '' } : null,
  })),
  'engine.network-connect.ipv6#not-shown': showing((settings) => ({ ...settings, GlobalIPv6Address: '' })),
  'engine.network-connect.ipv6#no-length': showing((settings) => ({ ...settings, GlobalIPv6PrefixLen: 0 })),
  'engine.network-connect.ipv6#no-gateway': showing((settings) => ({ ...settings, IPv6Gateway: '' })),
  'engine.network-connect.ipv6#network-hides': onNetwork(() => ''),
  'engine.network-connect.ipv6#network-without-length': onNetwork((address) => address.split('/')[0] ?? ''),
  'engine.network-connect.all-aliases#first-only': connecting(({ Aliases, ...config }) => ({
    ...config,
    Aliases: Aliases?.slice(0, 1) ?? null,
  })),
  'engine.network-connect.wishes#no-addresses': showing((settings) => ({ ...settings, IPAMConfig: null })),
  'engine.network-connect.wishes#no-links': connecting(({ Links: _, ...config }) => config),
  'engine.network-connect.wishes#no-options': connecting(({ DriverOpts: _, ...config }) => config),
  'engine.network-connect.wishes#gone-after-stop': ofContainers((container) =>
    container.State.Status === 'exited'
      ? withNetworks(container, (settings) => ({ ...settings, IPAMConfig: null }))
      : container,
  ),
  'engine.network-connect.bad-body#takes-broken': answering(
    (request) => pathOf(request).endsWith('/connect') && textOf(request) !== '' && !jsonOf(request),
    { status: 200 },
  ),
  'engine.network-connect.bad-body#takes-empty': answering(
    (request) => pathOf(request).endsWith('/connect') && textOf(request) === '',
    { status: 200 },
  ),
  'engine.network-disconnect.others-stay#leaves-all': engineFault((inner) => ({
    async networkDisconnect(input, context) {
      const { Container = '' } = input.body;
      await inner.networkDisconnect(input, context);
      const { NetworkSettings } = await inner.containerInspect({ id: Container }, context);
      for (const id of Object.keys(NetworkSettings.Networks ?? {}))
        await inner.networkDisconnect({ id, body: { Container } }, context);
    },
  })),
  'engine.network-disconnect.others-stay#stops': engineFault((inner) => ({
    async networkDisconnect(input, context) {
      await inner.networkDisconnect(input, context);
      await inner.containerStop({ id: input.body.Container ?? '' }, context);
    },
  })),
  'engine.network-disconnect.stopped#nothing': engineFault((inner) => ({
    async networkDisconnect(input, context) {
      const { State } = await inner.containerInspect({ id: input.body.Container ?? '' }, context);
      if (State.Running) await inner.networkDisconnect(input, context);
    },
  })),
  'engine.network-disconnect.twice#silent': engineFault((inner) => {
    const gone = new Set<string>();
    return {
      async networkDisconnect(input, context) {
        const pair = `${input.id} ${input.body.Container}`;
        if (gone.has(pair)) return;
        await inner.networkDisconnect(input, context);
        gone.add(pair);
      },
    };
  }),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

type Connect = Inputs['NetworkConnect'];

/** A fault in how containers show their place on a network. */
function showing(edit: (settings: EndpointSettings) => EndpointSettings): Fault {
  return ofContainers((container) => withNetworks(container, edit));
}

/** A fault in what is asked for of an endpoint. */
function connecting(edit: (config: EndpointConfig) => EndpointConfig): Fault {
  return engineFault((inner) => ({
    networkConnect: ({ id, body: { EndpointConfig, ...body } }, context) =>
      inner.networkConnect(
        { id, body: { ...body, EndpointConfig: EndpointConfig ? edit(EndpointConfig) : null } },
        context,
      ),
  }));
}

function withoutAddress({ id, body: { Container } }: Connect): Connect {
  return { id, body: { Container } };
}

/** Says that a container was connected to a network that refused it. */
function onRefusedConnect(applies: (network: string) => boolean): Fault {
  return engineFault((inner) => ({
    networkConnect: (input, context) =>
      unless(400, inner.networkConnect(input, context), (error) => {
        if (!applies(input.id)) throw error;
      }),
  }));
}

/** A fault in the IPv6 addresses that a network shows. */
function onNetwork(edit: (address: string) => string): Fault {
  return inspecting((network) => ({
    ...network,
    Containers: Object.fromEntries(
      Object.entries(network.Containers ?? {}).map(([id, each]) => [
        id,
        { ...each, IPv6Address: edit(each.IPv6Address) },
      ]),
    ),
  }));
}

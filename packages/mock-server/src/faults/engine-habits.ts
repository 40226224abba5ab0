import type { EndpointSettings, FaultId, SystemInfo } from '@opencnm/spec';
import { withBody, withEndpoints } from './engine/on-containers.js';
import { inspecting, turning, withNetworks } from './engine/on-engine.js';
import { answering, onAnswers, pathOf, versionIn } from './engine/on-wire.js';
import { engineFault } from './engine-faults.js';
import type { Fault } from './fault.js';
import { json } from './wire-faults.js';

/** Faults in how containers show themselves and what the engine tells of itself. */
export const engineHabitFaults = {
  'engine.container-create.none#bridge': withBody(({ HostConfig, ...body }) => ({
    ...body,
    HostConfig: HostConfig?.NetworkMode === 'none' ? { ...HostConfig, NetworkMode: 'bridge' } : (HostConfig ?? {}),
  })),
  'engine.container-create.mac-address#ignored': withBody(({ MacAddress: _, NetworkingConfig, ...body }) => ({
    ...body,
    NetworkingConfig: {
      EndpointsConfig: Object.fromEntries(
        Object.entries(NetworkingConfig?.EndpointsConfig ?? {}).map(([name, config]) => {
          const { MacAddress: __, ...rest } = config ?? {};
          return [name, rest];
        }),
      ),
    },
  })),
  'engine.container-create.wishes#no-links': withEndpoints(({ Links: _, ...config }) => config),
  'engine.container-create.wishes#no-options': withEndpoints(({ DriverOpts: _, ...config }) => config),
  'engine.container-create.not-on-network#shown': engineFault((inner) => ({
    async networkInspect(input, context) {
      const network = await inner.networkInspect(input, context);
      const all = await inner.containerList({ all: true, filters: { network: [network.Id] } }, context);
      const idle = all.filter(({ State }) => State === 'created').map(({ Id }) => [Id, aloof] as const);
      return { ...network, Containers: { ...Object.fromEntries(idle), ...network.Containers } };
    },
  })),
  'engine.container-inspect.config#no-labels': inspecting(({ Config, ...container }) => ({
    ...container,
    Config: { ...Config, Labels: {} },
  })),
  'engine.container-inspect.config#other-name': withBody(({ Hostname: _, ...body }) => body),
  'engine.container-inspect.network-mode#default': inspecting(({ HostConfig, ...container }) => ({
    ...container,
    HostConfig: { ...HostConfig, NetworkMode: 'default' },
  })),
  'engine.container-inspect.status#up': saying('running', 'up'),
  'engine.container-inspect.status#stopped': saying('exited', 'stopped'),
  'engine.container-start.network-gone#starts': turning('containerStart', 404, undefined),
  'engine.container-stop.shows-networks#no-networks': afterStop(() => undefined),
  'engine.container-stop.shows-networks#no-aliases': afterStop((settings) => ({ ...settings, Aliases: null })),
  'engine.container-restart.keeps-networks#first-only': engineFault((inner) => ({
    async containerRestart(input, context) {
      await inner.containerRestart(input, context);
      const { NetworkSettings } = await inner.containerInspect({ id: input.id }, context);
      for (const id of Object.keys(NetworkSettings.Networks ?? {}).slice(1))
        await inner.networkDisconnect({ id, body: { Container: input.id } }, context);
    },
  })),
  'engine.container-restart.stopped#nothing': engineFault((inner) => ({
    async containerRestart(input, context) {
      const { State } = await inner.containerInspect({ id: input.id }, context);
      if (State.Running) await inner.containerRestart(input, context);
    },
  })),
  'engine.info.counts#none': telling({ Containers: 0 }),
  'engine.info.counts#none-running': telling({ ContainersRunning: 0 }),
  'engine.info.server-version#empty': telling({ ServerVersion: '' }),
  'engine.ping.body#json': onAnswers(
    (request) => pathOf(request) === '/_ping' && request.method === 'GET',
    (answer) => ({ ...answer, body: '{"ok":true}' }),
  ),
  'engine.ping.with-version#not-found': answering(
    (request) => versionIn(request) > 0 && pathOf(request) === '/_ping',
    json(404, { message: 'page not found' }),
  ),
  'engine.transport.one-too-new#serves': {
    engineTransport: (inner) => async (request) => {
      const answer = await inner(request);
      const isIt = answer !== 'close' && answer.status === 400 && versionIn(request) < 1900;
      return isIt ? inner({ ...request, path: request.path.replace(/^\/v[\d.]+/, '') }) : answer;
    },
  },
  'engine.transport.charset#refused': {
    engineTransport: (inner) => async (request) =>
      (request.headers['content-type'] ?? '').includes('charset')
        ? json(400, { message: 'unsupported content type' })
        : inner(request),
  },
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** A container on a network without anything there. */
const aloof = { Name: 'created', EndpointID: '', MacAddress: '', IPv4Address: '', IPv6Address: '' };

/** Shows another word for a state. */
function saying(state: string, word: string): Fault {
  return inspecting(({ State, ...container }) => ({
    ...container,
    State: State.Status === state ? { ...State, Status: word } : State,
  }));
}

/** A fault in how a stopped container shows its networks; undefined leaves one out. */
function afterStop(edit: (settings: EndpointSettings) => EndpointSettings | undefined): Fault {
  return inspecting((container) => (container.State.Status === 'exited' ? withNetworks(container, edit) : container));
}

function telling(members: Partial<SystemInfo>): Fault {
  return engineFault((inner) => ({
    systemInfo: async (context) => ({ ...(await inner.systemInfo(context)), ...members }),
  }));
}

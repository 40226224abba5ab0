import type { Engine, EventMessage } from '@opencnm/spec';
import type { EngineContext } from './context.js';
import { type Filters, hasLabels, nanosecondsOf, onlyKnown } from './filters.js';
import { version } from './version.js';

type SystemOperations = Pick<Engine, 'systemPing' | 'systemPingHead' | 'systemVersion' | 'systemInfo' | 'systemEvents'>;

/** The newest and the oldest API version that the mock speaks. */
export const apiVersions = { newest: '1.51', oldest: '1.24' } as const;

/** The machine that the mock says it runs on, the same on every real one, so that two of them answer alike. */
const machine = { os: 'linux', arch: 'amd64', architecture: 'x86_64', kernel: '6.1.0' } as const;

/** Ping, version, info and events of an engine. */
export function systemOperations({ state, drivers, events, clock, random }: EngineContext): SystemOperations {
  const id = random.hex(32);
  return {
    systemPing: async () => undefined,
    systemPingHead: async () => undefined,
    systemVersion: async () => ({
      Version: version,
      ApiVersion: apiVersions.newest,
      MinAPIVersion: apiVersions.oldest,
      Os: machine.os,
      Arch: machine.arch,
      KernelVersion: machine.kernel,
      GitCommit: 'opencnm',
      GoVersion: '',
      BuildTime: '',
      Platform: { Name: 'OpenCNM mock engine' },
      Components: [
        {
          Name: 'Engine',
          Version: version,
          Details: {
            ApiVersion: apiVersions.newest,
            MinAPIVersion: apiVersions.oldest,
            Os: machine.os,
            Arch: machine.arch,
          },
        },
      ],
    }),
    systemInfo: async () => {
      const containers = [...state.containers.values()];
      const running = containers.filter((each) => each.state === 'running').length;
      return {
        ID: id,
        Name: 'opencnm-mock',
        ServerVersion: version,
        OSType: machine.os,
        OperatingSystem: 'OpenCNM mock engine',
        Architecture: machine.architecture,
        KernelVersion: machine.kernel,
        SystemTime: clock.now(),
        Containers: containers.length,
        ContainersRunning: running,
        ContainersPaused: 0,
        ContainersStopped: containers.length - running,
        Images: 0,
        Plugins: { Network: drivers.names, Volume: [], Authorization: null, Log: [] },
        Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '' },
        LiveRestoreEnabled: false,
        Labels: [],
        Warnings: null,
      };
    },
    systemEvents: ({ since, until, filters = {} }, { signal } = {}) => {
      onlyKnown(filters as Filters, ['type', 'event', 'network', 'container', 'image', 'label', 'scope']);
      const now = Number(clock.last() / 1_000_000n);
      const span = {
        ...(since ? { since: nanosecondsOf(since, now) } : {}),
        ...(until ? { until: nanosecondsOf(until, now) } : {}),
        ...(signal ? { signal } : {}),
      };
      return wanted(events.listen(span), filters as Filters);
    },
  };
}

async function* wanted(stream: AsyncIterable<EventMessage>, filters: Filters): AsyncGenerator<EventMessage> {
  for await (const event of stream) if (isWanted(event, filters)) yield event;
}

function isWanted({ Type, Action, Actor, scope = 'local' }: EventMessage, filters: Filters): boolean {
  const attributes = Actor.Attributes ?? {};
  const names = (type: string) => (Type === type ? [Actor.ID, attributes['name'] ?? ''] : [attributes[type] ?? '']);
  const fits = (values: readonly string[], wishes: readonly string[] | undefined) =>
    wishes === undefined || values.some((value) => wishes.includes(value));
  return (
    fits([Type], filters['type']) &&
    fits([Action], filters['event']) &&
    fits([scope], filters['scope']) &&
    fits(names('network'), filters['network']) &&
    fits(names('container'), filters['container']) &&
    fits([attributes['image'] ?? ''], filters['image']) &&
    hasLabels(attributes, filters['label'])
  );
}

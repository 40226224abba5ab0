import { askSocket } from './ask-socket.js';

/** One call of an engine and its answer, for the operation of the definition that it belongs to. */
export interface TourCall {
  readonly operation: string;
  readonly request?: unknown;
  readonly status: number;
  /** The JSON of the answer, its text where it is none, undefined where it is empty. */
  readonly answer: unknown;
}

interface Step {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Walks through the networking of an engine without our client and collects all that it says. */
export async function tourOf(socket: string, image: string): Promise<readonly TourCall[]> {
  const calls: TourCall[] = [];
  for (const step of steps(image)) calls.push(await take(socket, step));
  const now = Math.floor(Date.now() / 1000);
  // The window ends in the future: with one that is over, Podman may answer nothing.
  const path = `/events?since=${now - 60}&until=${now + 2}`;
  calls.push(await take(socket, { operation: 'SystemEvents', method: 'GET', path }));
  return calls;
}

function steps(image: string): readonly Step[] {
  const get = (operation: string, path: string): Step => ({ operation, method: 'GET', path });
  const post = (operation: string, path: string, body?: unknown): Step => ({ operation, method: 'POST', path, body });
  const remove = (operation: string, path: string): Step => ({ operation, method: 'DELETE', path });
  const labels = encodeURIComponent(JSON.stringify({ label: ['tour=yes'] }));
  return [
    get('SystemVersion', '/version'),
    get('SystemInfo', '/info'),
    get('NetworkList', '/networks'),
    post('NetworkCreate', '/networks/create', {
      Name: 'tour1',
      Driver: 'bridge',
      CheckDuplicate: true,
      IPAM: {
        Driver: 'default',
        Config: [{ Subnet: '10.201.0.0/24', Gateway: '10.201.0.1', IPRange: '10.201.0.128/25' }],
      },
      Options: { 'com.docker.network.driver.mtu': '1400' },
      Labels: { tour: 'yes' },
    }),
    post('NetworkCreate', '/networks/create', { Name: 'tour1', CheckDuplicate: true }),
    post('NetworkCreate', '/networks/create', {
      Name: 'tour2',
      EnableIPv6: true,
      Internal: true,
      IPAM: { Config: [{ Subnet: '10.202.0.0/24' }, { Subnet: 'fd00:202::/64' }] },
    }),
    post('NetworkCreate', '/networks/create', { Name: 'tour3', IPAM: { Config: [{ Subnet: 'nonsense' }] } }),
    post('ContainerCreate', '/containers/create?name=tour1', {
      Image: image,
      Cmd: ['sleep', '1000'],
      Labels: { tour: 'yes' },
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { NetworkMode: 'tour1', PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18080' }] } },
      NetworkingConfig: {
        EndpointsConfig: { tour1: { Aliases: ['web'], IPAMConfig: { IPv4Address: '10.201.0.130' } } },
      },
    }),
    get('ContainerInspect', '/containers/tour1/json'),
    get('ContainerList', '/containers/json'),
    post('ContainerStart', '/containers/tour1/start'),
    post('ContainerStart', '/containers/tour1/start'),
    post('NetworkConnect', '/networks/tour2/connect', {
      Container: 'tour1',
      EndpointConfig: { Aliases: ['two'], IPAMConfig: { IPv4Address: '10.202.0.9', IPv6Address: 'fd00:202::9' } },
    }),
    post('NetworkConnect', '/networks/tour2/connect', { Container: 'nobody' }),
    get('NetworkInspect', '/networks/tour1'),
    get('NetworkInspect', '/networks/tour2?verbose=true'),
    get('NetworkInspect', '/networks/nowhere'),
    get('NetworkList', `/networks?filters=${labels}`),
    get('ContainerInspect', '/containers/tour1/json'),
    get('ContainerInspect', '/containers/nobody/json'),
    get('ContainerList', `/containers/json?all=true&filters=${labels}`),
    remove('NetworkDelete', '/networks/tour1'),
    post('NetworkDisconnect', '/networks/tour2/disconnect', { Container: 'tour1', Force: false }),
    post('NetworkDisconnect', '/networks/tour2/disconnect', { Container: 'nobody' }),
    post('ContainerRestart', '/containers/tour1/restart?t=0'),
    post('ContainerStop', '/containers/tour1/stop?t=0'),
    post('ContainerStop', '/containers/tour1/stop?t=0'),
    remove('ContainerDelete', '/containers/tour1?force=true&v=true'),
    remove('ContainerDelete', '/containers/tour1'),
    post('NetworkPrune', `/networks/prune?filters=${labels}`),
    remove('NetworkDelete', '/networks/tour2'),
    remove('NetworkDelete', '/networks/tour2'),
  ];
}

async function take(socket: string, { operation, method, path, body }: Step): Promise<TourCall> {
  const answer = await askSocket({
    socket,
    method,
    path: `/v1.41${path}`,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const isStream = operation === 'SystemEvents' && answer.status === 200;
  return {
    operation,
    request: body,
    status: answer.status,
    answer: isStream ? lines(answer.text) : parsed(answer.text),
  };
}

function lines(text: string): readonly unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

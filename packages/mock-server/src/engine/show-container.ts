import type { ContainerInspectResponse, ContainerSummary, EndpointSettings, PortMap } from '@opencnm/spec';
import { plain } from './pools.js';
import type { Attachment, ContainerRecord } from './state.js';

/** The image id of every container: nothing is behind it. */
const imageId = `sha256:${'0'.repeat(64)}`;

/** A container as inspect shows it. */
export function showContainer(record: ContainerRecord): ContainerInspectResponse {
  const { body, state } = record;
  const [path = '', ...args] = [...(body.Entrypoint ?? []), ...(body.Cmd ?? [])];
  return {
    Id: record.id,
    Created: record.created,
    Path: path,
    Args: args,
    Name: `/${record.name}`,
    State: {
      Status: state,
      Running: state === 'running',
      Paused: false,
      Restarting: false,
      Dead: false,
      OOMKilled: false,
      Pid: state === 'running' ? 1 : 0,
      ExitCode: record.exitCode,
      Error: '',
      StartedAt: record.startedAt,
      FinishedAt: record.finishedAt,
    },
    Image: imageId,
    RestartCount: 0,
    Config: {
      Image: body.Image,
      Cmd: body.Cmd ?? null,
      Entrypoint: body.Entrypoint ?? null,
      Env: body.Env ?? [],
      Hostname: body.Hostname || record.id.slice(0, 12),
      Domainname: body.Domainname ?? '',
      Labels: body.Labels ?? {},
      ...(body.ExposedPorts ? { ExposedPorts: body.ExposedPorts } : {}),
    },
    HostConfig: {
      ...body.HostConfig,
      NetworkMode: networkMode(record),
      PortBindings: body.HostConfig?.PortBindings ?? {},
    },
    NetworkSettings: {
      SandboxID: record.sandboxKey.split('/').at(-1) ?? '',
      SandboxKey: record.sandboxKey,
      Ports: publishedPorts(record),
      Networks: showNetworks(record),
    },
  };
}

/** A container as lists show it. */
export function summariseContainer(record: ContainerRecord): ContainerSummary {
  const { body } = record;
  return {
    Id: record.id,
    Names: [`/${record.name}`],
    Image: body.Image,
    ImageID: imageId,
    Command: [...(body.Entrypoint ?? []), ...(body.Cmd ?? [])].join(' '),
    Created: Math.floor(Date.parse(record.created) / 1000),
    Ports: [],
    Labels: body.Labels ?? {},
    State: record.state,
    Status: {
      created: 'Created',
      running: 'Up Less than a second',
      exited: `Exited (${record.exitCode}) Less than a second ago`,
    }[record.state],
    HostConfig: { NetworkMode: networkMode(record) },
    NetworkSettings: { Networks: showNetworks(record) },
  };
}

/** The network that a container asked for; `default` is the bridge. */
export function networkMode({ body }: Pick<ContainerRecord, 'body'>): string {
  return body.HostConfig?.NetworkMode || 'default';
}

function showNetworks({ attachments, id, name }: ContainerRecord): Readonly<Record<string, EndpointSettings>> {
  return Object.fromEntries(
    [...attachments.values()].map((each) => [each.networkName, showAttachment(each, id, name)]),
  );
}

function showAttachment(
  { networkId, config, endpoint }: Attachment,
  containerId: string,
  containerName: string,
): EndpointSettings {
  const [ip = '', prefix = '0'] = endpoint?.address.split('/') ?? [];
  const [ip6 = '', prefix6 = '0'] = endpoint?.address6.split('/') ?? [];
  const aliases = config.Aliases ?? null;
  return {
    IPAMConfig: config.IPAMConfig ?? null,
    Links: config.Links ?? null,
    Aliases: aliases,
    MacAddress: endpoint?.mac ?? config.MacAddress ?? '',
    DriverOpts: config.DriverOpts ?? null,
    GwPriority: config.GwPriority ?? 0,
    NetworkID: networkId,
    EndpointID: endpoint?.id ?? '',
    Gateway: plain(endpoint?.gateway ?? ''),
    IPAddress: ip,
    IPPrefixLen: Number(prefix),
    IPv6Gateway: plain(endpoint?.gateway6 ?? ''),
    GlobalIPv6Address: ip6,
    GlobalIPv6PrefixLen: Number(prefix6),
    DNSNames: [containerName, ...(aliases ?? []), containerId.slice(0, 12)],
  };
}

/** What is published, while the container runs; ports of the engine's choice come from the id, nothing is bound. */
function publishedPorts({ id, state, body }: ContainerRecord): PortMap {
  if (state !== 'running') return {};
  const exposed = Object.keys(body.ExposedPorts ?? {}).map((key) => [key, null] as const);
  const published = Object.entries(body.HostConfig?.PortBindings ?? {}).map(
    ([key, hosts], index) =>
      [
        key,
        (hosts ?? []).map(({ HostIp, HostPort }) => ({
          HostIp: HostIp || '0.0.0.0',
          HostPort:
            HostPort && HostPort !== '0' ? HostPort : String(32_768 + (Number.parseInt(id.slice(0, 3), 16) + index)),
        })),
      ] as const,
  );
  return Object.fromEntries([...exposed, ...published]);
}

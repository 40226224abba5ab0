import type { ContainerRecord } from './state.js';

/** The exposed and published ports of a container, as drivers get them. */
export interface Ports {
  readonly 'com.docker.network.endpoint.exposedports': readonly { readonly Proto: number; readonly Port: number }[];
  readonly 'com.docker.network.portmap': readonly {
    readonly Proto: number;
    readonly IP: string;
    readonly Port: number;
    readonly HostIP: string;
    readonly HostPort: number;
    readonly HostPortEnd: number;
  }[];
}

const protocols: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132, icmp: 1 };

/** Reads `80/tcp` keys of ExposedPorts and PortBindings. */
export function portsOf({ ExposedPorts, HostConfig }: ContainerRecord['body']): Ports {
  const bindings = HostConfig?.PortBindings ?? {};
  const exposed = [...new Set([...Object.keys(ExposedPorts ?? {}), ...Object.keys(bindings)])].sort();
  return {
    'com.docker.network.endpoint.exposedports': exposed.map(portOf),
    'com.docker.network.portmap': Object.entries(bindings).flatMap(([key, hosts]) =>
      [...(hosts ?? [])].map(({ HostIp = '', HostPort = '' }) => {
        const [first = 0, last = first] = HostPort.split('-').map(Number);
        return { ...portOf(key), IP: '', HostIP: HostIp, HostPort: first || 0, HostPortEnd: last || 0 };
      }),
    ),
  };
}

function portOf(key: string): { readonly Proto: number; readonly Port: number } {
  const [port, protocol = 'tcp'] = key.split('/');
  return { Proto: protocols[protocol] ?? 6, Port: Number(port) };
}

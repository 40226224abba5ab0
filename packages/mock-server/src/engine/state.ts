import type { ContainerCreateRequest, EndpointConfig, IPAMConfig } from '@opencnm/spec';

/** One subnet of a network, as its IPAM driver granted it. */
export interface PoolRecord {
  readonly family: 4 | 6;
  readonly poolId: string;
  /** CIDR. */
  readonly pool: string;
  readonly addressSpace: string;
  /** With prefix length; '' when the driver wants none. */
  readonly gateway: string;
  /** Name to address, with prefix length. */
  readonly aux: Readonly<Record<string, string>>;
  /** What the user wrote of it; absent for a pool that the driver chose. */
  readonly asked?: IPAMConfig;
}

/** A network of the engine. */
export interface NetworkRecord {
  readonly id: string;
  readonly name: string;
  /** RFC 3339 with nanoseconds. */
  readonly created: string;
  readonly driver: string;
  readonly scope: 'local' | 'global' | 'swarm';
  readonly hasIPv4: boolean;
  readonly hasIPv6: boolean;
  readonly isInternal: boolean;
  readonly isAttachable: boolean;
  readonly isConfigOnly: boolean;
  readonly configFrom: string;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ipamDriver: string;
  readonly ipamOptions: Readonly<Record<string, string>> | null;
  /** The subnets that were asked for; a configuration keeps them for the networks made from it. */
  readonly configs: readonly IPAMConfig[];
  readonly pools: readonly PoolRecord[];
  /** True for bridge, host and none. */
  readonly isPredefined: boolean;
}

/** An endpoint that joined the sandbox of a running container. */
export interface EndpointRecord {
  readonly id: string;
  /** With prefix length, or ''. */
  readonly address: string;
  readonly address6: string;
  readonly mac: string;
  /** Plain, or ''. */
  readonly gateway: string;
  readonly gateway6: string;
  readonly granted: readonly { readonly poolId: string; readonly ip: string }[];
  readonly isProgrammed: boolean;
}

/** A container's place on a network; the endpoint exists while the container runs. */
export interface Attachment {
  readonly networkId: string;
  readonly networkName: string;
  readonly config: EndpointConfig;
  endpoint?: EndpointRecord | undefined;
}

/** A container of the engine: nothing runs in it. */
export interface ContainerRecord {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly body: ContainerCreateRequest;
  state: 'created' | 'running' | 'exited';
  startedAt: string;
  finishedAt: string;
  exitCode: number;
  sandboxKey: string;
  /** By network id. */
  readonly attachments: Map<string, Attachment>;
}

/** All that the engine knows. */
export interface EngineState {
  readonly networks: Map<string, NetworkRecord>;
  readonly containers: Map<string, ContainerRecord>;
}

/** The containers with an endpoint on a network. */
export function activeOn(
  state: EngineState,
  networkId: string,
): readonly { readonly container: ContainerRecord; readonly endpoint: EndpointRecord }[] {
  return [...state.containers.values()].flatMap((container) => {
    const endpoint = container.attachments.get(networkId)?.endpoint;
    return endpoint ? [{ container, endpoint }] : [];
  });
}

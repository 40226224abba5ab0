import type { CreateNetworkRequest, PortBinding } from '@opencnm/spec';
import { type Subnet, subnetsOf } from './subnets.js';

/** An endpoint as the driver remembers it. */
export interface EndpointState {
  readonly id: string;
  /** With prefix length, '' when it has none; whoever chose them. */
  readonly address: string;
  readonly address6: string;
  readonly mac: string;
  /** Its link on the host, the same at every join; there from the first join on. */
  link?: string;
  /** The sandbox it joined. */
  sandboxKey?: string | undefined;
  /** Host ports that ProgramExternalConnectivity took: `6/127.0.0.1/8080`. */
  ports: readonly string[];
}

/** A network as the driver remembers it. */
export interface NetworkState {
  readonly id: string;
  readonly isInternal: boolean;
  readonly subnets: readonly Subnet[];
  readonly subnets6: readonly Subnet[];
  readonly endpoints: Map<string, EndpointState>;
}

/** A new network without endpoints. */
export function networkFrom({ NetworkID, Options, IPv4Data, IPv6Data }: CreateNetworkRequest): NetworkState {
  return {
    id: NetworkID,
    isInternal: Options?.['com.docker.network.internal'] === true,
    subnets: subnetsOf(IPv4Data),
    subnets6: subnetsOf(IPv6Data),
    endpoints: new Map(),
  };
}

/** The host ports of port bindings: `6/127.0.0.1/8080`, the address '' where none is named. */
export function portKeys(bindings: readonly PortBinding[] | null | undefined): readonly string[] {
  return (bindings ?? []).flatMap(({ Proto, HostIP = '', HostPort = 0, HostPortEnd = 0 }) =>
    HostPort === 0
      ? []
      : Array.from(
          { length: Math.min(Math.max(HostPortEnd - HostPort, 0), 65_535) + 1 },
          (_, index) => `${Proto}/${HostIP}/${HostPort + index}`,
        ),
  );
}

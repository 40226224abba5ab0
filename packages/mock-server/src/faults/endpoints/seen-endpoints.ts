import type { CreateEndpointRequest, CreateNetworkRequest, EndpointInterface, JoinResponse } from '@opencnm/spec';

/** The ids of an endpoint. */
export interface Ids {
  readonly NetworkID: string;
  readonly EndpointID: string;
}

/** An endpoint as an onlooker knows it. */
export interface SeenEndpoint {
  readonly request: CreateEndpointRequest;
  /** What the engine gave or the driver supplied; '' for none. */
  readonly has: Required<EndpointInterface>;
  /** True when the address came from the driver. */
  readonly isSupplied: boolean;
  readonly isJoined: boolean;
  readonly joins: number;
  readonly leaves: number;
  /** What the last Join named. */
  readonly link: string;
  readonly programs: number;
  readonly infos: number;
}

/** What a driver did, by what it answered. */
export interface SeenEndpoints {
  readonly networks: ReadonlyMap<string, CreateNetworkRequest>;
  readonly live: (ids: Ids) => SeenEndpoint | undefined;
  readonly gone: (ids: Ids) => SeenEndpoint | undefined;
  readonly allLive: () => readonly SeenEndpoint[];
  readonly allGone: () => readonly SeenEndpoint[];
}

/** Notes the successful calls of a network driver. */
export interface Book {
  readonly seen: SeenEndpoints;
  /** `method` as in the path: `CreateNetwork`. */
  readonly note: (method: string, request: unknown, answer: unknown) => void;
}

/** An empty book. */
export function endpointBook(): Book {
  const networks = new Map<string, CreateNetworkRequest>();
  const live = new Map<string, SeenEndpoint>();
  const gone = new Map<string, SeenEndpoint>();
  const change = (ids: Ids, edit: (endpoint: SeenEndpoint) => Partial<SeenEndpoint>) => {
    const endpoint = live.get(keyOf(ids));
    if (endpoint) live.set(keyOf(ids), { ...endpoint, ...edit(endpoint) });
  };
  const notes: Readonly<Record<string, (request: never, answer: never) => void>> = {
    CreateNetwork: (request: CreateNetworkRequest) => networks.set(request.NetworkID, request),
    DeleteNetwork: ({ NetworkID }: CreateNetworkRequest) => networks.delete(NetworkID),
    CreateEndpoint: (request: CreateEndpointRequest, answer: { readonly Interface?: EndpointInterface | null }) =>
      live.set(keyOf(request), created(request, answer.Interface ?? {})),
    DeleteEndpoint: (ids: Ids) => {
      const endpoint = live.get(keyOf(ids));
      if (endpoint) gone.set(keyOf(ids), endpoint);
      live.delete(keyOf(ids));
    },
    Join: (ids: Ids, { InterfaceName }: JoinResponse) =>
      change(ids, ({ joins }) => ({ isJoined: true, joins: joins + 1, link: InterfaceName?.SrcName ?? '' })),
    Leave: (ids: Ids) => change(ids, ({ leaves }) => ({ isJoined: false, leaves: leaves + 1 })),
    ProgramExternalConnectivity: (ids: Ids) => change(ids, ({ programs }) => ({ programs: programs + 1 })),
    EndpointOperInfo: (ids: Ids) => change(ids, ({ infos }) => ({ infos: infos + 1 })),
  };
  return {
    note: (method, request, answer) => notes[method]?.(request as never, (answer ?? {}) as never),
    seen: {
      networks,
      live: (ids) => live.get(keyOf(ids)),
      gone: (ids) => gone.get(keyOf(ids)),
      allLive: () => [...live.values()],
      allGone: () => [...gone.values()],
    },
  };
}

function created(request: CreateEndpointRequest, supplied: EndpointInterface): SeenEndpoint {
  const { Interface: given } = request;
  return {
    request,
    has: {
      Address: given?.Address || (supplied.Address ?? ''),
      AddressIPv6: given?.AddressIPv6 || (supplied.AddressIPv6 ?? ''),
      MacAddress: given?.MacAddress || (supplied.MacAddress ?? ''),
    },
    isSupplied: (supplied.Address ?? '') !== '',
    isJoined: false,
    joins: 0,
    leaves: 0,
    link: '',
    programs: 0,
    infos: 0,
  };
}

function keyOf({ NetworkID, EndpointID }: Ids): string {
  return `${NetworkID} ${EndpointID}`;
}

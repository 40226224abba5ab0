import type { CreateEndpointRequest } from '@opencnm/spec';
import type { Subnet } from '../draw.js';
import type { NetworkMade, NetworkWish } from '../fixtures/a-network.js';

/** A place for an endpoint on a network. */
export interface Place {
  /** Which of the places of its network. */
  readonly nth: number;
  /** The EndpointID of its next endpoint, or of the one that is there. */
  readonly id: string;
  /** The sandbox that it joins: that of a container with an endpoint on each network. */
  readonly sandbox: string;
  /** How that one is made; undefined before its first addresses. */
  readonly request?: CreateEndpointRequest;
  readonly isMade: boolean;
  /** Whether a driver has to make it: some refuse a MAC address of the user's choice, or IPv6. */
  readonly isOwed: boolean;
  /** The link that Join named, '' where it named none; undefined when it did not join. */
  readonly link?: string;
  /** How it left, which may be the end of it: after a Join, or without one. */
  readonly left?: 'joined' | 'unjoined';
}

/** A place for a network. */
export interface Network {
  /** Which of the networks. */
  readonly nth: number;
  readonly id: string;
  readonly wish: NetworkWish;
  /** The subnets that it asks for in each of its lives. */
  readonly subnet: Subnet;
  readonly subnet6: Subnet;
  /** Its pools and how it is made; undefined while it has none. */
  readonly made?: NetworkMade;
  readonly isMade: boolean;
  /** How many networks there were when this one was made last; undefined when it never was. */
  readonly wasMadeBeside?: number;
  /** Whether Join named its gateway, the last time that it named that of CreateNetwork or none. */
  readonly namesGateway?: boolean;
  readonly places: readonly Place[];
}

/** What is certain of a network driver. */
export interface NetworkState {
  /** Those that commands are about. */
  readonly networks: readonly Network[];
  /** How many there could be, and how many places on each. */
  readonly atMost: { readonly networks: number; readonly places: number };
  /** How many endpoints there were at once: a driver of devices may have no more. */
  readonly most: number;
  /** How those endpoints had left that joined again. */
  readonly rejoins: readonly NonNullable<Place['left']>[];
}

/** The state with a network as it is now, or without it. */
export function withNetwork(state: NetworkState, old: Network, now: Network | undefined): NetworkState {
  return { ...state, networks: state.networks.flatMap((each) => (each === old ? (now ?? []) : each)) };
}

/** The network with a place as it is now, or without it. */
export function withPlace(network: Network, old: Place, now: Place | undefined): Network {
  return { ...network, places: network.places.flatMap((each) => (each === old ? (now ?? []) : each)) };
}

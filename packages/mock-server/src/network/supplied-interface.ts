import type { EndpointInterface } from '@opencnm/spec';
import type { Seeded } from '../seed.js';
import type { NetworkState } from './network-state.js';
import { freeAddress } from './subnets.js';

/** What the driver adds to an endpoint: a MAC when none was asked for, and addresses when the engine gave none at all. */
export function suppliedInterface(
  given: Required<EndpointInterface>,
  network: NetworkState,
  random: Seeded,
): EndpointInterface {
  const hasNone = given.Address === '' && given.AddressIPv6 === '';
  return {
    ...(hasNone ? suppliedAddresses(network) : {}),
    ...(given.MacAddress === '' ? { MacAddress: random.mac() } : {}),
  };
}

function suppliedAddresses({ subnets, subnets6, endpoints }: NetworkState): EndpointInterface {
  const live = [...endpoints.values()];
  const Address = freeAddress(
    subnets,
    live.map(({ address }) => address),
  );
  const AddressIPv6 = freeAddress(
    subnets6,
    live.map(({ address6 }) => address6),
  );
  return { ...(Address ? { Address } : {}), ...(AddressIPv6 ? { AddressIPv6 } : {}) };
}

import type { Fault } from '../fault.js';
import { beside, plain } from './beside.js';
import { editCreated, refusing } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';

/** Faults of what CreateEndpoint answers. */
export const createEndpointAnswerFaults = {
  'network-driver.create-endpoint.echoes-nothing#echoes-mac': editCreated(({ given, supplied }) =>
    given.MacAddress ? { ...supplied, MacAddress: given.MacAddress } : undefined,
  ),
  'network-driver.create-endpoint.echoes-nothing#changes-mac': editCreated(({ given, supplied }) =>
    given.MacAddress ? { ...supplied, MacAddress: `06${given.MacAddress.slice(2)}` } : undefined,
  ),
  'network-driver.create-endpoint.echoes-nothing#echoes-address': editCreated(({ given, supplied }) =>
    given.Address ? { ...supplied, Address: given.Address } : undefined,
  ),
  'network-driver.create-endpoint.echoes-nothing#echoes-address6': editCreated(({ given, supplied }) =>
    given.AddressIPv6 ? { ...supplied, AddressIPv6: given.AddressIPv6 } : undefined,
  ),
  'network-driver.create-endpoint.echoes-nothing#echoes-second': editCreated(({ request, given, supplied, seen }) =>
    given.Address && seen.allLive().some((other) => other.request.NetworkID === request.NetworkID)
      ? { ...supplied, Address: given.Address }
      : undefined,
  ),
  'network-driver.create-endpoint.echoes-nothing#echoes-address6-alone': editCreated(({ given, supplied }) =>
    given.AddressIPv6 && !given.Address ? { ...supplied, AddressIPv6: given.AddressIPv6 } : undefined,
  ),
  'network-driver.create-endpoint.echoes-nothing#echoes-mac-beside': editCreated(({ given, supplied, seen }) =>
    given.MacAddress && seen.networks.size > 1 ? { ...supplied, MacAddress: given.MacAddress } : undefined,
  ),
  'network-driver.create-endpoint.address-unique#same': supplyingAgain('Address'),
  'network-driver.create-endpoint.address-unique#same6': supplyingAgain('AddressIPv6'),
  'network-driver.create-endpoint.address-unique#after-delete': editCreated(({ request, supplied, seen }) => {
    const live = seen.allLive().find((other) => other.request.NetworkID === request.NetworkID);
    const isLess = seen.allGone().some((other) => other.request.NetworkID === request.NetworkID);
    return supplied.Address && live && isLess ? { ...supplied, Address: live.has.Address } : undefined;
  }),
  'network-driver.create-endpoint.address-unique#gateway': editCreated(({ request, supplied, seen }) => {
    const [{ Gateway = '' } = {}] = seen.networks.get(request.NetworkID)?.IPv4Data ?? [];
    return supplied.Address && Gateway ? { ...supplied, Address: Gateway } : undefined;
  }),
  'network-driver.create-endpoint.address-unique#gateway-first': editCreated(({ request, supplied, seen }) => {
    const [{ Gateway = '' } = {}] = seen.networks.get(request.NetworkID)?.IPv4Data ?? [];
    const isFirst = !seen.allLive().some((other) => other.request.NetworkID === request.NetworkID);
    return isFirst && supplied.Address && Gateway ? { ...supplied, Address: Gateway } : undefined;
  }),
  'network-driver.create-endpoint.address-cidr#plain-address': editCreated(({ supplied }) =>
    supplied.Address ? { ...supplied, Address: plain(supplied.Address) } : undefined,
  ),
  'network-driver.create-endpoint.address-cidr#wrong-family': editCreated(
    ({ supplied: { Address = '', MacAddress = '' } }) => (Address ? { MacAddress, AddressIPv6: Address } : undefined),
  ),
  'network-driver.create-endpoint.address-cidr#plain-address6': editCreated(({ supplied }) =>
    supplied.AddressIPv6 ? { ...supplied, AddressIPv6: plain(supplied.AddressIPv6) } : undefined,
  ),
  'network-driver.create-endpoint.address-in-pool#next-subnet': editCreated(({ supplied }) =>
    supplied.Address ? { ...supplied, Address: beside(supplied.Address) } : undefined,
  ),
  'network-driver.create-endpoint.address-in-pool#next-subnet6': editCreated(({ supplied }) =>
    supplied.AddressIPv6 ? { ...supplied, AddressIPv6: beside(supplied.AddressIPv6) } : undefined,
  ),
  'network-driver.create-endpoint.mac-valid#eight-bytes': editCreated(({ supplied }) =>
    supplied.MacAddress ? { ...supplied, MacAddress: `${supplied.MacAddress}:00:01` } : undefined,
  ),
  'network-driver.create-endpoint.mac-valid#no-separators': editCreated(({ supplied }) =>
    supplied.MacAddress ? { ...supplied, MacAddress: supplied.MacAddress.replaceAll(':', '') } : undefined,
  ),
  'network-driver.create-endpoint.mac-unicast#group': editCreated(({ supplied }) =>
    supplied.MacAddress ? { ...supplied, MacAddress: `03${supplied.MacAddress.slice(2)}` } : undefined,
  ),
  'network-driver.create-endpoint.mac-unicast#zero': editCreated(({ supplied }) =>
    supplied.MacAddress ? { ...supplied, MacAddress: '00:00:00:00:00:00' } : undefined,
  ),
  'network-driver.create-endpoint.mac-unique#constant': editCreated(({ supplied }) =>
    supplied.MacAddress ? { ...supplied, MacAddress: '02:42:00:00:00:01' } : undefined,
  ),
  'network-driver.create-endpoint.mac-unique#after-delete': editCreated(({ supplied, seen }) => {
    const [live] = seen.allLive();
    return supplied.MacAddress && live && seen.allGone().length > 0
      ? { ...supplied, MacAddress: live.has.MacAddress }
      : undefined;
  }),
  'network-driver.create-endpoint.supplies-interface#silent': editCreated(({ given }) =>
    given.Address || given.AddressIPv6 || given.MacAddress ? undefined : {},
  ),
  'network-driver.create-endpoint.supplies-interface#mac-only': editCreated(
    ({ given, supplied: { MacAddress = '' } }) =>
      given.Address || given.AddressIPv6 || given.MacAddress ? undefined : { MacAddress },
  ),
  'network-driver.create-endpoint.honours-mac#refuses-mac': refusing(
    'createEndpoint',
    ({ Interface }) => (Interface?.MacAddress ?? '') !== '',
    'MAC addresses cannot be chosen',
  ),
  'network-driver.create-endpoint.honours-mac#own-prefix-only': refusing(
    'createEndpoint',
    ({ Interface }) => !/^(02:42:.*)?$/.test(Interface?.MacAddress ?? ''),
    'the MAC address is not of this driver',
  ),
} satisfies EndpointFaults;

/** Supplies what the oldest live endpoint of the network was supplied with. */
function supplyingAgain(member: 'Address' | 'AddressIPv6'): Fault {
  return editCreated(({ request, supplied, seen }) => {
    const first = seen.allLive().find((other) => other.request.NetworkID === request.NetworkID && other.isSupplied);
    return supplied[member] && first ? { ...supplied, [member]: first.has[member] } : undefined;
  });
}

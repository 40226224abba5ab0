import type { CreateEndpointRequest, EndpointInterface, NetworkDriver } from '@opencnm/spec';
import { reshaping } from './edits.js';
import { refuse } from './refuse.js';
import type { Variant } from './variant.js';

const operInfo = '/NetworkDriver.EndpointOperInfo';

/** What drivers answer to CreateEndpoint, and which endpoints they take. */
export const endpointVariants = {
  'create-endpoint-empty': {
    text: 'Answers {} to CreateEndpoint and supplies nothing.',
    ...supplying(() => undefined),
  },
  'create-endpoint-null': {
    text: 'Answers null for Interface and leaves addresses to DHCP.',
    ...supplying(() => null),
  },
  'create-endpoint-empty-object': {
    text: 'Answers an empty Interface and supplies nothing.',
    ...supplying(() => ({})),
  },
  'create-endpoint-empty-strings': {
    text: 'Answers three empty strings where it changes nothing.',
    ...supplying((supplied) => ({ Address: '', AddressIPv6: '', MacAddress: '', ...supplied })),
  },
  'supplies-no-mac': {
    text: 'Leaves the MAC address to the kernel.',
    ...supplying(({ MacAddress: _, ...supplied } = {}) => supplied),
  },
  'supplies-mac-alone': {
    text: 'Supplies MAC addresses and never an address.',
    ...supplying(({ MacAddress = '' } = {}) => (MacAddress ? { MacAddress } : {})),
  },
  'mac-upper-case': {
    text: 'Writes MAC addresses in upper case.',
    ...writingMac((mac) => mac.toUpperCase()),
  },
  'mac-dashes': {
    text: 'Writes MAC addresses with dashes, which engines read.',
    ...writingMac((mac) => mac.replaceAll(':', '-')),
  },
  'mac-dots': {
    text: 'Writes MAC addresses as three groups with dots, which engines read.',
    ...writingMac((mac) => mac.replace(/(..):(..):?/g, '$1$2.').replace(/\.$/, '')),
  },
  'no-ipv6-endpoints': {
    text: 'Refuses endpoints with IPv6.',
    ...accepting('IPv6 is not supported', ({ Interface }) => !Interface?.AddressIPv6),
  },
  'no-chosen-macs': {
    text: 'Chooses MAC addresses itself and refuses those of users.',
    ...accepting('MAC addresses cannot be chosen', ({ Interface }) => !Interface?.MacAddress),
    groups: ['ipam-capabilities'],
  },
  'needs-address': {
    text: 'Wants an IPv4 address for each endpoint.',
    groups: ['settings'],
    ...accepting('an address is needed', ({ Interface }) => Boolean(Interface?.Address)),
  },
  'refuses-endpoint-options': {
    text: 'Refuses options of endpoints that it does not know, by their names.',
    networkDriver: (inner) => ({
      ...inner,
      createEndpoint: async (request) => {
        const odd = Object.keys(request.Options ?? {}).find((key) => /sysctls|^opencnm/.test(key));
        return odd ? refuse(`the option ${odd} is unknown`) : inner.createEndpoint(request);
      },
    }),
  },
  'oper-info-empty': {
    text: 'Answers {} to EndpointOperInfo, as opencontrail.',
    groups: ['oper-info'],
    ...reshaping(operInfo, () => ({})),
  },
  'oper-info-null': {
    text: 'Answers null for Value of EndpointOperInfo.',
    groups: ['oper-info'],
    ...reshaping(operInfo, () => ({ Value: null })),
  },
  'oper-info-rich': {
    text: 'Tells many facts of many types in EndpointOperInfo.',
    groups: ['oper-info'],
    ...reshaping(operInfo, () => ({ Value: { id: 1, srcName: 'veth0', up: true, ports: [80], of: { a: null } } })),
  },
  'oper-info-of-id': {
    text: 'Names a link after the id of any endpoint in EndpointOperInfo, also of one that it does not know, as ovn.',
    groups: ['oper-info'],
    networkDriver: (inner) => ({
      ...inner,
      endpointOperInfo: async ({ EndpointID }) => ({
        Value: { ip_address: null, mac_address: null, veth_outside: EndpointID.slice(0, 15) },
      }),
    }),
  },
} as const satisfies Readonly<Record<string, Variant>>;

/** A driver that supplies another Interface than the mock; undefined leaves the member out. */
function supplying(edit: (supplied?: EndpointInterface) => EndpointInterface | null | undefined) {
  return {
    groups: ['create-endpoint'] as const,
    networkDriver: (inner: NetworkDriver): NetworkDriver => ({
      ...inner,
      async createEndpoint(request) {
        const Interface = edit((await inner.createEndpoint(request)).Interface ?? undefined);
        return Interface === undefined ? {} : { Interface };
      },
    }),
  };
}

function writingMac(write: (mac: string) => string) {
  return {
    groups: ['mac-text'] as const,
    networkDriver: (inner: NetworkDriver): NetworkDriver => ({
      ...inner,
      async createEndpoint(request) {
        const answer = await inner.createEndpoint(request);
        const { MacAddress } = answer.Interface ?? {};
        return MacAddress ? { Interface: { ...answer.Interface, MacAddress: write(MacAddress) } } : answer;
      },
    }),
  };
}

/** A driver that makes some endpoints only. */
function accepting(otherwise: string, accepts: (request: CreateEndpointRequest) => boolean) {
  return {
    networkDriver: (inner: NetworkDriver): NetworkDriver => ({
      ...inner,
      createEndpoint: async (request) => (accepts(request) ? inner.createEndpoint(request) : refuse(otherwise)),
    }),
  };
}

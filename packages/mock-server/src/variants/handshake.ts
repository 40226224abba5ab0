import { answering, insteadOf, reshaping } from './edits.js';
import type { Variant } from './variant.js';

const activate = '/Plugin.Activate';
const capabilities = '/NetworkDriver.GetCapabilities';

/** What drivers say of themselves. */
export const handshakeVariants = {
  'no-handshake': {
    text: 'Has no Plugin.Activate: the interfaces are declared elsewhere, as in the managed plugin net-dhcp.',
    groups: ['handshake'],
    settings: { handshake: false },
    ...insteadOf([activate], { status: 404, headers: { 'Content-Type': 'text/plain' }, body: '404 page not found\n' }),
  },
  'implements-reversed': {
    text: 'Names its interfaces in the other order, as kuryr.',
    groups: ['handshake'],
    ...reshaping(activate, ({ Implements, ...body }) => ({ ...body, Implements: [Implements].flat().reverse() })),
  },
  'implements-constant': {
    text: 'Answers the handshake with a constant that was written by hand, as evsinev and opencontrail.',
    groups: ['handshake'],
    ...answering((answer, { path }) =>
      path === activate
        ? { ...answer, body: '\n  { "Implements" : [ "NetworkDriver","IpamDriver" ] }\r\n\r\n' }
        : answer,
    ),
  },
  'connectivity-scope-absent': {
    text: 'Does not say how far its connectivity goes, as all drivers from before Docker 17.06.',
    groups: ['connectivity-scope'],
    ...reshaping(capabilities, ({ ConnectivityScope: _, ...body }) => body),
  },
  'connectivity-scope-empty': {
    text: 'Leaves ConnectivityScope empty, as drivers of the Go helpers.',
    groups: ['connectivity-scope'],
    ...reshaping(capabilities, (body) => ({ ...body, ConnectivityScope: '' })),
  },
  'connectivity-scope-wider': {
    text: 'Has networks of one host whose connectivity is global, as macvlan and DHCP drivers may.',
    groups: ['connectivity-scope'],
    ...reshaping(capabilities, (body) => ({ ...body, ConnectivityScope: 'global' })),
  },
  'scope-global': {
    text: 'Makes networks of a cluster, as weave and kuryr.',
    groups: ['connectivity-scope', 'optional-calls'],
    ...reshaping(capabilities, (body) => ({ ...body, Scope: 'global', ConnectivityScope: 'global' })),
  },
  'skips-gateways': {
    text: 'Wants no gateway for its networks: GwAllocCheck answers true for both families.',
    groups: ['optional-calls'],
    ...reshaping('/NetworkDriver.GwAllocCheck', () => ({ SkipIPv4: true, SkipIPv6: true })),
  },
} as const satisfies Readonly<Record<string, Variant>>;

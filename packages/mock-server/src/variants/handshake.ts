import type { Handler } from '@opencnm/sdk/driver-kit';
import { json } from '../faults/wire-faults.js';
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
  'network-driver-alone': {
    text: 'Implements NetworkDriver alone, as many network drivers.',
    settings: { profiles: ['network-driver'] },
    ...alone('NetworkDriver'),
  },
  'ipam-driver-alone': {
    text: 'Implements IpamDriver alone.',
    settings: { profiles: ['ipam-driver'] },
    ...alone('IpamDriver'),
  },
  'implements-reversed': {
    text: 'Names its interfaces in the other order.',
    groups: ['handshake'],
    ...reshaping(activate, ({ Implements, ...body }) => ({ ...body, Implements: [Implements].flat().reverse() })),
  },
  'implements-constant': {
    text: 'Answers the handshake with a constant that was written by hand, with spaces in odd places.',
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
    text: 'Leaves ConnectivityScope empty.',
    groups: ['connectivity-scope'],
    ...reshaping(capabilities, (body) => ({ ...body, ConnectivityScope: '' })),
  },
  'connectivity-scope-wider': {
    text: 'Has networks of one host whose connectivity is global.',
    groups: ['connectivity-scope'],
    ...reshaping(capabilities, (body) => ({ ...body, ConnectivityScope: 'global' })),
  },
  'scope-global': {
    text: 'Makes networks of a cluster.',
    groups: ['connectivity-scope', 'optional-calls'],
    ...reshaping(capabilities, (body) => ({ ...body, Scope: 'global', ConnectivityScope: 'global' })),
  },
  'skips-gateways': {
    text: 'Wants no gateway for its networks: GwAllocCheck answers true for both families.',
    groups: ['optional-calls'],
    ...reshaping('/NetworkDriver.GwAllocCheck', () => ({ SkipIPv4: true, SkipIPv6: true })),
  },
} as const satisfies Readonly<Record<string, Variant>>;

/** A plugin of one interface; the calls of the other one have no route. */
function alone(name: 'NetworkDriver' | 'IpamDriver') {
  const transport = (inner: Handler): Handler => {
    return async (request) => {
      if (request.path === activate) return json(200, { Implements: [name] });
      return request.path.startsWith(`/${name}.`) ? inner(request) : json(404, { Err: 'not implemented' });
    };
  };
  return { groups: ['handshake', 'settings'] as const, transport };
}

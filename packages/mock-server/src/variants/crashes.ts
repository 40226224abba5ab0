import { knownIds } from '../faults/known-ids.js';
import { jsonOf } from '../faults/wire-faults.js';
import type { Variant } from './variant.js';

/** Where drivers fall over what no engine sends. */
export const crashVariants = {
  'crashes-on-unknown-ids': {
    text: 'Closes the connection upon networks, endpoints and pools that it does not know, as contiv and infoblox, whose handlers panic.',
    groups: ['endpoint-life', 'network-life', 'pool-id', 'settings'],
    transport: (inner) => {
      const { asksForNothing, note } = knownIds();
      return async (request) => {
        if (asksForNothing(request)) return 'close';
        const answer = await inner(request);
        note(request, answer);
        return answer;
      };
    },
  },
  'crashes-without-ipv4': {
    text: 'Closes the connection upon networks without an IPv4 gateway, and upon endpoints without an IPv4 address, as azure and plumgrid.',
    groups: ['create-endpoint', 'settings'],
    transport: (inner) => async (request) => {
      const { IPv4Data, Interface } = jsonOf(request) ?? {};
      const subnets = IPv4Data as readonly { readonly Gateway?: string }[] | null | undefined;
      const lacks =
        (request.path === '/NetworkDriver.CreateNetwork' && !subnets?.[0]?.Gateway) ||
        (request.path === '/NetworkDriver.CreateEndpoint' && !(Interface as { Address?: string } | null)?.Address);
      return lacks ? 'close' : inner(request);
    },
  },
} as const satisfies Readonly<Record<string, Variant>>;

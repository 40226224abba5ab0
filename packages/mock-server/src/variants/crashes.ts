import { knownIds } from '../faults/known-ids.js';
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
} as const satisfies Readonly<Record<string, Variant>>;

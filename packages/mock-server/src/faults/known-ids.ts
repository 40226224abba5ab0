import type { HttpRequest, HttpResponse } from '@opencnm/sdk/driver-kit';
import { bodyOf, jsonOf } from './wire-faults.js';

/** What there is of networks, endpoints and pools, by what a driver answered. */
export interface KnownIds {
  /** Whether a request is about something that is not there. */
  readonly asksForNothing: (request: HttpRequest) => boolean;
  readonly note: (request: HttpRequest, answer: HttpResponse | 'close') => void;
}

/** The member of a request that names what it makes, which is not there before. */
const makes: Readonly<Record<string, 'NetworkID' | 'EndpointID'>> = {
  '/NetworkDriver.CreateNetwork': 'NetworkID',
  '/NetworkDriver.AllocateNetwork': 'NetworkID',
  '/NetworkDriver.CreateEndpoint': 'EndpointID',
};

const ends: typeof makes = {
  '/NetworkDriver.DeleteNetwork': 'NetworkID',
  '/NetworkDriver.FreeNetwork': 'NetworkID',
  '/NetworkDriver.DeleteEndpoint': 'EndpointID',
};

/** Knows nothing yet; a pool that was granted stays known, since it may be held twice. */
export function knownIds(): KnownIds {
  const known = new Set<unknown>();
  return {
    asksForNothing(request) {
      const members = jsonOf(request) ?? {};
      return ['NetworkID', 'EndpointID', 'PoolID'].some(
        (name) =>
          name !== makes[request.path] &&
          typeof members[name] === 'string' &&
          members[name] !== '' &&
          !known.has(members[name]),
      );
    },
    note(request, answer) {
      if (answer === 'close' || answer.status !== 200) return;
      const members = jsonOf(request) ?? {};
      const [made, ended] = [makes[request.path], ends[request.path]];
      if (made) known.add(members[made]);
      if (ended) known.delete(members[ended]);
      if (request.path === '/IpamDriver.RequestPool')
        known.add((JSON.parse(bodyOf(answer) || '{}') as { readonly PoolID?: string } | null)?.PoolID);
    },
  };
}

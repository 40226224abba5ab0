import type { HttpRequest, HttpResponse } from '@opencnm/sdk/driver-kit';
import type { FaultId } from '@opencnm/spec';
import { endpointBook } from './endpoints/seen-endpoints.js';
import type { Fault } from './fault.js';
import { knownIds } from './known-ids.js';
import { bodyOf, instead, isBroken, json, jsonOf, textOf, untilGone } from './wire-faults.js';

type NonsenseFaultId = Extract<FaultId, `${string}.${'nonsense' | 'lost-answer'}.${string}`>;
type Json = Readonly<Record<string, unknown>>;

/** A call of the fault's own. */
interface Call {
  readonly path: string;
  readonly input: unknown;
}

const huge = 128 * 1024;

/** Faults in what becomes of requests that their schema does not allow. */
export const nonsenseFaults = {
  'plugin.nonsense.answered#closes-on-null': closing(
    (_, { NetworkID, PoolID }) => NetworkID === null || PoolID === null,
  ),
  'plugin.nonsense.answered#closes-on-type': closing((_, { Address }) => typeof Address === 'number'),
  'plugin.nonsense.answered#closes-when-deep': closing(({ body }) => isDeep(body)),
  'plugin.nonsense.answered#closes-when-huge': closing(({ body }) => body.length > huge),
  'plugin.nonsense.answered#closes-on-proto': closing((request) => textOf(request).includes('"__proto__"')),
  'plugin.nonsense.answered#closes-on-unknown-network': upon(atNetworks, 'once'),
  'plugin.nonsense.answered#closes-on-unknown-pool': upon(atPools, 'once'),
  'plugin.nonsense.answered#closes-on-bad-json': instead(isBroken, 'close'),
  'plugin.nonsense.answered#hangs-on-bad-json': instead(isBroken, 'hang'),
  'plugin.nonsense.answered#hangs-on-bytes': instead(({ body }) => body.includes(0xff), 'hang'),
  'plugin.nonsense.survives#stops-after-deep': { transport: stopping },
  'plugin.nonsense.survives#stops-after-unknown-network': upon(atNetworks, 'for ever'),
  'plugin.nonsense.survives#stops-after-unknown-pool': upon(atPools, 'for ever'),
  'plugin.nonsense.survives#missing-network-deletes-all': endingAll(
    'DeleteNetwork',
    (_, json) => json['NetworkID'] === undefined,
  ),
  'plugin.nonsense.survives#null-endpoint-deletes-all': endingAll(
    'DeleteEndpoint',
    (_, json) => json['EndpointID'] === null,
  ),
  'plugin.nonsense.survives#huge-network-forgets': endingAll('CreateNetwork', ({ body }) => body.length > huge),
  'plugin.nonsense.survives#wrong-interface-forgets': endingAll('CreateEndpoint', (_, json) =>
    Array.isArray(json['Interface']),
  ),
  'plugin.nonsense.survives#wrong-options-forget': endingAll('Join', (_, json) => Array.isArray(json['Options'])),
  'plugin.nonsense.survives#missing-pool-releases-all': freeingAll(
    'ReleasePool',
    (json) => json['PoolID'] === undefined,
  ),
  'plugin.nonsense.survives#null-address-releases-all': freeingAll(
    'ReleaseAddress',
    (json) => json['Address'] === null,
  ),
  'plugin.nonsense.survives#wrong-pool-forgets': freeingAll('RequestPool', (json) => typeof json['Pool'] === 'number'),
  'plugin.nonsense.survives#wrong-address-forgets': freeingAll(
    'RequestAddress',
    (json) => typeof json['Address'] === 'number',
  ),
  'plugin.lost-answer.harmless#empty-create-ends-all': endingAll('CreateEndpoint', isEmpty),
  'plugin.lost-answer.harmless#empty-delete-ends-all': endingAll('DeleteEndpoint', isEmpty),
  'plugin.lost-answer.harmless#empty-network-delete-ends-all': endingAll('DeleteNetwork', isEmpty),
  'plugin.lost-answer.harmless#empty-request-frees-all': freeingAll('RequestAddress', (_, request) => isEmpty(request)),
  'plugin.lost-answer.harmless#empty-join-ends-all': endingAll('Join', isEmpty),
  'plugin.lost-answer.harmless#empty-leave-ends-all': endingAll('Leave', isEmpty),
  'plugin.lost-answer.harmless#empty-release-frees-all': freeingAll('ReleaseAddress', (_, request) => isEmpty(request)),
  'plugin.lost-answer.harmless#empty-pool-frees-all': freeingAll('ReleasePool', (_, request) => isEmpty(request)),
  'plugin.lost-answer.harmless#empty-pool-request-frees-all': freeingAll('RequestPool', (_, request) =>
    isEmpty(request),
  ),
  'plugin.lost-answer.harmless#empty-request-counts': {
    transport: (inner) => {
      let newest: string | undefined;
      const heldTwice = new Set<string>();
      return async (request) => {
        if (request.path === '/IpamDriver.RequestAddress' && isEmpty(request) && newest) heldTwice.add(newest);
        if (request.path === '/IpamDriver.ReleaseAddress' && heldTwice.delete(String(jsonOf(request)?.['Address'])))
          return json(200, {});
        const answer = await inner(request);
        newest = grantedIn(answer) ?? newest;
        return answer;
      };
    },
  },
  'plugin.lost-answer.harmless#empty-network-blocks': {
    transport: (inner) => {
      let isBlocked = false;
      return async (request) => {
        isBlocked ||= request.path === '/NetworkDriver.CreateNetwork' && isEmpty(request);
        if (!isBlocked || request.path !== '/NetworkDriver.DeleteNetwork') return inner(request);
        isBlocked = false;
        return json(500, { Err: 'the network is busy' });
      };
    },
  },
  'engine.nonsense.answered#closes-on-type': {
    engineTransport: closing((_, json) => typeof json['Labels'] === 'number').transport,
  },
  'engine.nonsense.answered#closes-on-container': {
    engineTransport: closing((_, { Container }) => typeof Container === 'number').transport,
  },
  'engine.nonsense.answered#closes-when-deep': { engineTransport: closing(({ body }) => isDeep(body)).transport },
  'engine.nonsense.survives#stops-after-deep': { engineTransport: stopping },
  'engine.nonsense.survives#wrong-name-deletes-newest': {
    engineTransport: (inner) => {
      let newest: string | undefined;
      return async (request) => {
        if (typeof jsonOf(request)?.['Name'] === 'number' && newest)
          await inner({ ...request, method: 'DELETE', path: `/networks/${newest}`, body: new Uint8Array() });
        const answer = await inner(request);
        if (request.path.endsWith('/networks/create')) newest = idIn(answer) ?? newest;
        return answer;
      };
    },
  },
} satisfies Readonly<Record<NonsenseFaultId, Fault>>;

function isEmpty({ body }: HttpRequest): boolean {
  return body.length === 0;
}

/** True for bodies that are more than 1 000 levels deep. */
function isDeep(body: Uint8Array): boolean {
  let depth = 0;
  for (const byte of body) {
    if (byte === 0x5b || byte === 0x7b) depth++;
    if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth > 1_000) return true;
  }
  return false;
}

/** Closes the connection of some requests. */
function closing(applies: (request: HttpRequest, json: Json) => boolean): Fault & Required<Pick<Fault, 'transport'>> {
  return {
    transport: (inner) => async (request) => (applies(request, jsonOf(request) ?? {}) ? 'close' : inner(request)),
  };
}

function atNetworks({ path }: HttpRequest): boolean {
  return path.startsWith('/NetworkDriver.');
}

function atPools({ path }: HttpRequest): boolean {
  return path.startsWith('/IpamDriver.');
}

/** Closes the connection of some requests about what is not there, or that of every request from then on. */
function upon(applies: (request: HttpRequest) => boolean, how: 'once' | 'for ever'): Fault {
  return {
    transport: (inner) => {
      const { asksForNothing, note } = knownIds();
      let isDead = false;
      return async (request) => {
        const isWrong = applies(request) && asksForNothing(request);
        isDead ||= isWrong && how === 'for ever';
        if (isWrong || isDead) return 'close';
        const answer = await inner(request);
        note(request, answer);
        return answer;
      };
    },
  };
}

/** Answers nothing any more after a request that is too deep. */
function stopping(inner: Parameters<NonNullable<Fault['transport']>>[0]): typeof inner {
  let hasStopped = false;
  return async (request) => {
    hasStopped ||= isDeep(request.body);
    return hasStopped ? untilGone(request) : inner(request);
  };
}

/** Ends all endpoints when a request of a method is nonsense. */
function endingAll(method: string, applies: (request: HttpRequest, json: Json) => boolean): Fault {
  return {
    transport: (inner) => {
      const { seen, note } = endpointBook();
      return async (request) => {
        const json = jsonOf(request);
        if (request.path === `/NetworkDriver.${method}` && applies(request, json ?? {}))
          for (const { request: ids } of seen.allLive())
            await inner(asking(request, { path: '/NetworkDriver.DeleteEndpoint', input: ids }));
        const answer = await inner(request);
        if (answer !== 'close' && answer.status === 200 && json)
          note(request.path.replace('/NetworkDriver.', ''), json, JSON.parse(bodyOf(answer) || '{}'));
        return answer;
      };
    },
  };
}

/** Lets all addresses go when a request of a method is nonsense. */
function freeingAll(method: string, applies: (json: Json, request: HttpRequest) => boolean): Fault {
  return {
    transport: (inner) => {
      const held: Call[] = [];
      return async (request) => {
        const json = jsonOf(request);
        if (request.path === `/IpamDriver.${method}` && applies(json ?? {}, request))
          for (const call of held.splice(0)) await inner(asking(request, call));
        const answer = await inner(request);
        const Address = grantedIn(answer);
        if (request.path === '/IpamDriver.RequestAddress' && Address)
          held.push({ path: '/IpamDriver.ReleaseAddress', input: { PoolID: json?.['PoolID'], Address } });
        return answer;
      };
    },
  };
}

function asking(request: HttpRequest, { path, input }: Call): HttpRequest {
  return { ...request, path, body: new TextEncoder().encode(JSON.stringify(input)) };
}

/** The address of an answer, alone. */
function grantedIn(answer: HttpResponse | 'close'): string | undefined {
  return answer === 'close' ? undefined : /"Address":"([^"/]+)/.exec(bodyOf(answer))?.[1];
}

function idIn(answer: HttpResponse | 'close'): string | undefined {
  return answer === 'close' ? undefined : /"Id":"([^"]+)"/.exec(bodyOf(answer))?.[1];
}

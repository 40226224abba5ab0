import { setTimeout as delay } from 'node:timers/promises';
import { CnmError } from '@opencnm/sdk';
import type { Handler } from '@opencnm/sdk/driver-kit';
import type { CreateEndpointRequest, EndpointInterface, JoinResponse, NetworkDriver } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { bodyOf, jsonOf, untilGone } from '../wire-faults.js';
import { endpointBook, type Ids, type SeenEndpoint, type SeenEndpoints } from './seen-endpoints.js';

/** The methods of a network driver that take a request. */
export type Method = Exclude<keyof NetworkDriver, 'getCapabilities'>;

/** The request of a method. */
export type RequestOf<M extends Method> = Parameters<NetworkDriver[M]>[0];

/** A fault of a network driver: the methods that it replaces, made from the driver and what it did so far. */
export function endpointFault(wrap: (inner: NetworkDriver, seen: SeenEndpoints) => Partial<NetworkDriver>): Fault {
  return {
    networkDriver: (inner) => {
      const { seen, note } = endpointBook();
      const looking = Object.fromEntries(
        Object.entries(inner).map(([method, call]: [string, (...input: readonly unknown[]) => Promise<unknown>]) => [
          method,
          async (...input: readonly unknown[]) => {
            const answer = await call(...input);
            note(`${method[0]?.toUpperCase()}${method.slice(1)}`, input[0], answer);
            return answer;
          },
        ]),
      ) as unknown as NetworkDriver;
      return { ...looking, ...wrap(looking, seen) };
    },
  };
}

/** Refuses some requests. */
export function refusing<M extends Method>(
  method: M,
  applies: (request: RequestOf<M>, seen: SeenEndpoints) => boolean,
  message = 'the driver does not like this',
): Fault {
  return endpointFault((inner, seen) => {
    const call = inner[method] as (...input: readonly unknown[]) => Promise<unknown>;
    const replaced = async (request: RequestOf<M>, ...rest: readonly unknown[]) =>
      applies(request, seen) ? refuse(message) : call(request, ...rest);
    return { [method]: replaced } as Partial<NetworkDriver>;
  });
}

/** Answers some requests that the driver refuses with an empty success. */
export function accepting<M extends Method>(
  method: M,
  applies: (request: RequestOf<M>, seen: SeenEndpoints) => boolean,
): Fault {
  return endpointFault((inner, seen) => {
    const call = inner[method] as (...input: readonly unknown[]) => Promise<unknown>;
    const replaced = async (request: RequestOf<M>, ...rest: readonly unknown[]) =>
      applies(request, seen) ? {} : call(request, ...rest);
    return { [method]: replaced } as Partial<NetworkDriver>;
  });
}

/** Closes the connection on some calls, before the driver sees them; `path` is the method as in the path. */
export function closing(path: string, applies: (request: never, seen: SeenEndpoints) => boolean): Fault {
  return ending(path, applies, async () => 'close');
}

/** Never answers the calls to which a condition applies. */
export function hanging(path: string, applies: (request: never, seen: SeenEndpoints) => boolean): Fault {
  return ending(path, applies, untilGone);
}

function ending(path: string, applies: (request: never, seen: SeenEndpoints) => boolean, end: Handler): Fault {
  return {
    transport: (inner) => {
      const { seen, note } = endpointBook();
      return async (request) => {
        const input = jsonOf(request);
        if (request.path === `/NetworkDriver.${path}` && input && applies(input as never, seen)) return end(request);
        const answer = await inner(request);
        if (answer !== 'close' && answer.status === 200)
          note(request.path.replace('/NetworkDriver.', ''), input, JSON.parse(bodyOf(answer) || '{}'));
        return answer;
      };
    },
  };
}

/** A CreateEndpoint with its answer and all that is known. */
export interface Created {
  readonly request: CreateEndpointRequest;
  readonly given: Required<EndpointInterface>;
  readonly supplied: EndpointInterface;
  readonly seen: SeenEndpoints;
}

/** Changes what CreateEndpoint answers; undefined leaves it as it is. */
export function editCreated(edit: (created: Created) => EndpointInterface | undefined): Fault {
  return endpointFault((inner, seen) => ({
    async createEndpoint(request, context) {
      const before = { allLive: seen.allLive(), allGone: seen.allGone() };
      const answer = await inner.createEndpoint(request, context);
      const { Address = '', AddressIPv6 = '', MacAddress = '' } = request.Interface ?? {};
      const asItWas = { ...seen, allLive: () => before.allLive, allGone: () => before.allGone };
      const supplied = answer.Interface ?? {};
      const edited = edit({ request, given: { Address, AddressIPv6, MacAddress }, supplied, seen: asItWas });
      return edited ? { ...answer, Interface: edited } : answer;
    },
  }));
}

/** A Join with its answer and all that is known; `endpoint` is as it was before. */
export interface Joined {
  readonly ids: Ids;
  readonly endpoint: SeenEndpoint;
  readonly answer: JoinResponse;
  readonly seen: SeenEndpoints;
}

/** Changes what Join answers; undefined leaves it as it is. */
export function editJoined(edit: (joined: Joined) => JoinResponse | undefined): Fault {
  return endpointFault((inner, seen) => ({
    async join(request, context) {
      const endpoint = seen.live(request);
      const answer = await inner.join(request, context);
      return (endpoint && edit({ ids: request, endpoint, answer, seen })) || answer;
    },
  }));
}

/** Refuses a call while another of its kind is under way; calls take 20 ms. */
export function oneAtATime(method: 'createEndpoint' | 'join' | 'leave' | 'deleteEndpoint'): Fault {
  return endpointFault((inner) => {
    let isBusy = false;
    const call = inner[method] as (...input: readonly unknown[]) => Promise<unknown>;
    const replaced = async (...input: readonly unknown[]) => {
      if (isBusy) refuse('the driver is busy');
      isBusy = true;
      try {
        await delay(20);
        return await call(...input);
      } finally {
        isBusy = false;
      }
    };
    return { [method]: replaced } as Partial<NetworkDriver>;
  });
}

/** True when an endpoint that fits has the same value in a member that the request fills. */
export function clashes(
  { Interface: given }: CreateEndpointRequest,
  member: keyof EndpointInterface,
  others: readonly SeenEndpoint[],
): boolean {
  const value = given?.[member] ?? '';
  return value !== '' && others.some(({ has }) => has[member] === value);
}

/** Refuses. */
export function refuse(message: string): never {
  throw new CnmError({ code: 'refused', status: 500, message });
}

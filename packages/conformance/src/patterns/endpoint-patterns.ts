import { type CreateEndpointRequest, type CreateEndpointResponse, type EndpointRequest, formats } from '@opencnm/spec';
import { absent, anything } from './matchers.js';
import { matching } from './matching.js';
import type { Matcher, Pattern } from './pattern.js';

/** An answer that has nothing of what the request gave. */
export function nothingOf({ Interface: given }: CreateEndpointRequest): Pattern<CreateEndpointResponse> {
  return {
    Interface: {
      Address: given?.Address ? absent : anything,
      AddressIPv6: given?.AddressIPv6 ? absent : anything,
      MacAddress: given?.MacAddress ? absent : anything,
    },
  };
}

/** A MAC address of six bytes. */
export const aMac: Matcher = matching('a MAC address of six bytes', (value) => fits('mac', value));

/** A MAC address that an interface can have: without the group bit, and not all zeros. */
export const aUnicastMac: Matcher = matching(
  'a unicast MAC address',
  (value) => typeof value === 'string' && (Number.parseInt(value.slice(0, 2), 16) & 1) === 0 && /[1-9a-f]/i.test(value),
);

/** No address, or one with prefix length that is neither of these. */
export function anAddressBut(...taken: readonly (string | null | undefined)[]): Matcher {
  const ips = taken.flatMap((address) => address?.split('/')[0] || []);
  return matching(`no address, or another one than ${ips.join(' and ') || 'any other'}`, (value) => {
    return typeof value !== 'string' || !ips.includes(value.split('/')[0] ?? '');
  });
}

/** No value, or another one; nothing else is the same as nothing. */
export function otherThan(value: string | undefined): Matcher {
  return matching(
    `nothing or another value than ${JSON.stringify(value ?? '')}`,
    (other) => !value || !other || other !== value,
  );
}

/** Facts in an object, or none. */
export const factsOrNone: Matcher = matching(
  'an object or nothing',
  (value) => value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value)),
);

/** No facts, or none but text that holds a part of an id, as the name of a link that is made from it. */
export function noFactsBut({ NetworkID, EndpointID }: EndpointRequest): Matcher {
  const parts = [NetworkID, EndpointID].map((id) => id.slice(0, 5));
  const isKnown = (fact: unknown): boolean => {
    if (typeof fact === 'string') return fact === '' || parts.some((part) => fact.includes(part));
    return fact === undefined || fact === null || (typeof fact === 'object' && Object.values(fact).every(isKnown));
  };
  return matching('no facts', isKnown);
}

function fits(format: string, value: unknown): boolean {
  const test = formats[format];
  return typeof value === 'string' && typeof test === 'function' && test(value);
}

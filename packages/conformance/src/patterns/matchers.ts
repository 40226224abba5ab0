import { isIP } from 'node:net';
import { containsCidr } from 'cidr-tools';
import { compare } from './compare.js';
import { matching } from './matching.js';
import { isMatcher, type Matcher } from './pattern.js';
import { printed } from './printed.js';

/** Any value at all, also none. */
export const anything: Matcher = matching('anything', () => true);

/** No value: absent, null or the empty string, which an engine cannot tell apart. */
export const absent: Matcher = matching('nothing', (value) => value === undefined || value === null || value === '');

/** Some value: not absent, null or empty. */
export const present: Matcher = matching('a value', (value) => value !== undefined && value !== null && value !== '');

/** Text with a part in it, whatever its case. */
export function containing(part: string): Matcher {
  return matching(
    `text with ${printed(part)}`,
    (value) => typeof value === 'string' && value.toLowerCase().includes(part.toLowerCase()),
  );
}

/** One of several values or patterns. */
export function oneOf(...patterns: readonly unknown[]): Matcher {
  const wanted = patterns.map((pattern) => (isMatcher(pattern) ? pattern.wanted : printed(pattern))).join(' or ');
  return matching(wanted, (value) => patterns.some((pattern) => compare(pattern, value).length === 0));
}

/** An array whose items all fit. */
export function each(pattern: unknown): Matcher {
  return matching(
    'items that all fit',
    (value) => Array.isArray(value) && value.every((item) => compare(pattern, item).length === 0),
  );
}

/** An array with an item that fits. */
export function including(pattern: unknown): Matcher {
  return matching(
    `an item like ${printed(pattern)}`,
    (value) => Array.isArray(value) && value.some((item) => compare(pattern, item).length === 0),
  );
}

/** An array without an item that fits; null and absent count as empty. */
export function without(pattern: unknown): Matcher {
  return matching(`no item like ${printed(pattern)}`, (value) =>
    ((value ?? []) as unknown[]).every((item) => compare(pattern, item).length > 0),
  );
}

/** A plain address in a subnet: `10.0.0.2` in `10.0.0.0/24`. */
export function inSubnet(cidr: string): Matcher {
  return matching(
    `an address in ${cidr}`,
    (value) => typeof value === 'string' && isIP(value) !== 0 && within(cidr, value),
  );
}

/** An address with prefix length whose address lies in a subnet: `10.0.0.2/24` in `10.0.0.0/24`. */
export function anAddressIn(cidr: string): Matcher {
  return matching(`an address with prefix length in ${cidr}`, (value) => {
    const [ip, prefix] = typeof value === 'string' ? value.split('/') : [];
    return ip !== undefined && prefix !== undefined && isIP(ip) !== 0 && within(cidr, ip);
  });
}

/** A plain IPv4 or IPv6 address. */
export function anIp(family: 4 | 6): Matcher {
  return matching(`an IPv${family} address`, (value) => typeof value === 'string' && isIP(value) === family);
}

/** Text of a form. */
export function like(form: RegExp, wanted: string): Matcher {
  return matching(wanted, (value) => typeof value === 'string' && form.test(value));
}

function within(cidr: string, ip: string): boolean {
  try {
    return containsCidr(cidr, ip);
  } catch {
    return false;
  }
}

/** A boolean as Go reads it: absent and null are false. */
export function equalOrAbsent(wanted: boolean): Matcher {
  return matching(String(wanted), (value) => (value ?? false) === wanted);
}

/** Some text, but not one. */
export function otherThan(unwanted: string): Matcher {
  return matching(
    `text other than ${printed(unwanted)}`,
    (value) => typeof value === 'string' && value !== '' && value !== unwanted,
  );
}

/** The status of a refusal. */
export const atLeast400: Matcher = matching(
  'a status of 400 or more',
  (status) => typeof status === 'number' && status >= 400,
);

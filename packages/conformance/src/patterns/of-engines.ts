import { isDeepStrictEqual } from 'node:util';
import { compare } from './compare.js';
import { matching } from './matching.js';
import { isMatcher, type Matcher } from './pattern.js';
import { printed } from './printed.js';

/** Null itself, not an absent member. */
export const aNull: Matcher = matching('null', (value) => value === null);

/** JSON text of an object with a message. */
export const aMessage: Matcher = matching('a JSON object with a message', (text) => {
  try {
    const { message } = JSON.parse(String(text)) as { readonly message?: unknown };
    return typeof message === 'string' && message !== '';
  } catch {
    return false;
  }
});

/** Networks by name, just these. */
export function onlyOn(...names: readonly string[]): Matcher {
  return matching(`networks ${names.join(' and ')} alone`, (value) => {
    const found = Object.keys((value ?? {}) as object);
    return found.length === names.length && names.every((name) => found.includes(name));
  });
}

/** An array with exactly one item that fits. */
export function oneItem(pattern: unknown): Matcher {
  return matching(
    `exactly one item like ${printed(pattern)}`,
    (value) => Array.isArray(value) && value.filter((item) => compare(pattern, item).length === 0).length === 1,
  );
}

/** An array with items that fit, in this order. */
export function inOrder(...patterns: readonly unknown[]): Matcher {
  return matching(`items like ${patterns.map(printed).join(', then ')}`, (value) => {
    const items = Array.isArray(value) ? value : [];
    const places = patterns.map((pattern) => items.findIndex((item) => compare(pattern, item).length === 0));
    return places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? -1)));
  });
}

/** All of several patterns at once. */
export function both(...patterns: readonly unknown[]): Matcher {
  const wanted = patterns.map((pattern) => (isMatcher(pattern) ? pattern.wanted : printed(pattern))).join(', and ');
  return matching(wanted, (value) => patterns.every((pattern) => compare(pattern, value).length === 0));
}

/** Networks by name, on none of which there is an address. */
export const withoutAddresses: Matcher = matching('no address on any network', (value) =>
  Object.values((value ?? {}) as Readonly<Record<string, { readonly IPAddress?: string }>>).every(
    ({ IPAddress = '' }) => IPAddress === '',
  ),
);

/** The same value; absent, null and empty maps and lists are alike, as Go writes them. */
export function sameAs(wanted: unknown): Matcher {
  return matching(printed(wanted), (value) => isDeepStrictEqual(filled(value), filled(wanted)));
}

/** A value without what is empty in it. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(filled);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const members = Object.entries(value)
    .map(([key, member]) => [key, filled(member)] as const)
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

import { InvalidArgumentError } from 'commander';
import { claims, type Feature } from '../feature.js';
import type { Selection } from '../selection.js';

/** Collects the values of a flag that may be given again. */
export function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads a whole number of at least `least` and at most `most`. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`It must be a whole number ${range}.`);
    return value;
  };
}

/** The longest time that a timer of Node waits, in ms. */
export const longestWait = 2_147_483_647;

/** Collects the features that a driver is claimed to have. */
export function feature(value: string, before: readonly Feature[] = []): readonly Feature[] {
  const known = Object.keys(claims) as readonly Feature[];
  const found = known.find((each) => each === value);
  if (!found) throw new InvalidArgumentError(`Choose of ${known.join(', ')}.`);
  return [...before, found];
}

/** Reads `2/5`, the second of five parts. */
export function shard(text: string): NonNullable<Selection['shards']> {
  const [, part = '', parts = ''] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  if (part === '' || Number(part) > Number(parts))
    throw new InvalidArgumentError('It must be a part of a whole, as in 2/5.');
  return { of: Number(parts), ran: [Number(part)] };
}

/** Reads `1.41`, a version of the engine API. */
export function apiVersion(text: string): string {
  if (!/^1\.\d{1,3}$/.test(text)) throw new InvalidArgumentError('It must be a version of the engine API, as in 1.41.');
  return text;
}

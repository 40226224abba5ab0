import { InvalidArgumentError } from 'commander';
import type { Selection } from '../selection.js';

/** Collects the values of a flag that may be given again. */
export function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads a whole number of at least `least`. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
    return value;
  };
}

/** Reads `2/5`, the second of five parts. */
export function shard(text: string): NonNullable<Selection['shards']> {
  const [, part = '', parts = ''] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  if (part === '' || Number(part) > Number(parts))
    throw new InvalidArgumentError('It must be a part of a whole, as in 2/5.');
  return { of: Number(parts), ran: [Number(part)] };
}

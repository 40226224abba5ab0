import { invalid } from './refusals.js';

/** Filters as they come: key to accepted values; a key that is absent accepts everything. */
export type Filters = Readonly<Record<string, readonly string[] | undefined>>;

/** Refuses filter names that the operation does not have. */
export function onlyKnown(filters: Filters, known: readonly string[]): void {
  for (const key of Object.keys(filters)) if (!known.includes(key)) throw invalid(`invalid filter '${key}'`);
}

/** True when a label filter (`key` or `key=value`) fits all of its values. */
export function hasLabels(labels: Readonly<Record<string, string>>, wanted: readonly string[] | undefined): boolean {
  return (wanted ?? []).every((text) => hasLabel(labels, text));
}

/** True when one label is there, with its value where the text gives one. */
export function hasLabel(labels: Readonly<Record<string, string>>, text: string): boolean {
  const at = text.indexOf('=');
  const key = at < 0 ? text : text.slice(0, at);
  return Object.hasOwn(labels, key) && (at < 0 || labels[key] === text.slice(at + 1));
}

/** True when a value equals one of the wanted. */
export function isOneOf(value: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}

/** True when a value contains one of the wanted texts. */
export function containsOneOf(value: string, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some((text) => value.includes(text));
}

/** A boolean filter; undefined when it is not asked for. */
export function booleanFilter(filters: Filters, key: string): boolean | undefined {
  const [value] = filters[key] ?? [];
  if (value === undefined) return undefined;
  if (['true', '1'].includes(value.toLowerCase())) return true;
  if (['false', '0'].includes(value.toLowerCase())) return false;
  throw invalid(`invalid filter '${key}=[${value}]'`);
}

/** A moment as filters give it: seconds since 1970, RFC 3339, or a span before now such as 10m; in ms since 1970. */
export function momentOf(text: string, now: number): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const span = /^(\d+)(ms|s|m|h)$/.exec(text);
  if (span)
    return now - Number(span[1]) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[span[2] as 'ms' | 's' | 'm' | 'h'];
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalid(`invalid time "${text}": give seconds, RFC 3339 or a span such as 10m`);
  return time;
}

/** The same in ns since 1970, with every digit that was given. */
export function nanosecondsOf(text: string, now: number): bigint {
  const [, seconds, fraction = ''] = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  if (seconds === undefined) return BigInt(Math.round(momentOf(text, now) * 1e6));
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

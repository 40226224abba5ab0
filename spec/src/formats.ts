import { isIP, isIPv4, isIPv6 } from 'node:net';

/** The string formats of the definition, as an engine (Go) reads them. */
export const formats: Readonly<Record<string, true | ((text: string) => boolean)>> = {
  ip: (text) => isIP(text) !== 0,
  ipv4: (text) => isIPv4(text),
  ipv6: (text) => isIPv6(text),
  cidr: (text) => isCidr(text),
  'ipv4-cidr': (text) => isCidr(text) && text.includes('.') && !text.includes(':'),
  'ipv6-cidr': (text) => isCidr(text) && text.includes(':'),
  mac: (text) => isMac(text),
  'interface-name': (text) => /^[^\s/]{1,15}$/.test(text) && text !== '.' && text !== '..',
  'base64-mac': (text) => /^[A-Za-z0-9+/]{8}$/.test(text),
  'date-time': isDateTime,
  'cidr-or-empty': (text) => text === '' || isCidr(text),
  'ipv4-cidr-or-empty': (text) => text === '' || (isCidr(text) && !text.includes(':')),
  'ipv6-cidr-or-empty': (text) => text === '' || (isCidr(text) && text.includes(':')),
  'ip-or-empty': (text) => text === '' || isIP(text) !== 0,
  'ipv4-or-empty': (text) => text === '' || isIPv4(text),
  'ipv6-or-empty': (text) => text === '' || isIPv6(text),
  'mac-or-empty': (text) => text === '' || isMac(text),
  'interface-name-or-empty': (text) => text === '' || /^[^\s/]{1,15}$/.test(text),
  uri: true,
  int32: true,
  int64: true,
  uint64: true,
};

/** RFC 3339, as Go reads times: with a T and a time zone. */
function isDateTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Six bytes as Go reads them: pairs with one separator throughout, or groups of four with dots. */
function isMac(text: string): boolean {
  return /^[0-9a-f]{2}([:-])[0-9a-f]{2}(\1[0-9a-f]{2}){4}$|^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/i.test(text);
}

function isCidr(text: string): boolean {
  const slash = text.lastIndexOf('/');
  const address = text.slice(0, Math.max(slash, 0));
  const family = isIP(address);
  const prefix = text.slice(slash + 1);
  if (family === 0 || address.includes('%') || !/^(0|[1-9]\d{0,2})$/.test(prefix)) return false;
  return Number(prefix) <= (family === 4 ? 32 : 128);
}

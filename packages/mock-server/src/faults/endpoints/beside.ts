import { addressText, parseAddress } from '../../ipam/range.js';

/** The same place in the subnet that follows: `10.0.0.2/24` becomes `10.0.1.2/24`; a plain address moves by /24 or /64. */
export function beside(text: string): string {
  const [ip = '', prefix] = text.split('/');
  const address = parseAddress(ip);
  if (!address) return text;
  const isV4 = address.version === 4;
  const size = 1n << BigInt((isV4 ? 32 : 128) - Number(prefix ?? (isV4 ? 24 : 64)));
  const moved = addressText({ ...address, number: address.number + size });
  return prefix === undefined ? moved : `${moved}/${prefix}`;
}

/** An address so many places further. */
export function further(ip: string, by: number): string {
  const address = parseAddress(ip);
  return address ? addressText({ ...address, number: address.number + BigInt(by) }) : ip;
}

/** An address without its prefix length. */
export function plain(text: string): string {
  return text.split('/')[0] ?? '';
}

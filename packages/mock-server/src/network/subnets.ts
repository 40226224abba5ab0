import type { IPAMData } from '@opencnm/spec';
import { type Address, addressText, cidrText, holds, parseAddress, parseRange, type Range } from '../ipam/range.js';
import { refusal } from './refusal.js';

/** A subnet of a network, as CreateNetwork gave it. */
export interface Subnet {
  readonly range: Range;
  /** A plain address. */
  readonly gateway?: string;
  /** The gateway and the auxiliary addresses, which no endpoint is given. */
  readonly reserved: readonly string[];
}

/** The subnets of one family that have a pool; the null IPAM driver has none. */
export function subnetsOf(data: readonly IPAMData[] | null | undefined): readonly Subnet[] {
  return (data ?? []).flatMap(({ AddressSpace, Pool, Gateway, AuxAddresses }) => {
    const range = parseRange(Pool ?? '');
    if (!range || AddressSpace === 'null') return [];
    const gateway = Gateway ? plain(Gateway) : undefined;
    const reserved = [...(gateway ? [gateway] : []), ...Object.values(AuxAddresses ?? {}).map(plain)];
    return [{ range, reserved, ...(gateway ? { gateway } : {}) }];
  });
}

/** The gateway of the subnet that holds an address; undefined when it has none. */
export function gatewayFor(address: string, subnets: readonly Subnet[]): string | undefined {
  const own = parseAddress(plain(address));
  return own && subnets.find(({ range }) => holds(range, own))?.gateway;
}

/** The lowest address, with prefix length, that is neither reserved nor taken; '' where there are no subnets. */
export function freeAddress(subnets: readonly Subnet[], taken: readonly string[]): string {
  if (subnets.length === 0) return '';
  for (const { range, reserved } of subnets) {
    const used = new Set([...reserved, ...taken].map((text) => textOf(parseAddress(plain(text)))));
    const { first, last } = usable(range);
    for (let number = first; number <= last; number++) {
      const text = addressText({ version: range.version, number });
      if (!used.has(text)) return `${text}/${range.prefix}`;
    }
  }
  throw refusal(`no address of ${subnets.map(({ range }) => cidrText(range)).join(', ')} is free`);
}

/** Without the network address and, in IPv4, the broadcast address; links of two and single addresses are used whole. */
function usable({ version, start, end, prefix }: Range): { readonly first: bigint; readonly last: bigint } {
  if (prefix >= (version === 4 ? 31 : 127)) return { first: start, last: end };
  return { first: start + 1n, last: version === 4 ? end - 1n : end };
}

function textOf(address: Address | undefined): string {
  return address ? addressText(address) : '';
}

function plain(address: string): string {
  return address.split('/')[0] ?? '';
}

import { isIP } from 'node:net';
import type { IPAMConfig } from '@opencnm/spec';
import { containsCidr, normalizeCidr, parseCidr } from 'cidr-tools';
import { invalid } from './refusals.js';

/** Refuses IPAM configuration that contradicts itself, all faults in one message as engines since 25.0 do. */
export function validateIpamConfig(configs: readonly IPAMConfig[], hasIPv6: boolean): void {
  const faults = configs.flatMap((config) => faultsOf(config, hasIPv6));
  if (faults.length > 0) throw invalid(`invalid network config:\n${faults.join('\n')}`);
}

function faultsOf(
  { Subnet = '', IPRange = '', Gateway = '', AuxiliaryAddresses }: IPAMConfig,
  hasIPv6: boolean,
): readonly string[] {
  if (Subnet === '') return IPRange || Gateway ? ['an ip-range or gateway needs a subnet'] : [];
  if (!isCidr(Subnet)) return [`invalid subnet ${Subnet}: invalid CIDR block notation`];
  const faults: string[] = [];
  const masked = normalizeCidr(Subnet);
  if (!sameCidr(masked, Subnet)) faults.push(`invalid subnet ${Subnet}: it should be ${masked}`);
  if (Subnet.includes(':') && !hasIPv6) faults.push(`invalid subnet ${Subnet}: IPv6 has not been enabled`);
  if (IPRange && (!isCidr(IPRange) || !within(masked, IPRange)))
    faults.push(`invalid ip-range ${IPRange}: parent subnet ${Subnet} doesn't contain ip-range`);
  for (const [what, address] of [
    ['gateway', Gateway],
    ...Object.values(AuxiliaryAddresses ?? {}).map((each) => ['auxiliary address', each]),
  ]) {
    if (address && !within(masked, address))
      faults.push(`invalid ${what} ${address}: parent subnet ${Subnet} doesn't contain this address`);
  }
  return faults;
}

function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const family = isIP(address);
  return family !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128) && rest.length === 0;
}

function sameCidr(a: string, b: string): boolean {
  const [one, other] = [parseCidr(a), parseCidr(b)];
  return one.ip === other.ip && one.prefix === other.prefix;
}

function within(cidr: string, text: string): boolean {
  const address = text.split('/')[0] ?? '';
  return isIP(address) === (cidr.includes(':') ? 6 : 4) && containsCidr(cidr, text);
}

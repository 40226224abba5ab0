import { including, inSubnet } from './matchers.js';
import { matching } from './matching.js';
import type { Matcher } from './pattern.js';

type Shown = {
  readonly Name?: string;
  readonly Containers?: Readonly<Record<string, { readonly IPv4Address?: string }>> | null;
};

/** A list with the networks of some names. */
export function namesOf(...names: readonly string[]): Matcher {
  return matching(`a list with ${names.join(', ')}`, (value) =>
    names.every((name) => including({ Name: name }).matches(value)),
  );
}

/** A list of networks without those of some names. */
export function withoutNames(...names: readonly string[]): Matcher {
  return matching(`a list without ${names.join(', ')}`, (value) =>
    ((value ?? []) as readonly Shown[]).every(({ Name = '' }) => !names.includes(Name)),
  );
}

/** A list with the networks of some names, and without others. */
export function onlyNames(wanted: readonly string[], unwanted: readonly string[]): Matcher {
  return matching(
    `a list with ${wanted.join(', ')} and without ${unwanted.join(', ')}`,
    (value) => namesOf(...wanted).matches(value) && withoutNames(...unwanted).matches(value),
  );
}

/** Containers of which one has an address. */
export function containersAt(ip: string): Matcher {
  return matching(`a container at ${ip}`, (value) => addresses(value).includes(ip));
}

/** Containers with different addresses, none of them the gateway's. */
export function distinctAddresses(count: number, gateway: string): Matcher {
  return matching(`${count} containers with different addresses other than ${gateway}`, (value) => {
    const found = addresses(value);
    return found.length === count && new Set(found).size === count && !found.includes(gateway);
  });
}

/** Containers whose addresses all lie in a range, and are none of some. */
export function containersWithin(range: string, ...unwanted: readonly string[]): Matcher {
  return matching(`containers in ${range}`, (value) => {
    const found = addresses(value);
    return found.length > 0 && found.every((ip) => inSubnet(range).matches(ip) && !unwanted.includes(ip));
  });
}

function addresses(containers: unknown): readonly string[] {
  return Object.values((containers ?? {}) as NonNullable<Shown['Containers']>).map(
    ({ IPv4Address = '' }) => IPv4Address.split('/')[0] ?? '',
  );
}

import { isIPv6 } from 'node:net';

/** The number of the first wanted port that another has, on the same address or under a wildcard. */
export function portConflict(wanted: readonly string[], taken: readonly string[]): string | undefined {
  const addresses = new Map<string, string[]>();
  for (const key of taken) {
    const { socket, address } = partsOf(key);
    addresses.set(socket, [...(addresses.get(socket) ?? []), address]);
  }
  const conflict = wanted
    .map(partsOf)
    .find(({ socket, address }) =>
      addresses.get(socket)?.some((other) => covers(other, address) || covers(address, other)),
    );
  return conflict?.port;
}

function partsOf(key: string): { readonly socket: string; readonly address: string; readonly port: string } {
  const [proto = '', address = '', port = ''] = key.split('/');
  return { socket: `${proto}/${port}`, address, port };
}

/** True when a listener on the first address takes the port from the second one; '' is both families. */
function covers(address: string, other: string): boolean {
  if (address === '' || address === other) return true;
  return isIPv6(other) ? address === '::' : address === '0.0.0.0' && other !== '';
}

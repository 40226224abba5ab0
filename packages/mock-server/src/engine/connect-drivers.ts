import { connectPlugin, type PluginClient } from '@opencnm/sdk/plugin';
import type { DriverTables } from './drivers.js';
import { failed, notFound } from './refusals.js';

/** Drivers in other processes. */
export interface ForeignDrivers extends DriverTables {
  readonly close: () => Promise<void>;
}

/** Foreign drivers by name, from their addresses; each is activated at its first use, as engines do. */
export function connectDrivers(addresses: Readonly<Record<string, string>>): ForeignDrivers {
  const clients = new Map<string, PluginClient>();
  const activated = new Map<string, Promise<readonly string[]>>();
  const clientOf = (name: string) => {
    const client = clients.get(name) ?? connectPlugin(addresses[name] ?? '');
    clients.set(name, client);
    return client;
  };
  const use = async (name: string, wanted: 'NetworkDriver' | 'IpamDriver') => {
    const client = clientOf(name);
    const known = activated.get(name) ?? activate(client);
    activated.set(name, known);
    const names = await known.catch((error: Error) => {
      activated.delete(name);
      throw failed(`legacy plugin: ${error.message}`, error);
    });
    if (!names.includes(wanted)) throw notFound('Plugin does not implement the requested driver');
    return client;
  };
  return {
    network: Object.fromEntries(
      Object.keys(addresses).map((name) => [name, async () => (await use(name, 'NetworkDriver')).networkDriver]),
    ),
    ipam: Object.fromEntries(
      Object.keys(addresses).map((name) => [name, async () => (await use(name, 'IpamDriver')).ipamDriver]),
    ),
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

/** The handshake: then the capabilities of each interface, in the order of Implements. */
async function activate({ plugin, networkDriver, ipamDriver }: PluginClient): Promise<readonly string[]> {
  const { Implements } = await plugin.activate();
  for (const name of Implements) {
    if (name === 'NetworkDriver') await networkDriver.getCapabilities();
    if (name === 'IpamDriver') await ipamDriver.getCapabilities().catch(() => undefined);
  }
  return Implements;
}

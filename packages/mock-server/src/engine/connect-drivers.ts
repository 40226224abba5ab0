import { CnmError } from '@opencnm/sdk';
import { connectPlugin, type PluginClient } from '@opencnm/sdk/plugin';
import { asksOnce } from './asks-once.js';
import type { DriverTables } from './drivers.js';
import { failed, notFound } from './refusals.js';

/** Drivers in other processes. */
export interface ForeignDrivers extends DriverTables {
  readonly close: () => Promise<void>;
}

/** The names of the engine's own drivers, which no plugin can have. */
const taken: readonly string[] = ['bridge', 'default', 'host', 'null'];

/** Foreign drivers by name, from their addresses; each is activated at its first use, as engines do. Throws CnmError for what cannot be a driver's name or address. */
export function connectDrivers(addresses: Readonly<Record<string, string>>): ForeignDrivers {
  const clients = new Map(Object.entries(addresses).map(([name, address]) => [name, clientAt(name, address)]));
  const activated = new Map<string, Promise<readonly string[]>>();
  const use = async (name: string, wanted: 'NetworkDriver' | 'IpamDriver') => {
    const client = clients.get(name);
    if (!client) throw notFound(`plugin "${name}" not found`);
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

function clientAt(name: string, address: string): PluginClient {
  try {
    if (taken.includes(name)) throw new Error('the engine has a driver of its own by that name; choose another one');
    const client = connectPlugin(address);
    // Engines take any failure for a driver without capabilities.
    const getCapabilities = () => client.ipamDriver.getCapabilities().catch(() => ({}));
    return {
      ...client,
      networkDriver: asksOnce(client.networkDriver),
      ipamDriver: asksOnce({ ...client.ipamDriver, getCapabilities }),
    };
  } catch (cause) {
    throw new CnmError({ code: 'invalid-input', message: `driver ${name}: ${(cause as Error).message}`, cause });
  }
}

/** The handshake: then the capabilities of each interface, in the order of Implements. */
async function activate({ plugin, networkDriver, ipamDriver }: PluginClient): Promise<readonly string[]> {
  const { Implements } = await plugin.activate();
  for (const name of Implements) {
    if (name === 'NetworkDriver') await networkDriver.getCapabilities();
    if (name === 'IpamDriver') await ipamDriver.getCapabilities();
  }
  return Implements;
}

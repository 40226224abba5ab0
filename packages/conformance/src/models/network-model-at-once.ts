import type { World } from '../world.js';
import type { Command, Model } from './model.js';
import { networkModel } from './network-model.js';
import { withAddresses, withPools } from './network-needs.js';
import type { Network, NetworkState, Place } from './network-state.js';

/** What is asked for before a call would be asked for by several at once. */
const { prepare: _, ...model } = networkModel;

/**
 * Endpoints of several clients on networks that stay. An engine never lets two calls for one endpoint overlap, so each
 * client has its own, whose addresses it holds from the beginning: a container that comes back may keep them.
 */
export const networkModelAtOnce: Model<NetworkState> = {
  ...model,
  verbs: [
    'create an endpoint',
    'create an endpoint',
    'join',
    'join',
    'leave',
    'look at an endpoint',
    'delete an endpoint',
  ],
  async start(world, need) {
    const start = await networkModel.start(world, need);
    const networks = await made(world, start.networks);
    const addressed: Network[] = [];
    for (const network of networks) addressed.push(await ready(world, network, need.commands));
    return { ...start, networks: addressed };
  },
  // With fewer places than there are clients some of them have no endpoint.
  call: (state, command) => (command.y < state.atMost.places ? networkModel.call(state, command) : undefined),
  ofClient: (command, client) => ({ ...command, y: client }),
};

/** The networks that a driver makes, but for the first all at once. */
async function made(world: World, networks: readonly Network[]): Promise<readonly Network[]> {
  const asked: Network[] = [];
  for (const network of networks) asked.push((await withPools(world, network)) ?? network);
  const created = await Promise.all(
    asked.map(async (network) => {
      if (network.isMade || !network.made) return network;
      const answer = await world.call('NetworkDriver.CreateNetwork', network.made.request);
      return { ...network, isMade: answer.outcome === 'success' };
    }),
  );
  return created.filter(({ isMade }) => isMade);
}

/** The network with addresses for all endpoints that commands are about. */
async function ready(world: World, network: Network, commands: readonly Command[]): Promise<Network> {
  const places: Place[] = [];
  for (const place of network.places.filter(({ nth }) => commands.some(({ y }) => y === nth))) {
    const addressed = await withAddresses(world, network, place);
    if (addressed) places.push(addressed);
  }
  return { ...network, places };
}

// A network driver in one file: `node --import tsx examples/driver.ts /run/docker/plugins/acme.sock`
import { CnmError } from '@opencnm/sdk';
import { servePlugin } from '@opencnm/sdk/driver-kit';

const networks = new Map<string, Set<string>>();

function endpointsOf(networkId: string): Set<string> {
  const endpoints = networks.get(networkId);
  if (!endpoints) throw new CnmError({ code: 'not-found', message: `network ${networkId} does not exist` });
  return endpoints;
}

export const driver = await servePlugin(
  {
    networkDriver: {
      createNetwork: async ({ NetworkID }) => {
        if (networks.has(NetworkID)) throw new CnmError({ code: 'conflict', message: `network ${NetworkID} exists` });
        networks.set(NetworkID, new Set());
        return {};
      },
      deleteNetwork: async ({ NetworkID }) => {
        networks.delete(NetworkID);
        return {};
      },
      createEndpoint: async ({ NetworkID, EndpointID }) => {
        endpointsOf(NetworkID).add(EndpointID);
        return {};
      },
      endpointOperInfo: async () => ({ Value: {} }),
      deleteEndpoint: async ({ NetworkID, EndpointID }) => {
        networks.get(NetworkID)?.delete(EndpointID);
        return {};
      },
      join: async ({ NetworkID }) => {
        endpointsOf(NetworkID);
        return { DisableGatewayService: true };
      },
      leave: async () => ({}),
      // What is left out is answered with 404: right for what is optional, such as ports to the outside.
    },
  },
  { socket: process.argv[2] ?? '/run/docker/plugins/acme.sock' },
);

import type { NetworkConnectRequest, NetworkDisconnectRequest, SandboxOptions } from '@opencnm/spec';
import { containsCidr } from 'cidr-tools';
import type { EngineContext } from './context.js';
import { joinEndpoint, leaveEndpoint } from './endpoints.js';
import { findContainer, findNetwork } from './find.js';
import { portsOf } from './ports.js';
import { failed, forbidden, invalid, notFound } from './refusals.js';
import type { Attachment, ContainerRecord, NetworkRecord } from './state.js';

/** Puts a container on a network: at once when it runs, at its start otherwise. */
export async function connectContainer(
  context: EngineContext,
  id: string,
  { Container, EndpointConfig }: NetworkConnectRequest,
): Promise<void> {
  const { state, locks } = context;
  const container = findContainer(state, Container);
  await locks(`container ${container.id}`, async () => {
    const network = findNetwork(state, id);
    if (network.isConfigOnly) throw forbidden(`configuration network ${network.name} cannot be connected to`);
    if (network.name === 'host') throw invalid('container cannot be connected to host network');
    if (network.name === 'none') throw invalid('container cannot be connected to none network');
    const config = EndpointConfig ?? {};
    refuseAddresses(network, config);
    if (container.attachments.get(network.id)?.endpoint) {
      throw forbidden(`endpoint with name ${container.name} already exists in network ${network.name}`);
    }
    const attachment: Attachment = { networkId: network.id, networkName: network.name, config };
    if (container.state === 'running') await joinNetwork(context, container, attachment);
    container.attachments.set(network.id, attachment);
  });
}

/** Takes a container off a network. */
export async function disconnectContainer(
  context: EngineContext,
  id: string,
  { Container = '', Force = false }: NetworkDisconnectRequest,
): Promise<void> {
  const { state, locks } = context;
  const network = findNetwork(state, id);
  const container = findContainer(state, Container);
  await locks(`container ${container.id}`, async () => {
    const attachment = container.attachments.get(network.id);
    if (!attachment && Force) throw notFound(`endpoint ${container.name} not found`);
    if (!attachment) throw failed(`container ${container.id} is not connected to network ${network.name}`);
    if (network.name === 'host')
      throw forbidden('container cannot be disconnected from host network or connected to host network');
    await leaveNetwork(context, container, attachment);
    container.attachments.delete(network.id);
  });
}

/** Makes the endpoint of a running container. */
export async function joinNetwork(
  context: EngineContext,
  container: ContainerRecord,
  attachment: Attachment,
): Promise<void> {
  const { state, drivers, events, locks } = context;
  await locks(`network ${attachment.networkId}`, async () => {
    const network = state.networks.get(attachment.networkId);
    if (!network) throw notFound(`network ${attachment.networkName} not found`);
    attachment.endpoint = await joinEndpoint({
      network,
      attachment,
      sandboxKey: container.sandboxKey,
      ports: portsOf(container.body) as SandboxOptions,
      networkDriver: await drivers.networkDriver(network.driver),
      ipamDriver: await drivers.ipamDriver(network.ipamDriver),
      random: context.random,
    });
    events.emit({
      Type: 'network',
      Action: 'connect',
      id: network.id,
      attributes: { container: container.id, name: network.name, type: network.driver },
    });
  });
}

/** Removes the endpoint of a container, if it has one. */
export async function leaveNetwork(
  context: EngineContext,
  container: ContainerRecord,
  attachment: Attachment,
): Promise<void> {
  const { state, drivers, events } = context;
  const { endpoint } = attachment;
  const network = state.networks.get(attachment.networkId);
  if (!endpoint || !network) return;
  const [networkDriver, ipamDriver] = [
    await drivers.networkDriver(network.driver),
    await drivers.ipamDriver(network.ipamDriver),
  ];
  await leaveEndpoint({ network, networkDriver, ipamDriver }, endpoint);
  attachment.endpoint = undefined;
  events.emit({
    Type: 'network',
    Action: 'disconnect',
    id: network.id,
    attributes: { container: container.id, name: network.name, type: network.driver },
  });
}

/** Addresses of the user's choice need a network whose subnets are the user's choice. */
function refuseAddresses(
  network: NetworkRecord,
  { IPAMConfig }: NonNullable<NetworkConnectRequest['EndpointConfig']>,
): void {
  const wanted = [IPAMConfig?.IPv4Address ?? '', IPAMConfig?.IPv6Address ?? ''].filter(Boolean);
  if (wanted.length === 0) return;
  if (network.isPredefined) throw invalid('user specified IP address is supported on user defined networks only');
  for (const address of wanted) {
    const own = network.pools.filter(({ asked, family }) => asked && family === (address.includes(':') ? 6 : 4));
    if (own.length === 0)
      throw invalid(
        'user specified IP address is supported only when connecting to networks with user configured subnets',
      );
    if (!own.some(({ pool }) => containsCidr(pool, address))) {
      throw invalid(`invalid endpoint settings:\nno configured subnet or ip-range contain the IP address ${address}`);
    }
  }
}

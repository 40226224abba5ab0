import type { CreateEndpointRequest, PortBinding } from '@opencnm/spec';
import type { Fault } from '../fault.js';
import { closing, refusing } from './endpoint-fault.js';
import type { EndpointFaults } from './endpoint-faults.js';

const macOption = 'com.docker.network.endpoint.macaddress';
const dnsServers = 'com.docker.network.endpoint.dnsservers';
const portMap = 'com.docker.network.portmap';
const known = [macOption, dnsServers, 'com.docker.network.endpoint.exposedports', portMap];

/** Faults of the options of CreateEndpoint. */
export const createEndpointOptionFaults = {
  'network-driver.create-endpoint.mac-option#wants-text': refusing(
    'createEndpoint',
    ({ Options }) => !(Options?.[macOption] ?? ':').includes(':'),
    'the MAC address has no colons',
  ),
  'network-driver.create-endpoint.mac-option#plain-characters-only': refusing(
    'createEndpoint',
    ({ Options }) => /[/+]/.test(Options?.[macOption] ?? ''),
    'the MAC address cannot be decoded',
  ),
  'network-driver.create-endpoint.driver-options#refuses-unknown': refusing(
    'createEndpoint',
    ({ Options }) => Object.keys(Options ?? {}).some((key) => !key.startsWith('com.docker.network.')),
    'invalid options',
  ),
  'network-driver.create-endpoint.driver-options#wants-generic': refusing(
    'createEndpoint',
    ({ Options }) => Object.keys(Options ?? {}).some((key) => !known.includes(key)),
    'driver options belong into the generic map',
  ),
  'network-driver.create-endpoint.driver-options#ascii-only': refusing(
    'createEndpoint',
    ({ Options }) => isNotAscii(Options),
    'the options cannot be encoded',
  ),
  'network-driver.create-endpoint.options#closes-on-ports': closing(
    'CreateEndpoint',
    (request: CreateEndpointRequest) => portsOf(request).length > 0,
  ),
  'network-driver.create-endpoint.options#wants-host-ip': onPort(
    ({ HostIP }) => !HostIP,
    'the host address is missing',
  ),
  'network-driver.create-endpoint.options#tcp-only': onPort(({ Proto }) => Proto === 17, 'unknown protocol 17'),
  'network-driver.create-endpoint.options#wants-host-port': onPort(
    ({ HostPort }) => HostPort === 0,
    'the host port is missing',
  ),
  'network-driver.create-endpoint.options#closes-on-dns': closing(
    'CreateEndpoint',
    ({ Options }: CreateEndpointRequest) => Options?.[dnsServers] !== undefined,
  ),
  'network-driver.create-endpoint.options#wants-portmap': refusing(
    'createEndpoint',
    ({ Options }) => !Options?.[portMap],
    `${portMap} is missing`,
  ),
} satisfies EndpointFaults;

/** True for options with text that ASCII cannot encode. */
export function isNotAscii(options: unknown): boolean {
  return /[^\x20-\x7e]/.test(JSON.stringify(options ?? null));
}

/** Refuses endpoints with a published port that fits. */
function onPort(applies: (binding: PortBinding) => boolean, message: string): Fault {
  return refusing('createEndpoint', (request) => portsOf(request).some(applies), message);
}

function portsOf({ Options }: CreateEndpointRequest): readonly PortBinding[] {
  return Options?.[portMap] ?? [];
}

import { addressRequest } from '../fixtures/an-address.js';
import { grantedTo, poolOf } from './granted.js';
import { held } from './held-clause.js';
import { addressesOf, endpointOf, type Life, stepName, type Version, type Who } from './life.js';
import { type Step, step } from './step.js';

const network = 'network-driver.create-network.persists';
const endpoint = 'network-driver.create-endpoint.persists';
const Options = { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] };

/** The calls that start a container on the network. */
export function containerSteps(who: Who, versions: readonly Version[]): readonly Step[] {
  const name = (base: string) => stepName(base, { who });
  return [
    ...versions.map((version) => requestAddress(who, version)),
    step({
      name: name('create-endpoint'),
      who,
      op: 'NetworkDriver.CreateEndpoint',
      clause: network,
      needs: ['create-network', ...versions.map((version) => stepName('request-address', { version, who }))],
      input: (life, world) => endpointOf(life, life.containers[who].endpointId, addressesOf(life, who, world)),
    }),
    step({
      name: name('join'),
      who,
      op: 'NetworkDriver.Join',
      clause: endpoint,
      needs: [name('create-endpoint')],
      input: (life) => ({ ...idsOf(life, who), SandboxKey: life.containers[who].sandboxKey, Options }),
      after: (life, _, joined) => ({
        ...life,
        containers: { ...life.containers, [who]: { ...life.containers[who], joined } },
      }),
    }),
    step({
      name: name('program'),
      who,
      op: 'NetworkDriver.ProgramExternalConnectivity',
      clause: endpoint,
      needs: [name('join')],
      input: (life) => ({ ...idsOf(life, who), Options }),
    }),
  ];
}

/** The calls that stop it, and give back its addresses. */
export function containerEnds(who: Who, versions: readonly Version[]): readonly Step[] {
  const name = (base: string) => stepName(base, { who });
  return [
    step({
      name: name('leave'),
      who,
      op: 'NetworkDriver.Leave',
      clause: endpoint,
      needs: [name('join')],
      ends: name('join'),
      input: (life) => idsOf(life, who),
    }),
    step({
      name: name('delete-endpoint'),
      who,
      op: 'NetworkDriver.DeleteEndpoint',
      clause: endpoint,
      needs: [name('create-endpoint')],
      ends: name('create-endpoint'),
      input: (life) => idsOf(life, who),
    }),
    ...versions.map((version) => releaseAddress(who, version)),
  ];
}

function requestAddress(who: Who, version: Version): Step {
  const name = stepName('request-address', { version, who });
  return step({
    name,
    who,
    version,
    op: 'IpamDriver.RequestAddress',
    clause: held,
    needs: [stepName('request-pool', { version })],
    input: (life, { draw }) => addressRequest(poolOf(life, version), draw),
    after: (life, _, { Address = '' }) => grantedTo(life, name, { address: Address, version, isGateway: false }),
  });
}

function releaseAddress(who: Who, version: Version): Step {
  const requested = stepName('request-address', { version, who });
  return step({
    name: stepName('release-address', { version, who }),
    who,
    version,
    op: 'IpamDriver.ReleaseAddress',
    clause: held,
    needs: [requested],
    ends: requested,
    input: (life) => ({ PoolID: poolOf(life, version).id, Address: life.granted[requested]?.ip ?? '' }),
  });
}

/** The ids of one of the life's endpoints, as most calls take them. */
export function idsOf(
  { networkId, containers }: Life,
  who: Who,
): { readonly NetworkID: string; readonly EndpointID: string } {
  return { NetworkID: networkId, EndpointID: containers[who].endpointId };
}

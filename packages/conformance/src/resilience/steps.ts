import type { ClauseId, Inputs, OperationId, Outputs } from '@opencnm/spec';
import type { Feature } from '../feature.js';
import { type PoolMade, poolRequest } from '../fixtures/a-pool.js';
import { type AddressMade, addressRequest } from '../fixtures/an-address.js';
import { netOf } from '../net.js';
import type { World } from '../world.js';
import { addressOf, endpointOf, type Life, networkOf } from './life.js';

/** One call of a life. */
export interface Step {
  readonly name: string;
  readonly op: OperationId;
  readonly face: 'network-driver' | 'ipam-driver';
  /** The clause that a refusal breaks after a restart. */
  readonly clause: ClauseId;
  /** The steps without which this one makes no sense. */
  readonly needs: readonly string[];
  readonly input: (life: Life, world: World) => Promise<unknown>;
  /** The life after a success. */
  readonly after: (life: Life, input: unknown, body: unknown, world: World) => Life;
}

interface StepOf<O extends OperationId> extends Omit<Step, 'op' | 'face' | 'input' | 'after'> {
  readonly op: O;
  readonly input: (life: Life, world: World) => Promise<Inputs[O]> | Inputs[O];
  readonly after?: (life: Life, input: NonNullable<Inputs[O]>, body: Outputs[O], world: World) => Life;
}

const held = 'ipam-driver.request-address.persists';
const network = 'network-driver.create-network.persists';
const endpoint = 'network-driver.create-endpoint.persists';

const steps: readonly Step[] = [
  step({
    name: 'request-pool',
    op: 'IpamDriver.RequestPool',
    clause: held,
    needs: [],
    input: (_, world) => poolRequest(world),
    after: (life, request, { PoolID = '', Pool = '', Data }, { features }) => ({
      ...life,
      pool: poolMade(request, PoolID, Pool, Data?.['com.docker.network.gateway'], features),
    }),
  }),
  step({
    name: 'request-gateway',
    op: 'IpamDriver.RequestAddress',
    clause: held,
    needs: ['request-pool'],
    input: (life, { draw }) => addressRequest(poolOf(life), draw, { gateway: true }),
    after: (life, { PoolID }, { Address = '' }) => ({ ...life, gateway: addressMade(PoolID, Address) }),
  }),
  step({
    name: 'create-network',
    op: 'NetworkDriver.CreateNetwork',
    clause: 'network-driver.create-network.accepted',
    needs: ['request-pool'],
    input: networkOf,
  }),
  step({
    name: 'request-address',
    op: 'IpamDriver.RequestAddress',
    clause: held,
    needs: ['request-pool'],
    input: (life, { draw }) => addressRequest(poolOf(life), draw),
    after: (life, { PoolID }, { Address = '' }) => ({ ...life, address: addressMade(PoolID, Address) }),
  }),
  step({
    name: 'create-endpoint',
    op: 'NetworkDriver.CreateEndpoint',
    clause: network,
    needs: ['create-network', 'request-address'],
    input: (life, world) => endpointOf(life, life.endpointId, addressOf(life, world)),
    after: (life, request) => ({ ...life, endpoint: request }),
  }),
  step({
    name: 'join',
    op: 'NetworkDriver.Join',
    clause: endpoint,
    needs: ['create-endpoint'],
    input: ({ networkId, endpointId, sandboxKey }) => ({
      NetworkID: networkId,
      EndpointID: endpointId,
      SandboxKey: sandboxKey,
      Options: { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] },
    }),
    after: (life, _, joined) => ({ ...life, joined }),
  }),
  step({
    name: 'program',
    op: 'NetworkDriver.ProgramExternalConnectivity',
    clause: endpoint,
    needs: ['join'],
    input: (life) => ({
      ...idsOf(life),
      Options: { 'com.docker.network.endpoint.exposedports': [], 'com.docker.network.portmap': [] },
    }),
  }),
  step({ name: 'leave', op: 'NetworkDriver.Leave', clause: endpoint, needs: ['join'], input: idsOf }),
  step({
    name: 'delete-endpoint',
    op: 'NetworkDriver.DeleteEndpoint',
    clause: endpoint,
    needs: ['create-endpoint'],
    input: idsOf,
  }),
  step({
    name: 'release-address',
    op: 'IpamDriver.ReleaseAddress',
    clause: held,
    needs: ['request-address'],
    input: (life) => ({ PoolID: poolOf(life).id, Address: life.address?.ip ?? '' }),
  }),
  step({
    name: 'release-gateway',
    op: 'IpamDriver.ReleaseAddress',
    clause: held,
    needs: ['request-gateway'],
    input: (life) => ({ PoolID: poolOf(life).id, Address: life.gateway?.ip ?? '' }),
  }),
  step({
    name: 'release-pool',
    op: 'IpamDriver.ReleasePool',
    clause: held,
    needs: ['request-pool'],
    input: (life) => ({ PoolID: poolOf(life).id }),
  }),
  step({
    name: 'delete-network',
    op: 'NetworkDriver.DeleteNetwork',
    clause: network,
    needs: ['create-network'],
    input: ({ networkId }) => ({ NetworkID: networkId }),
  }),
];

/** The steps of a life in the engine's order, as far as the target has the faces. */
export function lifeOf(features: ReadonlySet<Feature>): readonly Step[] {
  const own = steps.filter(({ face }) => features.has(face));
  const names = new Set(own.map(({ name }) => name));
  return own.map((each) => ({
    ...each,
    clause: each.clause === held ? heldClause(features) : each.clause,
    needs: each.needs.filter((name) => names.has(name)),
  }));
}

/** The clause about pools and addresses after a restart: a driver that asks for replay keeps them once they were replayed. */
export function heldClause(features: ReadonlySet<Feature>): ClauseId {
  return features.has('replay') ? 'ipam-driver.request-address.replay' : held;
}

/** The pool that a life holds. */
export function poolOf({ pool }: Life): PoolMade {
  if (!pool) throw new Error('the life has no pool');
  return pool;
}

/** The ids of the life's endpoint, as most calls take them. */
export function idsOf({ networkId, endpointId }: Life): { readonly NetworkID: string; readonly EndpointID: string } {
  return { NetworkID: networkId, EndpointID: endpointId };
}

/** An address as the driver answered it. */
export function addressMade(poolId: string, address: string): AddressMade {
  return { poolId, address, ip: address.split('/')[0] ?? '' };
}

function poolMade(
  request: Inputs['IpamDriver.RequestPool'],
  id: string,
  pool: string,
  gateway: string | undefined,
  features: ReadonlySet<Feature>,
): PoolMade {
  const ip = gateway?.split('/')[0];
  return {
    id,
    pool,
    space: request.AddressSpace,
    net: netOf(pool),
    subPool: pool,
    needsMac: features.has('requires-mac'),
    request,
    ...(ip ? { gateway: ip } : {}),
  };
}

/** The one place where the types of a step are given up: a list of different steps is an array. */
function step<O extends OperationId>({ after = (life) => life, ...row }: StepOf<O>): Step {
  const face = row.op.startsWith('IpamDriver.') ? 'ipam-driver' : 'network-driver';
  return { ...row, face, input: async (life, world) => row.input(life, world), after } as Step;
}

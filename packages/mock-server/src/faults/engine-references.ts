import type { Engine, FaultId, Network } from '@opencnm/spec';
import { refusal } from './engine/on-engine.js';
import { mistaking } from './engine/on-wire.js';
import { engineFault, unless } from './engine-faults.js';
import type { Fault } from './fault.js';

/** Faults in how the network or the container is found that a call names. */
export const engineReferenceFaults = {
  'engine.network-inspect.short-prefix#twelve-only': finding('networkInspect', (id, networks) =>
    id.length < 12 && !isNamed(id, networks) ? nothing : id,
  ),
  'NetworkInspect/400#first-one': finding('networkInspect', firstOf),
  'engine.network-delete.ambiguous#deletes-one': finding('networkDelete', firstOf),
  'engine.network-inspect.order#prefix-first': finding('networkInspect', (id, networks) => {
    const begun = networks.filter(({ Id }) => Id.startsWith(id));
    return begun[0] && begun.length === 1 ? begun[0].Id : id;
  }),
  'engine.network-inspect.order#name-first': finding(
    'networkInspect',
    (id, networks) => networks.find(({ Name }) => Name === id)?.Id ?? id,
  ),
  'engine.network-inspect.name-case#any-case': finding(
    'networkInspect',
    (id, networks) => networks.find(({ Name }) => Name.toLowerCase() === id.toLowerCase())?.Id ?? id,
  ),
  'engine.network-inspect.scope#ignored': engineFault((inner) => ({
    networkInspect: ({ scope: _, ...input }, context) => inner.networkInspect(input, context),
  })),
  'engine.network-delete.references#not-found': finding('networkDelete', wholeOnly),
  'engine.network-delete.references#nothing': engineFault((inner) => ({
    async networkDelete(input, context) {
      const { Id, Name } = await inner.networkInspect({ id: input.id }, context);
      if ([Id, Name].includes(input.id)) await inner.networkDelete(input, context);
    },
  })),
  'engine.network-connect.references#no-network': finding('networkConnect', wholeOnly),
  'engine.network-connect.references#no-container': engineFault((inner) => ({
    async networkConnect(input, context) {
      const { Id, Name } = await inner.containerInspect({ id: input.body.Container }, context);
      if (![Id, Name.slice(1)].includes(input.body.Container)) throw noContainer(input.body.Container);
      await inner.networkConnect(input, context);
    },
  })),
  'engine.network-disconnect.references#no-network': finding('networkDisconnect', (id, networks) =>
    isNamed(id, networks) ? nothing : id,
  ),
  'engine.network-disconnect.references#no-container': engineFault((inner) => ({
    async networkDisconnect(input, context) {
      const { Container = '' } = input.body;
      const { Name } = await inner.containerInspect({ id: Container }, context);
      if (Name === `/${Container}`) throw noContainer(Container);
      await inner.networkDisconnect(input, context);
    },
  })),
  'engine.transport.percent#literal': mistaking((request) => ({
    ...request,
    path: request.path.replaceAll(/%(?=[^?]*(\?|$))/g, '%25'),
  })),
  'NetworkDisconnect/404#unknown-network': onUnknownNetwork(() => undefined),
  'NetworkDisconnect/404#network-failure': onUnknownNetwork(({ message }) => {
    throw refusal(500, message);
  }),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** What no network is called. */
const nothing = 'opencnm-nothing';

type OnNetwork = 'networkInspect' | 'networkDelete' | 'networkConnect' | 'networkDisconnect';

/** Asks for another network than the one that was named. */
function finding(operation: OnNetwork, find: (id: string, networks: readonly Network[]) => string): Fault {
  return engineFault((inner) => {
    const call = inner[operation] as (input: { readonly id: string }, context: unknown) => Promise<never>;
    return {
      [operation]: async (input: { readonly id: string }, context: object) =>
        call({ ...input, id: find(input.id, await inner.networkList({}, context)) }, context),
    } as Partial<Engine>;
  });
}

function isNamed(id: string, networks: readonly Network[]): boolean {
  return networks.some(({ Name }) => Name === id);
}

/** The first of the networks whose ids begin so. */
function firstOf(id: string, networks: readonly Network[]): string {
  if (isNamed(id, networks)) return id;
  return networks.find(({ Id }) => Id.startsWith(id))?.Id ?? id;
}

/** Finds whole ids and names alone. */
function wholeOnly(id: string, networks: readonly Network[]): string {
  return networks.some(({ Id, Name }) => [Id, Name].includes(id)) ? id : nothing;
}

function noContainer(name: string) {
  return refusal(404, `No such container: ${name}`);
}

function onUnknownNetwork(act: (error: Error) => undefined): Fault {
  return engineFault((inner) => ({
    networkDisconnect: (input, context) =>
      unless(404, inner.networkDisconnect(input, context), (error) => {
        if (error.message.includes('container')) throw error;
        return act(error);
      }),
  }));
}

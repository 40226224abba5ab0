import type { Engine, NetworkListFilters } from '@opencnm/spec';
import { connectContainer, disconnectContainer } from './attachments.js';
import type { EngineContext } from './context.js';
import { createNetwork } from './create-network.js';
import {
  booleanFilter,
  containsOneOf,
  type Filters,
  hasLabel,
  hasLabels,
  isOneOf,
  momentOf,
  onlyKnown,
} from './filters.js';
import { findNetwork } from './find.js';
import { releasePools } from './pools.js';
import { failed, forbidden } from './refusals.js';
import { showNetwork, showNetworkInspect } from './show-network.js';
import { activeOn, type EngineState, type NetworkRecord } from './state.js';

type NetworkOperations = Pick<
  Engine,
  | 'networkList'
  | 'networkInspect'
  | 'networkCreate'
  | 'networkDelete'
  | 'networkConnect'
  | 'networkDisconnect'
  | 'networkPrune'
>;

/** The network operations of an engine. */
export function networkOperations(context: EngineContext): NetworkOperations {
  const { state, locks } = context;
  return {
    networkList: async ({ filters = {} }) =>
      [...state.networks.values()].filter((record) => isWanted(state, record, filters)).map(showNetwork),
    async networkInspect({ id, scope }) {
      const record = findNetwork(state, id);
      if (scope && record.scope !== scope) findNetwork(state, `${id} of scope ${scope}`);
      return showNetworkInspect(state, record);
    },
    networkCreate: ({ body }) =>
      locks(`name ${body.Name}`, async () => ({ Id: (await createNetwork(context, body)).id, Warning: '' })),
    networkDelete: async ({ id }) =>
      locks(`network ${findNetwork(state, id).id}`, async () => deleteNetwork(context, findNetwork(state, id))),
    networkConnect: ({ id, body }) => connectContainer(context, id, body),
    networkDisconnect: ({ id, body }) => disconnectContainer(context, id, body),
    networkPrune: async ({ filters = {} }) => ({ NetworksDeleted: await prune(context, filters) }),
  };
}

async function deleteNetwork({ state, drivers, events }: EngineContext, record: NetworkRecord): Promise<void> {
  if (record.isPredefined) throw forbidden(`${record.name} is a pre-defined network and cannot be removed`);
  if (activeOn(state, record.id).length > 0) {
    throw forbidden(`error while removing network: network ${record.name} id ${record.id} has active endpoints`);
  }
  const dependent = [...state.networks.values()].find(({ configFrom }) => configFrom === record.name);
  if (record.isConfigOnly && dependent)
    throw forbidden(`configuration network "${record.name}" is in use by ${dependent.name}`);
  state.networks.delete(record.id);
  if (!record.isConfigOnly) {
    await drivers
      .ipamDriver(record.ipamDriver)
      .then((ipam) => releasePools(ipam, record.pools))
      .catch(() => undefined);
    await drivers
      .networkDriver(record.driver)
      .then((driver) => driver.deleteNetwork({ NetworkID: record.id }))
      .catch(() => undefined);
  }
  events.emit({
    Type: 'network',
    Action: 'destroy',
    id: record.id,
    attributes: { name: record.name, type: record.driver },
  });
}

const listFilters = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];

function isWanted(state: EngineState, record: NetworkRecord, filters: NetworkListFilters): boolean {
  onlyKnown(filters as Filters, listFilters);
  const { type = [] } = filters;
  for (const value of type)
    if (value !== 'custom' && value !== 'builtin') throw failed(`invalid filter: 'type'='${value}'`);
  const dangling = booleanFilter(filters as Filters, 'dangling');
  return (
    isOneOf(record.driver, filters.driver) &&
    isOneOf(record.scope, filters.scope) &&
    containsOneOf(record.name, filters.name) &&
    containsOneOf(record.id, filters.id) &&
    hasLabels(record.labels, filters.label) &&
    isOneOf(record.isPredefined ? 'builtin' : 'custom', filters.type) &&
    (dangling === undefined || dangling === (!record.isPredefined && activeOn(state, record.id).length === 0))
  );
}

/** Deletes the networks that no container is on; null when there were none, as engines answer. */
async function prune(
  context: EngineContext,
  filters: { readonly [key: string]: readonly string[] | undefined },
): Promise<readonly string[] | null> {
  onlyKnown(filters, ['until', 'label', 'label!']);
  const before = filters['until']?.map((text) => momentOf(text, Number(context.clock.last() / 1_000_000n)));
  const deleted: string[] = [];
  for (const record of [...context.state.networks.values()]) {
    const isKept =
      record.isPredefined ||
      record.isConfigOnly ||
      activeOn(context.state, record.id).length > 0 ||
      !hasLabels(record.labels, filters['label']) ||
      (filters['label!'] ?? []).some((text) => hasLabel(record.labels, text)) ||
      (before ?? []).some((moment) => Date.parse(record.created) > moment);
    if (isKept) continue;
    await context.locks(`network ${record.id}`, () => deleteNetwork(context, record));
    deleted.push(record.name);
  }
  context.events.emit({ Type: 'network', Action: 'prune', id: '', attributes: { reclaimed: '0' } });
  return deleted.length > 0 ? deleted : null;
}

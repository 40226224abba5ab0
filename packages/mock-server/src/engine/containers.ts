import { CnmError } from '@opencnm/sdk';
import type { ContainerCreateRequest, EndpointConfig, Engine } from '@opencnm/spec';
import { joinNetwork, leaveNetwork } from './attachments.js';
import type { EngineContext } from './context.js';
import { containsOneOf, type Filters, hasLabels, isOneOf, onlyKnown } from './filters.js';
import { findContainer, findNetwork } from './find.js';
import { conflict, invalid, notFound } from './refusals.js';
import { networkMode, showContainer, summariseContainer } from './show-container.js';
import type { Attachment, ContainerRecord } from './state.js';

type ContainerOperations = Pick<
  Engine,
  | 'containerList'
  | 'containerCreate'
  | 'containerInspect'
  | 'containerStart'
  | 'containerStop'
  | 'containerRestart'
  | 'containerDelete'
>;

const never = '0001-01-01T00:00:00Z';

/** The container operations of an engine; nothing runs in these containers, but their networks are real for the drivers. */
export function containerOperations(context: EngineContext): ContainerOperations {
  const { state } = context;
  const locked = async <T>(id: string, task: (container: ContainerRecord) => Promise<T>): Promise<T> => {
    const container = findContainer(state, id);
    return context.locks(`container ${container.id}`, () => task(findContainer(state, container.id)));
  };
  return {
    containerList: async ({ all = false, limit, filters = {} }) =>
      listed(context, all, filters as Filters)
        .slice(0, limit || undefined)
        .map(summariseContainer),
    containerCreate: async ({ name, body }) => ({ Id: create(context, name, body).id, Warnings: [] }),
    containerInspect: async ({ id }) => showContainer(findContainer(state, id)),
    containerStart: ({ id }) =>
      locked(id, async (container) => {
        if (container.state === 'running') throw notModified();
        await start(context, container);
      }),
    containerStop: ({ id }) =>
      locked(id, async (container) => {
        if (container.state !== 'running') throw notModified();
        await stop(context, container);
      }),
    containerRestart: ({ id }) =>
      locked(id, async (container) => {
        if (container.state === 'running') await stop(context, container);
        await start(context, container);
      }),
    containerDelete: ({ id, force = false }) =>
      locked(id, async (container) => {
        if (container.state === 'running' && !force) {
          throw conflict(
            `cannot remove container "/${container.name}": container is running: stop the container before removing or force remove`,
          );
        }
        if (container.state === 'running') await stop(context, container);
        state.containers.delete(container.id);
        tell(context, container, 'destroy');
      }),
  };
}

function create(context: EngineContext, asked: string | undefined, body: ContainerCreateRequest): ContainerRecord {
  const { state, clock, random, events } = context;
  if (body.Image.trim() === '') throw invalid('invalid reference format');
  // Every image is here, but those of registries that cannot exist (RFC 2606).
  if (/^[^/]*\.invalid\//.test(body.Image)) throw notFound(`No such image: ${body.Image}`);
  const name = asked?.replace(/^\//, '') || `opencnm_${random.hex(8)}`;
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    throw invalid(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  }
  const holder = [...state.containers.values()].find((each) => each.name === name);
  if (holder) {
    throw conflict(
      `Conflict. The container name "/${name}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  }
  const record: ContainerRecord = {
    id: random.hex(64),
    name,
    created: clock.now(),
    body,
    state: 'created',
    startedAt: never,
    finishedAt: never,
    exitCode: 0,
    sandboxKey: '',
    attachments: new Map(),
  };
  for (const [reference, config] of wantedNetworks(body)) attach(context, record, reference, config);
  state.containers.set(record.id, record);
  events.emit({ Type: 'container', Action: 'create', id: record.id, attributes: attributesOf(record) });
  return record;
}

/** The networks of a new container: those of NetworkingConfig and of NetworkMode. */
function wantedNetworks(body: ContainerCreateRequest): readonly (readonly [string, EndpointConfig])[] {
  const mode = networkMode({ body });
  const main = mode === 'default' ? 'bridge' : mode;
  const endpoints = Object.entries(body.NetworkingConfig?.EndpointsConfig ?? {}).map(
    ([name, config]) => [name, config ?? {}] as const,
  );
  const named = endpoints.map(([name, config]) => [name === 'default' ? 'bridge' : name, config] as const);
  return named.some(([name]) => name === main) || main.startsWith('container:') ? named : [[main, {}], ...named];
}

/** A network that does not exist yet is looked up at the start. */
function attach({ state }: EngineContext, record: ContainerRecord, reference: string, config: EndpointConfig): void {
  const known = state.networks.get(reference) ?? [...state.networks.values()].find(({ name }) => name === reference);
  const networkId = known?.id ?? reference;
  record.attachments.set(networkId, { networkId, networkName: known?.name ?? reference, config });
}

async function start(context: EngineContext, container: ContainerRecord): Promise<void> {
  const { state, clock, random } = context;
  container.sandboxKey = `/var/run/docker/netns/${random.hex(12)}`;
  const attachments = [...container.attachments.values()].map((each): Attachment => {
    const network = findNetwork(state, each.networkId);
    return { networkId: network.id, networkName: network.name, config: each.config };
  });
  const joined: Attachment[] = [];
  try {
    for (const attachment of attachments) {
      await joinNetwork(context, container, attachment);
      joined.push(attachment);
    }
  } catch (error) {
    for (const attachment of joined) await leaveNetwork(context, container, attachment);
    container.sandboxKey = '';
    container.exitCode = 128;
    throw error;
  }
  container.attachments.clear();
  for (const attachment of attachments) container.attachments.set(attachment.networkId, attachment);
  container.state = 'running';
  container.exitCode = 0;
  container.startedAt = clock.now();
  tell(context, container, 'start');
}

async function stop(context: EngineContext, container: ContainerRecord): Promise<void> {
  container.state = 'exited';
  container.exitCode = 137;
  container.finishedAt = context.clock.now();
  tell(context, container, 'die');
  for (const attachment of container.attachments.values()) await leaveNetwork(context, container, attachment);
  container.sandboxKey = '';
  tell(context, container, 'stop');
}

function tell({ events }: EngineContext, container: ContainerRecord, Action: string): void {
  events.emit({ Type: 'container', Action, id: container.id, attributes: attributesOf(container) });
}

function attributesOf({ name, body }: ContainerRecord): Readonly<Record<string, string>> {
  return { image: body.Image, name, ...body.Labels };
}

function listed({ state }: EngineContext, all: boolean, filters: Filters): readonly ContainerRecord[] {
  onlyKnown(filters, ['ancestor', 'expose', 'id', 'label', 'name', 'network', 'publish', 'status']);
  return [...state.containers.values()]
    .reverse()
    .filter(
      (record) =>
        (all || record.state === 'running' || filters['status'] !== undefined) &&
        isOneOf(record.state, filters['status']) &&
        containsOneOf(record.name, filters['name']) &&
        containsOneOf(record.id, filters['id']) &&
        hasLabels(record.body.Labels ?? {}, filters['label']) &&
        isOneOf(record.body.Image, filters['ancestor']) &&
        isOnNetwork(record, filters['network']),
    );
}

function isOnNetwork({ attachments }: ContainerRecord, wanted: readonly string[] | undefined): boolean {
  return (
    wanted === undefined ||
    [...attachments.values()].some(
      ({ networkId, networkName }) => wanted.includes(networkName) || wanted.some((text) => networkId.startsWith(text)),
    )
  );
}

/** 304: it is so already. */
function notModified(): CnmError {
  return new CnmError({ code: 'conflict', status: 304, message: 'not modified' });
}

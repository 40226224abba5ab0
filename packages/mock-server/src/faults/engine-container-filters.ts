import type { ContainerListFilters, ContainerSummary, FaultId } from '@opencnm/spec';
import { filtering, listed, listing } from './engine/on-containers.js';
import { onAnswers, pathOf } from './engine/on-wire.js';
import type { Fault } from './fault.js';
import { bodyOf } from './wire-faults.js';

/** Faults in lists of containers. */
export const engineContainerFilterFaults = {
  'engine.container-list.filters#id-ignored': filtering(({ id: _, ...filters }) => filters),
  'engine.container-list.filters#status-ignored': filtering(({ status: _, ...filters }) => filters),
  'engine.container-list.filters#first-id': filtering(first('id')),
  'engine.container-list.filters#first-name': filtering(first('name')),
  'engine.container-list.filters#first-status': filtering(first('status')),
  'engine.container-list.filters#first-filter': filtering((filters) =>
    Object.fromEntries(Object.entries(filters).slice(0, 1)),
  ),
  'engine.container-list.filters#last-filter': filtering((filters) =>
    Object.fromEntries(Object.entries(filters).slice(-1)),
  ),
  'engine.container-list.filter-ancestor#ignored': filtering(({ ancestor: _, ...filters }) => filters),
  'engine.container-list.filter-ancestor#first-only': filtering(first('ancestor')),
  'engine.container-list.whole#ten-at-most': listed((containers) => containers.slice(0, 10)),
  'engine.container-list.filter-both-labels#first-only': filtering(first('label')),
  'engine.container-list.filter-networks#first-only': filtering(first('network')),
  'engine.container-list.filter-networks#running-only': listing((input) =>
    input.filters?.network ? { ...input, all: false } : input,
  ),
  'engine.container-list.limit#ignored': listing(({ limit: _, ...input }) => input),
  'engine.container-list.limit#oldest': {
    engine: (inner) => ({
      ...inner,
      containerList: async ({ limit, ...input }, context) => {
        const all = await inner.containerList(input, context);
        return limit ? [...all].reverse().slice(0, limit) : all;
      },
    }),
  },
  'engine.container-list.shown#no-slash': showing(({ Names, ...container }) => ({
    ...container,
    Names: (Names ?? []).map((name) => name.slice(1)),
  })),
  'engine.container-list.shown#all-running': showing((container) => ({ ...container, State: 'running' })),
  'engine.container-list.shown#no-labels': showing((container) => ({ ...container, Labels: {} })),
  'engine.container-list.none#is-null': onAnswers(
    (request, answer) => pathOf(request) === '/containers/json' && bodyOf(answer).trim() === '[]',
    (answer) => ({ ...answer, body: 'null' }),
  ),
  'engine.container-inspect.network-mode#default-in-lists': showing((container) => ({
    ...container,
    HostConfig: { NetworkMode: 'default' },
  })),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

/** Reads the first value of a filter alone. */
function first(key: keyof ContainerListFilters): (filters: ContainerListFilters) => ContainerListFilters {
  return (filters) => (filters[key] ? { ...filters, [key]: filters[key].slice(0, 1) } : filters);
}

function showing(edit: (container: ContainerSummary) => ContainerSummary): Fault {
  return listed((containers) => containers.map(edit));
}

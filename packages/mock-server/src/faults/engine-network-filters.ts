import type { FaultId, Network, NetworkListFilters, NetworkPruneFilters } from '@opencnm/spec';
import { filtering, listing, pruning } from './engine/on-networks.js';
import { mistaking, onAnswers, pathOf } from './engine/on-wire.js';
import { engineFault, isCustom, unless } from './engine-faults.js';
import type { Fault } from './fault.js';
import { json } from './wire-faults.js';

/** Faults in how the filters of networks are read. */
export const engineNetworkFilterFaults = {
  'engine.transport.filter-maps#refused': {
    engineTransport: (inner) => async (request) =>
      isMaps(request.path) ? json(400, { message: 'invalid filters' }) : inner(request),
  },
  'engine.transport.filter-maps#passed-over': mistaking((request) =>
    isMaps(request.path) ? { ...request, path: withoutFilters(request.path) } : request,
  ),
  'engine.transport.bad-filters#passed-over': passingOverBadFilters('/networks'),
  'engine.events.bad-filters#passed-over': passingOverBadFilters('/events'),
  'engine.transport.no-filters#nothing': onAnswers(
    (request) => pathOf(request) === '/networks' && request.path.includes('filters=%7B%7D'),
    (answer) => ({ ...answer, body: '[]' }),
  ),
  'engine.network-list.alternatives#first-name': filtering(first('name')),
  'engine.network-list.alternatives#last-name': filtering(last('name')),
  'engine.network-list.alternatives#first-id': filtering(first('id')),
  'engine.network-list.alternatives#last-id': filtering(last('id')),
  'engine.network-list.alternatives#one-driver': filtering(({ driver, ...filters }) => ({
    ...filters,
    ...(driver ? { driver: driver.length > 1 ? ['none'] : driver } : {}),
  })),
  'engine.network-list.filters-together#first-filter': filtering((filters) =>
    Object.fromEntries(Object.entries(filters).slice(0, 1)),
  ),
  'engine.network-list.filter-name-parts#beginning-only': selecting('name', (network, [text = '']) =>
    network.Name.startsWith(text),
  ),
  'engine.network-list.filter-name-parts#any-case': selecting('name', (network, [text = '']) =>
    network.Name.toLowerCase().includes(text.toLowerCase()),
  ),
  'engine.network-list.filter-label-key#needs-value': byLabels(([key, value], text) =>
    text.includes('=') ? `${key}=${value}` === text : key === text && value === '',
  ),
  'engine.network-list.filter-label-key#part-of-key': byLabels(([key, value], text) =>
    text.includes('=') ? `${key}=${value}` === text : key.includes(text),
  ),
  'engine.network-list.filter-label-key#any-case': byLabels(([key, value], text) =>
    [key.toLowerCase(), `${key}=${value}`.toLowerCase()].includes(text.toLowerCase()),
  ),
  'engine.network-list.filter-label-value#beginning': byLabels(([key, value], text) =>
    text.includes('=') ? `${key}=${value}`.startsWith(text) : key === text,
  ),
  'engine.network-list.filter-label-value#cut': filtering(({ label, ...filters }) => ({
    ...filters,
    ...(label ? { label: label.map((text) => text.split('=').slice(0, 2).join('=')) } : {}),
  })),
  'engine.network-list.filter-label-value#empty-is-any': filtering(({ label, ...filters }) => ({
    ...filters,
    ...(label ? { label: label.map((text) => text.replace(/=$/, '')) } : {}),
  })),
  'engine.network-list.filter-driver-whole#part': selecting('driver', (network, drivers) =>
    drivers.some((text) => network.Driver.includes(text)),
  ),
  'engine.network-list.filter-dangling#ignored': filtering(({ dangling: _, ...filters }) => filters),
  'engine.network-list.filter-dangling#swapped': filtering(({ dangling, ...filters }) => ({
    ...filters,
    ...(dangling ? { dangling: dangling.map((text) => (text === 'true' ? 'false' : 'true')) } : {}),
  })),
  'engine.network-list.filter-dangling#false-is-all': filtering(({ dangling, ...filters }) =>
    dangling?.[0] === 'false' ? filters : { ...filters, ...(dangling ? { dangling } : {}) },
  ),
  'engine.network-list.filter-dangling#any-value': filtering(({ dangling, ...filters }) => ({
    ...filters,
    ...(dangling && ['true', 'false'].includes(dangling[0] ?? '') ? { dangling } : {}),
  })),
  'engine.network-list.filter-scope#ignored': filtering(({ scope: _, ...filters }) => filters),
  'engine.network-list.filter-type-builtin#nothing': selecting('type', (network, types) =>
    types.includes('custom') ? isCustom(network) : false,
  ),
  'engine.network-list.filter-type-builtin#all': selecting(
    'type',
    (network, types) => types.includes('builtin') || isCustom(network),
  ),
  'engine.network-list.filter-type-builtin#one-type': filtering(first('type')),
  'engine.network-list.filter-type-builtin#hidden': engineFault((inner) => ({
    networkList: async (input, context) =>
      (await inner.networkList(input, context)).filter((network) => input.filters || isCustom(network)),
  })),
  'engine.network-list.as-inspect#no-options': listing(each({ Options: {} })),
  'engine.network-list.as-inspect#no-subnets': listing(
    each({ IPAM: { Driver: 'default', Options: null, Config: [] } }),
  ),
  'engine.network-list.as-inspect#not-internal': listing(each({ Internal: false })),
  'engine.network-list.as-inspect#other-moment': listing((networks) =>
    each({ Created: new Date().toISOString() })(networks),
  ),
  'engine.network-prune.both-labels#first-only': pruning(first('label')),
  'engine.network-prune.both-labels#last-only': pruning(last('label')),
  'engine.network-prune.not-label-value#any-value': pruning((filters) => ({
    ...filters,
    ...(filters['label!'] ? { 'label!': filters['label!'].map((text) => text.split('=')[0] ?? '') } : {}),
  })),
  'engine.network-prune.until-forms#nothing': pruning((filters) =>
    filters.until ? { ...filters, until: ['1'] } : filters,
  ),
  'engine.network-prune.until-forms#no-date': pruning((filters) => ({
    ...filters,
    ...(filters.until ? { until: filters.until.map((text) => (text.includes('T') ? 'never' : text)) } : {}),
  })),
  'engine.network-prune.until-forms#no-number': pruning((filters) => ({
    ...filters,
    ...(filters.until ? { until: filters.until.map((text) => (/^\d+(\.\d+)?$/.test(text) ? 'never' : text)) } : {}),
  })),
  'engine.network-prune.bad-until#passed-over': engineFault((inner) => ({
    networkPrune: ({ filters = {} }, context) =>
      unless(400, inner.networkPrune({ filters }, context), () => {
        const { until: _, ...others } = filters;
        return inner.networkPrune({ filters: others }, context);
      }),
  })),
  'NetworkPrune/400#passed-over': pruning((filters) => known(filters)),
  'NetworkPrune/400#internal-error': onAnswers(
    (request, { status }) => pathOf(request) === '/networks/prune' && status === 400,
    (answer) => ({ ...answer, status: 500 }),
  ),
  'engine.network-prune.all#one-at-a-time': engineFault((inner) => ({
    async networkPrune({ filters = {} }, context) {
      const fitting = await inner.networkList({ filters: filters.label ? { label: filters.label } : {} }, context);
      const [doomed] = fitting.filter(isCustom);
      if (doomed) await inner.networkDelete({ id: doomed.Id }, context);
      return { NetworksDeleted: doomed ? [doomed.Name] : null };
    },
  })),
} as const satisfies Readonly<Partial<Record<FaultId, Fault>>>;

type Filters = Readonly<Record<string, readonly string[]>>;

/** Reads the first value of a filter alone. */
function first<T extends object>(key: keyof T & string): (filters: T) => T {
  return (filters) => (key in filters ? { ...filters, [key]: (filters as Filters)[key]?.slice(0, 1) } : filters);
}

/** Reads the last value of a filter alone. */
function last<T extends object>(key: keyof T & string): (filters: T) => T {
  return (filters) => (key in filters ? { ...filters, [key]: (filters as Filters)[key]?.slice(-1) } : filters);
}

/** Applies a filter in another way. */
function selecting(
  key: keyof NetworkListFilters,
  fits: (network: Network, wanted: readonly string[]) => boolean,
): Fault {
  return engineFault((inner) => ({
    async networkList({ filters = {} }, context) {
      const { [key]: wanted, ...others } = filters;
      const networks = await inner.networkList({ filters: others }, context);
      return wanted ? networks.filter((network) => fits(network, wanted)) : networks;
    },
  }));
}

/** Every text of the filter label fits one of the labels. */
function byLabels(fits: (label: readonly [string, string], text: string) => boolean): Fault {
  return selecting('label', ({ Labels }, texts) =>
    texts.every((text) => Object.entries(Labels ?? {}).some((label) => fits(label, text))),
  );
}

function each(members: Partial<Network>): (networks: readonly Network[]) => readonly Network[] {
  return (networks) => networks.map((network) => ({ ...network, ...members }));
}

function known({ until, label, 'label!': not }: NetworkPruneFilters): NetworkPruneFilters {
  return { ...(until ? { until } : {}), ...(label ? { label } : {}), ...(not ? { 'label!': not } : {}) };
}

function isMaps(path: string): boolean {
  const filters = new URLSearchParams(path.split('?')[1]).get('filters') ?? '';
  return /^\{"\w+":\{/.test(filters);
}

function withoutFilters(path: string): string {
  return path.replace(/filters=[^&]*/, '');
}

function passingOverBadFilters(of: string): Fault {
  return mistaking((request) => {
    const filters = new URLSearchParams(request.path.split('?')[1]).get('filters') ?? '{}';
    return pathOf(request) === of && !filters.startsWith('{')
      ? { ...request, path: withoutFilters(request.path) }
      : request;
  });
}

import { insteadOf } from './edits.js';
import type { Variant } from './variant.js';

const network = (calls: readonly string[]) => calls.map((call) => `/NetworkDriver.${call}`);
const cluster = network(['AllocateNetwork', 'FreeNetwork']);
const discovery = network(['DiscoverNew', 'DiscoverDelete']);
const connectivity = network(['ProgramExternalConnectivity', 'RevokeExternalConnectivity']);
const gateways = network(['GwAllocCheck']);
const ipamCapabilities = ['/IpamDriver.GetCapabilities'];

/** Drivers without calls that engines do without. */
export const optionalCallVariants = {
  'without-gw-alloc-check': {
    text: 'Neither announces GwAllocChecker nor serves GwAllocCheck, as all drivers from before Docker 28.',
    groups: ['optional-calls'],
    ...unserved(gateways),
    ...quiet(),
  },
  'without-external-connectivity': {
    text: 'Publishes no ports: ProgramExternalConnectivity and RevokeExternalConnectivity are 404, as in many drivers.',
    groups: ['ports'],
    ...unserved(connectivity),
  },
  'without-allocation': {
    text: 'Has local scope and no AllocateNetwork or FreeNetwork.',
    groups: ['optional-calls', 'connectivity-scope'],
    ...unserved(cluster),
  },
  'without-allocation-though-global': {
    text: 'Has global scope without AllocateNetwork, from when that meant a store that engines share, as ovn.',
    groups: ['optional-calls', 'connectivity-scope'],
    ...unserved(cluster),
    networkDriver: (inner) => ({ ...inner, getCapabilities: async () => ({ Scope: 'global' }) }),
  },
  'without-discovery': {
    text: 'Does not want to hear of nodes: DiscoverNew and DiscoverDelete are 404.',
    groups: ['optional-calls'],
    ...unserved(discovery),
  },
  'without-ipam-capabilities': {
    text: 'Has no IpamDriver.GetCapabilities, as IPAM drivers from before Docker 1.10.',
    groups: ['ipam-capabilities'],
    ...unserved(ipamCapabilities),
  },
  'without-oper-info': {
    text: 'Has no EndpointOperInfo: an engine passes over every failure of it.',
    groups: ['oper-info'],
    ...unserved(network(['EndpointOperInfo'])),
  },
  'of-2015': {
    text: 'Serves what Docker 1.9 called and tells its scope alone.',
    groups: ['optional-calls', 'ports', 'ipam-capabilities', 'connectivity-scope'],
    ...unserved([...gateways, ...connectivity, ...cluster, ...discovery, ...ipamCapabilities]),
    ...quiet(),
  },
  'optional-calls-fail': {
    text: 'Answers 500 "not implemented" to the optional calls that an engine never misses.',
    groups: ['optional-calls', 'connectivity-scope'],
    ...insteadOf([...gateways, ...cluster, ...discovery], {
      status: 500,
      headers: { 'Content-Type': 'application/json' },
      body: '{"Err":"not implemented"}\n',
    }),
    ...quiet(),
  },
  'optional-calls-empty': {
    text: 'Answers {} to every call that it does not know, as drivers with one route for all.',
    groups: ['optional-calls', 'ports', 'ipam-capabilities', 'connectivity-scope'],
    ...insteadOf([...gateways, ...connectivity, ...cluster, ...discovery, ...ipamCapabilities], {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    }),
    ...quiet(),
  },
} as const satisfies Readonly<Record<string, Variant>>;

/** Calls that have no route; the body is the driver kit's. */
function unserved(paths: readonly string[]) {
  const headers = { 'Content-Type': 'application/vnd.docker.plugins.v1.2+json' };
  return insteadOf(paths, { status: 404, headers, body: '{"Err":"not implemented"}\n' });
}

/** Capabilities of one member. */
function quiet(): Pick<Variant, 'networkDriver'> {
  return {
    networkDriver: (inner) => ({
      ...inner,
      getCapabilities: async () => {
        const { Scope } = await inner.getCapabilities();
        return { Scope };
      },
    }),
  };
}

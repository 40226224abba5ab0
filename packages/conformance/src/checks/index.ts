import type { Check } from '../check.js';
import * as engineContainerCreate from './engine/container-create.js';
import * as engineContainerDelete from './engine/container-delete.js';
import * as engineContainerInspect from './engine/container-inspect.js';
import * as engineContainerList from './engine/container-list.js';
import * as engineContainerListFilters from './engine/container-list-filters.js';
import * as engineContainerReturns from './engine/container-returns.js';
import * as engineContainerStart from './engine/container-start.js';
import * as engineContainerStop from './engine/container-stop.js';
import * as engineContainerWishes from './engine/container-wishes.js';
import * as engineEvents from './engine/events.js';
import * as engineEventsFilters from './engine/events-filters.js';
import * as engineEventsStreams from './engine/events-streams.js';
import * as engineFlow from './engine/flow.js';
import * as engineNetworkConnect from './engine/network-connect.js';
import * as engineNetworkConnectRefused from './engine/network-connect-refused.js';
import * as engineNetworkConnectShown from './engine/network-connect-shown.js';
import * as engineNetworkCreate from './engine/network-create.js';
import * as engineNetworkDelete from './engine/network-delete.js';
import * as engineNetworkDisconnect from './engine/network-disconnect.js';
import * as engineNetworkInspect from './engine/network-inspect.js';
import * as engineNetworkIpam from './engine/network-ipam.js';
import * as engineNetworkList from './engine/network-list.js';
import * as engineNetworkListFilters from './engine/network-list-filters.js';
import * as engineNetworkListLabels from './engine/network-list-labels.js';
import * as engineNetworkMembers from './engine/network-members.js';
import * as engineNetworkNames from './engine/network-names.js';
import * as engineNetworkPrune from './engine/network-prune.js';
import * as engineNetworkPruneFilters from './engine/network-prune-filters.js';
import * as engineNetworkReferences from './engine/network-references.js';
import * as engineNonsense from './engine/nonsense.js';
import * as engineSequence from './engine/sequence.js';
import * as engineSystem from './engine/system.js';
import * as engineTransport from './engine/transport.js';
import * as getIpamCapabilities from './ipam-driver/get-capabilities.js';
import * as getDefaultAddressSpaces from './ipam-driver/get-default-address-spaces.js';
import * as releaseAddress from './ipam-driver/release-address.js';
import * as releasePool from './ipam-driver/release-pool.js';
import * as replayed from './ipam-driver/replayed.js';
import * as requestAddress from './ipam-driver/request-address.js';
import * as requestAddressOptions from './ipam-driver/request-address-options.js';
import * as requestAddressRefused from './ipam-driver/request-address-refused.js';
import * as requestAddressUnique from './ipam-driver/request-address-unique.js';
import * as requestPool from './ipam-driver/request-pool.js';
import * as requestPoolBeside from './ipam-driver/request-pool-beside.js';
import * as requestPoolHeld from './ipam-driver/request-pool-held.js';
import * as requestPoolSubPool from './ipam-driver/request-pool-sub-pool.js';
import * as ipamSequence from './ipam-driver/sequence.js';
import * as allocateNetwork from './network-driver/allocate-network.js';
import * as createEndpoint from './network-driver/create-endpoint.js';
import * as createEndpointOptions from './network-driver/create-endpoint-options.js';
import * as createEndpointState from './network-driver/create-endpoint-state.js';
import * as createNetwork from './network-driver/create-network.js';
import * as deleteEndpoint from './network-driver/delete-endpoint.js';
import * as deleteNetwork from './network-driver/delete-network.js';
import * as discover from './network-driver/discover.js';
import * as endpointOperInfo from './network-driver/endpoint-oper-info.js';
import * as externalConnectivity from './network-driver/external-connectivity.js';
import * as flow from './network-driver/flow.js';
import * as freeNetwork from './network-driver/free-network.js';
import * as getCapabilities from './network-driver/get-capabilities.js';
import * as gwAllocCheck from './network-driver/gw-alloc-check.js';
import * as join from './network-driver/join.js';
import * as joinCalls from './network-driver/join-calls.js';
import * as joinGateways from './network-driver/join-gateways.js';
import * as joinRoutes from './network-driver/join-routes.js';
import * as leave from './network-driver/leave.js';
import * as networkSequence from './network-driver/sequence.js';
import * as activate from './plugin/activate.js';
import * as bodies from './plugin/bodies.js';
import * as connections from './plugin/connections.js';
import * as emptyBodies from './plugin/empty-bodies.js';
import * as errors from './plugin/errors.js';
import * as lostAnswers from './plugin/lost-answers.js';
import * as nonsenseNetworks from './plugin/nonsense-networks.js';
import * as nonsensePools from './plugin/nonsense-pools.js';
import * as requests from './plugin/requests.js';

const files = [
  activate,
  emptyBodies,
  bodies,
  errors,
  requests,
  connections,
  getCapabilities,
  gwAllocCheck,
  createNetwork,
  deleteNetwork,
  allocateNetwork,
  freeNetwork,
  discover,
  createEndpoint,
  createEndpointOptions,
  createEndpointState,
  endpointOperInfo,
  deleteEndpoint,
  join,
  joinGateways,
  joinRoutes,
  joinCalls,
  leave,
  externalConnectivity,
  flow,
  getIpamCapabilities,
  getDefaultAddressSpaces,
  requestPool,
  requestPoolHeld,
  requestPoolBeside,
  requestAddress,
  requestAddressOptions,
  requestAddressUnique,
  requestPoolSubPool,
  releasePool,
  requestAddressRefused,
  replayed,
  releaseAddress,
  engineNetworkConnect,
  engineNetworkCreate,
  engineNetworkDelete,
  engineNetworkDisconnect,
  engineNetworkInspect,
  engineNetworkList,
  engineNetworkPrune,
  engineFlow,
  engineSystem,
  engineTransport,
  engineContainerCreate,
  engineContainerInspect,
  engineContainerStart,
  engineContainerStop,
  engineContainerDelete,
  engineContainerList,
  engineEvents,
  engineNetworkMembers,
  engineNetworkIpam,
  engineNetworkNames,
  engineNetworkReferences,
  engineNetworkListFilters,
  engineNetworkListLabels,
  engineNetworkPruneFilters,
  engineNetworkConnectShown,
  engineNetworkConnectRefused,
  engineContainerWishes,
  engineContainerReturns,
  engineContainerListFilters,
  engineEventsFilters,
  engineEventsStreams,
  lostAnswers,
  nonsenseNetworks,
  nonsensePools,
  engineNonsense,
  networkSequence,
  ipamSequence,
  engineSequence,
];

/** Every check, file by file: what is not here does not run. */
export const checks: readonly Check[] = files.flatMap((file) => Object.values<Check>(file));

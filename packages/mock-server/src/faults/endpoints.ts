import { createEndpointFaults } from './endpoints/create-endpoint.js';
import { createEndpointAnswerFaults } from './endpoints/create-endpoint-answers.js';
import { createEndpointOptionFaults } from './endpoints/create-endpoint-options.js';
import type { EndpointFaultId } from './endpoints/endpoint-faults.js';
import { endpointLifeFaults } from './endpoints/endpoint-life.js';
import { externalConnectivityFaults } from './endpoints/external-connectivity.js';
import { flowFaults } from './endpoints/flow.js';
import { joinCallFaults } from './endpoints/join-calls.js';
import { joinLinkFaults } from './endpoints/join-links.js';
import { joinRouteFaults } from './endpoints/join-routes.js';
import type { Fault } from './fault.js';

/** Every fault of endpoints, joins, external connectivity and whole flows. */
export const endpointFaults = {
  ...createEndpointAnswerFaults,
  ...createEndpointFaults,
  ...createEndpointOptionFaults,
  ...endpointLifeFaults,
  ...joinLinkFaults,
  ...joinRouteFaults,
  ...joinCallFaults,
  ...externalConnectivityFaults,
  ...flowFaults,
} satisfies Readonly<Record<EndpointFaultId, Fault>>;

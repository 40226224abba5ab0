import { check, seen } from '../../check.js';
import { aRejoinedEndpoint } from '../../fixtures/a-container-life.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { aJoinedEndpoint, idsOf, joinRequest } from '../../fixtures/an-endpoint.js';
import {
  aChosenPort,
  aHostPort,
  anEndpointAfter,
  aProgrammed,
  aRejected,
  programRequest,
  theEndOfItsNetwork,
} from '../../fixtures/host-ports.js';
import { whereAccepted } from '../../fixtures/where-accepted.js';
import { anything, containing } from '../../patterns/matchers.js';

export const supported = check({
  id: 'program-external-connectivity.supported',
  clause: 'network-driver.program-external-connectivity.supported-or-404',
  title: 'External connectivity without ports is set up, or answered with 404',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => programRequest(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.supported-or-404#status-500',
});

export const revokeSupported = check({
  id: 'revoke-external-connectivity.supported',
  clause: 'network-driver.program-external-connectivity.supported-or-404',
  title: 'External connectivity is taken down, or answered with 404',
  op: 'NetworkDriver.RevokeExternalConnectivity',
  given: {
    network: aNetwork(),
    endpoint: aJoinedEndpoint({ on: 'network' }),
    programmed: aProgrammed({ of: 'endpoint' }),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.supported-or-404#revoke-501',
});

export const afterJoin = check({
  id: 'program-external-connectivity.after-join',
  clause: 'network-driver.program-external-connectivity.order',
  title: 'External connectivity is set up for a joined endpoint',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => programRequest(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.order#wants-unjoined',
});

export const chosenPorts = check({
  id: 'program-external-connectivity.chosen-ports',
  clause: 'network-driver.program-external-connectivity.order',
  title: 'Two endpoints that leave their host ports to the driver both have one',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aChosenPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port' })),
    second: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ second, port }) => programRequest(second, port),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.order#one-chosen-port',
});

export const revokeBeforeLeave = check({
  id: 'revoke-external-connectivity.before-leave',
  clause: 'network-driver.program-external-connectivity.order',
  title: 'External connectivity is taken down while the endpoint is joined',
  op: 'NetworkDriver.RevokeExternalConnectivity',
  given: {
    network: aNetwork(),
    endpoint: aJoinedEndpoint({ on: 'network' }),
    programmed: aProgrammed({ of: 'endpoint' }),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.order#revoke-joined',
});

export const leaveAfterRevoke = check({
  id: 'leave.after-revoke',
  clause: 'network-driver.program-external-connectivity.order',
  title: 'An endpoint leaves after its external connectivity was taken down',
  op: 'NetworkDriver.Leave',
  given: {
    network: aNetwork(),
    endpoint: aJoinedEndpoint({ on: 'network' }),
    programmed: aProgrammed({ of: 'endpoint' }),
    revoked: anEndpointAfter('NetworkDriver.RevokeExternalConnectivity', { of: 'endpoint' }),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.order#leave-revoked',
});

export const withoutProgram = check({
  id: 'revoke-external-connectivity.without-program',
  clause: 'network-driver.revoke-external-connectivity.without-program',
  title: 'Taking down external connectivity that was never set up is answered',
  op: 'NetworkDriver.RevokeExternalConnectivity',
  given: { network: aNetwork(), endpoint: aJoinedEndpoint({ on: 'network' }) },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { answers: {} },
  brokenBy: 'network-driver.revoke-external-connectivity.without-program#closes',
});

export const withoutProgramKeepsEndpoint = check({
  id: 'revoke-external-connectivity.without-program-keeps-endpoint',
  clause: 'network-driver.revoke-external-connectivity.without-program',
  title: 'An endpoint leaves and joins after a revoke that had nothing to take down',
  op: 'NetworkDriver.RevokeExternalConnectivity',
  given: {
    network: aNetwork(),
    other: aRejoinedEndpoint({ on: 'network' }),
    endpoint: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ endpoint }) => idsOf(endpoint),
  expect: { answers: {} },
  afterwards: ({ endpoint }, _, draw) => [
    seen('NetworkDriver.Leave', idsOf(endpoint), { answers: {} }),
    seen('NetworkDriver.Join', joinRequest(endpoint, draw.sandboxKey()), { succeeds: {} }),
  ],
  brokenBy: 'network-driver.revoke-external-connectivity.without-program#drops-endpoint',
});

export const revokeFreesPorts = check({
  id: 'revoke-external-connectivity.frees-ports',
  clause: 'network-driver.revoke-external-connectivity.frees-ports',
  title: 'The TCP and UDP ports of an endpoint that was revoked are free for another one',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port', protos: [6, 17] })),
    revoked: anEndpointAfter('NetworkDriver.RevokeExternalConnectivity', { of: 'first' }),
    second: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ second, port }) => programRequest(second, port, 6, 17),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.revoke-external-connectivity.frees-ports#keeps-ports',
});

export const leaveFreesPorts = check({
  id: 'leave.frees-ports',
  clause: 'network-driver.leave.revokes',
  title: 'The TCP and UDP ports of an endpoint that was programmed twice and left are free for another one',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port', protos: [6, 17] })),
    again: aRejected({ of: 'first', port: 'port', protos: [6, 17] }),
    left: anEndpointAfter('NetworkDriver.Leave', { of: 'first' }),
    second: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ second, port }) => programRequest(second, port, 6, 17),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.leave.revokes#leave-keeps-udp',
});

export const leaveFreesRefusedPorts = check({
  id: 'leave.frees-refused-ports',
  clause: 'network-driver.leave.revokes',
  title: 'The UDP port of an endpoint that was refused for its TCP port is free when both have left',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port' })),
    second: aJoinedEndpoint({ on: 'network' }),
    rejected: aRejected({ of: 'second', port: 'port', protos: [17, 6] }),
    left: anEndpointAfter('NetworkDriver.Leave', { of: 'first' }),
    rolledBack: anEndpointAfter('NetworkDriver.Leave', { of: 'second' }),
    deleted: anEndpointAfter('NetworkDriver.DeleteEndpoint', { of: 'second' }),
    third: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ third, port }) => programRequest(third, port, 6, 17),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.leave.revokes#refused-stay',
});

export const deleteFreesPorts = check({
  id: 'delete-endpoint.frees-ports',
  clause: 'network-driver.leave.revokes',
  title: 'The host port of an endpoint that was removed without a Leave is free for another one',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port' })),
    deleted: anEndpointAfter('NetworkDriver.DeleteEndpoint', { of: 'first' }),
    second: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ second, port }) => programRequest(second, port),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.leave.revokes#delete-keeps-ports',
});

export const deleteNetworkFreesPorts = check({
  id: 'delete-network.frees-ports',
  clause: 'network-driver.delete-network.with-endpoints',
  title: 'The host port of an endpoint that was removed after its network is free for another one',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port' })),
    gone: theEndOfItsNetwork({ of: 'first' }),
    other: aNetwork(),
    second: aJoinedEndpoint({ on: 'other' }),
  },
  when: ({ second, port }) => programRequest(second, port),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.delete-network.with-endpoints#keeps-ports',
});

export const changed = check({
  id: 'program-external-connectivity.changed',
  clause: 'network-driver.program-external-connectivity.repeatable',
  title: 'External connectivity is set up again without the port it had',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    endpoint: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'endpoint', port: 'port' })),
  },
  when: ({ endpoint }) => programRequest(endpoint),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.repeatable#refuses-second',
});

export const samePort = check({
  id: 'program-external-connectivity.same-port',
  clause: 'network-driver.program-external-connectivity.repeatable',
  title: 'External connectivity is set up again with the port it had',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    endpoint: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'endpoint', port: 'port' })),
  },
  when: ({ endpoint, port }) => programRequest(endpoint, port),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.repeatable#conflicts-with-itself',
});

export const portConflict = check({
  id: 'program-external-connectivity.port-conflict',
  clause: 'network-driver.program-external-connectivity.port-conflict',
  title: 'A host port that another endpoint has is refused by its number',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port' })),
    second: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ second, port }) => programRequest(second, port),
  expect: ({ port }) => ({ refuses: containing(String(port)) }),
  brokenBy: 'network-driver.program-external-connectivity.port-conflict#nameless',
});

export const portConflictAgain = check({
  id: 'program-external-connectivity.port-conflict-again',
  clause: 'network-driver.program-external-connectivity.port-conflict',
  title: 'A host port that another endpoint has is refused a second time',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port' })),
    second: aJoinedEndpoint({ on: 'network' }),
    rejected: aRejected({ of: 'second', port: 'port' }),
  },
  when: ({ second, port }) => programRequest(second, port),
  expect: { refuses: anything },
  brokenBy: 'network-driver.program-external-connectivity.port-conflict#after-failure',
});

export const otherProtocol = check({
  id: 'program-external-connectivity.other-protocol',
  clause: 'network-driver.program-external-connectivity.port-conflict',
  title: 'A UDP port of the same number as a taken TCP port is accepted',
  stage: 'last',
  op: 'NetworkDriver.ProgramExternalConnectivity',
  given: {
    port: aHostPort(),
    network: aNetwork(),
    first: aJoinedEndpoint({ on: 'network' }),
    programmed: whereAccepted(aProgrammed({ of: 'first', port: 'port' })),
    second: aJoinedEndpoint({ on: 'network' }),
  },
  when: ({ second, port }) => programRequest(second, port, 17),
  expect: { succeeds: {} },
  brokenBy: 'network-driver.program-external-connectivity.port-conflict#any-protocol',
});

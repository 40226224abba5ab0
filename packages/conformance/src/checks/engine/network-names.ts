import { burstCheck, check, rawCheck, seen } from '../../check.js';
import { anEngineNetwork, anEngineNetworkRequest } from '../../fixtures/an-engine-network.js';
import { aRefusedName } from '../../fixtures/named-networks.js';
import { anything, atLeast400, oneOf } from '../../patterns/matchers.js';
import { withoutNames } from '../../patterns/of-networks.js';

export const signs = check({
  id: 'network-create.signs-in-name',
  clause: 'engine.network-create.names',
  title: 'A name may have dots, lines and capital letters',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, Name: `${request.Name}_Shop.default-2` } }),
  expect: { status: 201 },
  brokenBy: 'engine.network-create.names#refuses-dots',
});

export const otherCase = check({
  id: 'network-create.other-case',
  clause: 'engine.network-create.names',
  title: 'A name that differs by case is another name',
  op: 'NetworkCreate',
  given: { other: anEngineNetwork(), request: anEngineNetworkRequest() },
  when: ({ other, request }) => ({ body: { ...request, Name: other.name.toUpperCase() } }),
  expect: { status: 201 },
  brokenBy: 'engine.network-create.names#any-case',
});

export const usedNameAgain = check({
  id: 'network-create.used-name-again',
  clause: 'engine.network-create.used-name-again',
  title: 'A used name is refused a second time, too',
  op: 'NetworkCreate',
  given: { taken: anEngineNetwork(), request: aRefusedName({ of: 'taken' }) },
  when: ({ request }) => ({ body: request }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-create.used-name-again#second-try',
});

export const usedNameOtherwise = check({
  id: 'network-create.used-name-otherwise',
  clause: 'engine.network-create.used-name-again',
  title: 'A used name is refused for a network of another kind, too',
  op: 'NetworkCreate',
  given: { taken: anEngineNetwork(), request: anEngineNetworkRequest({ internal: true }) },
  when: ({ taken, request: { IPAM: _, ...request } }) => ({ body: { ...request, Name: taken.name } }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-create.used-name-again#other-wish',
});

export const usedNameLabels = check({
  id: 'network-create.used-name-labels',
  clause: 'engine.network-create.used-name-again',
  title: 'A network keeps its labels when another one with its name is refused',
  op: 'NetworkCreate',
  given: {
    taken: anEngineNetwork({ labels: { 'org.opencnm.team': 'shop' } }),
    request: anEngineNetworkRequest({ labels: { 'org.opencnm.team': 'bank' } }),
  },
  when: ({ taken, request }) => ({ body: { ...request, Name: taken.name } }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ taken }) => [
    seen('NetworkInspect', { id: taken.id }, { status: 200, body: { Labels: { 'org.opencnm.team': 'shop' } } }),
  ],
  brokenBy: 'engine.network-create.used-name-again#takes-labels',
});

export const usedNameAtOnce = burstCheck({
  id: 'network-create.used-name-at-once',
  clause: 'engine.network-create.used-name-at-once',
  title: 'Of four creates of one name at the same time one succeeds',
  needs: ['api-1.44'],
  op: 'NetworkCreate',
  given: {
    requests: async (world) => {
      const Name = world.draw.name();
      return Array.from({ length: 4 }, () => ({ Name, Labels: { 'org.opencnm.run': 'at-once' } }));
    },
  },
  when: ({ requests }) => requests.map((body) => ({ body })),
  expect: { wire: { status: oneOf(201, 409) } },
  together: [
    { name: 'exactly one id', holds: (bodies) => bodies.filter((body) => body?.Id !== undefined).length === 1 },
  ],
  brokenBy: 'engine.network-create.used-name-at-once#all',
});

export const unknownDriver = check({
  id: 'network-create.unknown-driver',
  clause: 'engine.network-create.unknown-driver',
  title: 'A network driver that is not there is refused, and nothing is made',
  op: 'NetworkCreate',
  given: { request: anEngineNetworkRequest() },
  when: ({ request }) => ({ body: { ...request, Driver: 'opencnm-no-such-driver' } }),
  expect: { wire: { status: atLeast400 } },
  afterwards: ({ request }) => [seen('NetworkList', {}, { status: 200, body: withoutNames(request.Name) })],
  brokenBy: 'engine.network-create.unknown-driver#as-bridge',
});

export const emptyBody = rawCheck({
  id: 'network-create.empty-body',
  clause: 'engine.network-create.bad-body',
  title: 'An empty body is refused with 400',
  op: 'NetworkCreate',
  given: {},
  when: () => ({ body: '' }),
  expect: { wire: { status: 400, body: anything } },
  brokenBy: 'engine.network-create.bad-body#empty',
});

export const listBody = rawCheck({
  id: 'network-create.list-body',
  clause: 'engine.network-create.bad-body',
  title: 'A body that is an array is refused with 400',
  op: 'NetworkCreate',
  given: {},
  when: () => ({ body: '[]' }),
  expect: { wire: { status: 400, body: anything } },
  brokenBy: 'engine.network-create.bad-body#list',
});

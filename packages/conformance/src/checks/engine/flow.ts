import { check, seen } from '../../check.js';
import { aPastContainer, aPastLife } from '../../fixtures/a-container-request.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';

export const secondLife = check({
  id: 'engine-flow.second-life',
  clause: 'engine.flow.life',
  title: 'A network and a container live a second time under the same names',
  op: 'NetworkCreate',
  stage: 'first',
  given: { past: aPastLife() },
  when: ({ past }) => past.network,
  expect: { status: 201 },
  afterwards: ({ past }) => [
    seen('ContainerCreate', past.container, { status: 201 }),
    seen('ContainerStart', { id: past.container.name ?? '' }, { status: 204 }),
  ],
  brokenBy: 'engine.flow.life#second-life',
});

export const lastStep = check({
  id: 'engine-flow.last-step',
  clause: 'engine.flow.life',
  title: 'A network can be deleted once its container stopped and was deleted',
  op: 'NetworkDelete',
  given: { network: anEngineNetwork(), container: aPastContainer({ on: 'network' }) },
  when: ({ network }) => ({ id: network.id }),
  expect: { status: 204 },
  brokenBy: 'engine.flow.life#network-stays',
});

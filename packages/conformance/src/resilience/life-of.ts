import type { Feature } from '../feature.js';
import { containerEnds, containerSteps } from './container-steps.js';
import { held, heldClause } from './held-clause.js';
import type { Shape, Version } from './life.js';
import { createNetwork, deleteNetwork, poolEnds, poolSteps } from './network-steps.js';
import type { Step } from './step.js';

/** The steps of a life in the engine's order, as far as the target has the faces. */
export function lifeOf(features: ReadonlySet<Feature>, { isDual, hasNeighbour }: Shape): readonly Step[] {
  const versions: readonly Version[] = isDual ? [4, 6] : [4];
  const all = [
    ...versions.flatMap(poolSteps),
    createNetwork(versions),
    ...(hasNeighbour ? containerSteps('neighbour', versions) : []),
    ...containerSteps('own', versions),
    ...containerEnds('own', versions),
    ...(hasNeighbour ? containerEnds('neighbour', versions) : []),
    ...versions.flatMap(poolEnds),
    deleteNetwork,
  ];
  const own = all.filter(({ face }) => features.has(face));
  const names = new Set(own.map(({ name }) => name));
  return own.map((each) => ({
    ...each,
    clause: each.clause === held ? heldClause(features) : each.clause,
    needs: each.needs.filter((name) => names.has(name)),
  }));
}

import { createHash } from 'node:crypto';
import { sharedGroups, type VariantId, variantIds, variants } from '@opencnm/mock-server';
import { operation } from '@opencnm/spec';
import { checks, type Report, type RunOptions } from '../src/index.js';

/** All checks of drivers. */
export const driverChecks = checks.filter(({ op }) => operation(op).face !== 'engine');

/** All but the soak, which takes long and looks at nothing that the others do not. */
export const shortChecks = driverChecks.filter(({ id }) => id !== 'flow.soak');

/** What a user would tell the suite about a driver with these variants. */
export function optionsFor(ids: readonly VariantId[]): Partial<RunOptions> {
  const said = Object.assign({}, ...ids.map((id) => variants[id].settings)) as (typeof variants)[VariantId]['settings'];
  const { handshake, profiles, jobs = 4, ...settings } = said ?? {};
  return {
    settings: { timeoutMs: 2_000, ...settings },
    ...(profiles ? { profiles } : {}),
    ...(handshake === false ? { handshake } : {}),
    jobs,
    budget: 3,
  };
}

/** What a run of legal drivers must not show. */
export function alarms({ judged }: Report, ids: readonly VariantId[] = []): readonly string[] {
  const refusesToUndo = ids.some((id) => variants[id].refusesToUndo);
  return [
    ...judged
      .filter(({ verdict }) => !['pass', 'yes', 'warn', 'no', 'not-applicable'].includes(verdict))
      .map(({ id, verdict, reason }) => `${verdict} ${id}: ${reason}`),
    ...(refusesToUndo ? [] : judged).flatMap(({ id, leftBehind }) =>
      leftBehind.map((line) => `left behind by ${id}: ${line}`),
    ),
  ];
}

/** What the users of a driver are told without failing. */
export function told({ judged }: Report): readonly string[] {
  return judged.filter(({ verdict }) => ['warn', 'no'].includes(verdict)).map(({ id, verdict }) => `${verdict} ${id}`);
}

/** Variants that can be combined, in an order that the number gives. */
export function combination(number: number, size: number): readonly VariantId[] {
  const key = (id: string) => createHash('sha256').update(`${number} ${id}`).digest('hex');
  const chosen: VariantId[] = [];
  for (const id of [...variantIds].sort((a, b) => (key(a) < key(b) ? -1 : 1)))
    if (chosen.length < size && chosen.every((other) => sharedGroups(id, other).length === 0)) chosen.push(id);
  return chosen;
}

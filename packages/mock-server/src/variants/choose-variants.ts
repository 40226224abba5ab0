import { CnmError } from '@opencnm/sdk';
import { type VariantId, variantIds, variants } from './index.js';
import type { Variant } from './variant.js';

/** The variants of some names in the order of the table; throws CnmError for unknown names and for two that decide the same thing. */
export function chooseVariants(ids: readonly string[]): readonly Variant[] {
  const unknown = ids.find((id) => !Object.hasOwn(variants, id));
  if (unknown !== undefined) throw refusal(`no variant is named "${unknown}"; --variant list prints the table`);
  const chosen = variantIds.filter((id) => ids.includes(id));
  for (const [index, id] of chosen.entries())
    for (const other of chosen.slice(index + 1)) {
      const [shared] = sharedGroups(id, other);
      if (shared) throw refusal(`the variants ${id} and ${other} cannot be combined: both decide ${shared}`);
    }
  return chosen.map((id) => variants[id]);
}

/** What two variants both decide; empty when they can be combined. */
export function sharedGroups(one: VariantId, other: VariantId): readonly string[] {
  return (variants[one].groups ?? []).filter((group) => variants[other].groups?.includes(group));
}

function refusal(message: string): CnmError {
  return new CnmError({ code: 'invalid-input', message });
}

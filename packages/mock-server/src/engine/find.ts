import { invalid, notFound } from './refusals.js';
import type { ContainerRecord, EngineState, NetworkRecord } from './state.js';

/** A network by full id, then by full name, then by the unique beginning of an id. */
export function findNetwork({ networks }: EngineState, reference: string): NetworkRecord {
  const exact = networks.get(reference);
  if (exact) return exact;
  const named = [...networks.values()].filter(({ name }) => name === reference);
  const [byName] = named;
  if (named.length > 1) throw invalid(`network ${reference} is ambiguous (${named.length} matches found on name)`);
  if (byName) return byName;
  const begun = [...networks.values()].filter(({ id }) => id.startsWith(reference));
  const [byPrefix] = begun;
  if (begun.length > 1)
    throw invalid(`network ${reference} is ambiguous (${begun.length} matches found based on ID prefix)`);
  if (!byPrefix) throw notFound(`network ${reference} not found`);
  return byPrefix;
}

/** A container by full id, then by name, then by the unique beginning of an id. */
export function findContainer({ containers }: EngineState, reference: string): ContainerRecord {
  const exact =
    containers.get(reference) ??
    [...containers.values()].find(({ name }) => `/${name}` === `/${reference.replace(/^\//, '')}`);
  if (exact) return exact;
  const begun = [...containers.values()].filter(({ id }) => id.startsWith(reference));
  const [byPrefix] = begun;
  if (begun.length > 1) throw invalid(`multiple IDs found with provided prefix: ${reference}`);
  if (!byPrefix) throw notFound(`No such container: ${reference}`);
  return byPrefix;
}

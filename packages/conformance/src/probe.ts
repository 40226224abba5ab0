import { clauseOf } from '@opencnm/spec';
import type { Answer } from './answer.js';
import type { Caller } from './caller/caller.js';
import type { Check } from './check.js';
import type { Feature } from './feature.js';

/** A part of the standard that a target can claim. */
export type Profile = 'network-driver' | 'ipam-driver' | 'engine';

/** The names of the profiles. */
export const profileNames: readonly Profile[] = ['network-driver', 'ipam-driver', 'engine'];

/** The profiles that a plugin says it implements; undefined when it does not answer the handshake as a plugin does. */
export async function activated(caller: Caller): Promise<readonly Profile[] | undefined> {
  const implemented = member((await caller.call('Plugin.Activate', undefined, { fresh: false })).answer, 'Implements');
  if (!Array.isArray(implemented)) return undefined;
  const names: Readonly<Record<string, Profile>> = { NetworkDriver: 'network-driver', IpamDriver: 'ipam-driver' };
  return implemented.flatMap((name) =>
    typeof name === 'string' && Object.hasOwn(names, name) ? [names[name] as Profile] : [],
  );
}

/** What a driver has, from its capabilities. */
export async function driverFeatures(caller: Caller, profiles: readonly Profile[]): Promise<Set<Feature>> {
  const found = new Set<Feature>(profiles);
  if (found.has('network-driver')) {
    const { answer } = await caller.call('NetworkDriver.GetCapabilities', undefined, { fresh: false });
    if (member(answer, 'Scope') === 'global') found.add('scope-global');
    if (member(answer, 'GwAllocChecker') === true) found.add('gw-alloc-check');
  }
  if (found.has('ipam-driver')) {
    const { answer } = await caller.call('IpamDriver.GetCapabilities', undefined, { fresh: false });
    found.add(member(answer, 'RequiresRequestReplay') === true ? 'replay' : 'without-replay');
    found.add(member(answer, 'RequiresMACAddress') === true ? 'requires-mac' : 'without-mac');
    const { answer: spaces } = await caller.call('IpamDriver.GetDefaultAddressSpaces', undefined, { fresh: false });
    const global = member(spaces, 'GlobalDefaultAddressSpace');
    if (global && global !== member(spaces, 'LocalDefaultAddressSpace')) found.add('two-spaces');
  }
  return found;
}

/** True for checks that belong to one of the profiles; those of the plugin face belong to both driver profiles. */
export function isOf(profiles: readonly Profile[], check: Check): boolean {
  const { face } = clauseOf(check.clause);
  if (face === 'plugin') return profiles.some((profile) => profile !== 'engine') && belongs(profiles, check.op);
  return profiles.includes(face as Profile) && belongs(profiles, check.op);
}

/** A check whose act is a call of a face needs that face. */
function belongs(profiles: readonly Profile[], op: string): boolean {
  if (op.startsWith('NetworkDriver.')) return profiles.includes('network-driver');
  if (op.startsWith('IpamDriver.')) return profiles.includes('ipam-driver');
  return op.startsWith('Plugin.') || profiles.includes('engine');
}

function member(answer: Answer, name: string): unknown {
  return answer.outcome === 'success' && typeof answer.body === 'object' && answer.body !== null
    ? (answer.body as Record<string, unknown>)[name]
    : undefined;
}

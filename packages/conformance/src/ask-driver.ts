import { besideIpam } from './beside-ipam.js';
import type { Caller } from './caller/caller.js';
import { drawing } from './draw.js';
import type { Feature } from './feature.js';
import { featuresInUse } from './features-in-use.js';
import { ipamOf } from './ipam-of.js';
import { activated, driverFeatures, type Profile } from './probe.js';
import { reached } from './reached.js';
import { plainSettings, type Settings } from './settings.js';
import { Untestable } from './untestable.js';

/** What a user says about a driver. */
export interface DriverToAsk {
  readonly target: string;
  /** Asked of the driver when absent. */
  readonly profiles?: readonly Profile[];
  readonly settings?: Partial<Settings>;
  readonly seed?: number;
}

/** What a command that uses a driver knows of it before it does. */
export interface AskedDriver {
  /** Speaks to the IPAM driver of another socket, too, where the user names one. */
  readonly caller: Caller;
  readonly profiles: readonly Profile[];
  readonly features: ReadonlySet<Feature>;
  readonly settings: Settings;
  readonly seed: number;
}

/** The place of what is asked, behind those of all that a command makes. */
const place = 99;

/** Asks a driver what it is, and finds what it has as `run` does; throws Untestable where it cannot be asked. */
export async function askDriver(driver: Caller, asked: DriverToAsk): Promise<AskedDriver> {
  const { seed = Date.now() % 1_000_000 } = asked;
  const wished: Settings = { ...plainSettings, ...asked.settings };
  const { caller, judged, served } = await besideIpam(driver, await profilesOf(driver, asked), wished);
  const features = await driverFeatures(caller, served);
  const settings: Settings = { ...wished, ipam: ipamOf(features, asked.settings) };
  const used = await featuresInUse({ caller, settings, features }, drawing(seed, 'features', place));
  return { caller, profiles: judged, features: used.features, settings, seed };
}

async function profilesOf(caller: Caller, { target, profiles }: DriverToAsk): Promise<readonly Profile[]> {
  const { answer } = await caller.call('Plugin.Activate', undefined, { fresh: false });
  reached(target, answer);
  const found = profiles ?? (await activated(caller));
  if (found && found.length > 0) return found;
  throw new Untestable(`${target} does not say what it implements (Plugin.Activate); name it with --implements`);
}

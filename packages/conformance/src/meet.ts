import type { OperationId } from '@opencnm/spec';
import type { Answer } from './answer.js';
import { besideIpam } from './beside-ipam.js';
import type { Caller } from './caller/caller.js';
import { driverCaller } from './caller/driver-caller.js';
import { engineCaller } from './caller/engine-caller.js';
import { spokenVersion } from './caller/spoken-version.js';
import type { Feature } from './feature.js';
import { printed } from './patterns/printed.js';
import { activated, driverFeatures, type Profile } from './probe.js';
import { reached } from './reached.js';
import type { RunOptions } from './run-suite.js';
import { plainSettings, type Settings } from './settings.js';
import { Untestable } from './untestable.js';
import { UsageError } from './usage-error.js';

/** A target, what it is, and how it is spoken to. */
interface Met {
  readonly caller: Caller;
  readonly profiles: readonly Profile[];
  readonly features: ReadonlySet<Feature>;
  /** What the user asked for, and what fits such a target where the user is silent. */
  readonly settings: Settings;
}

/** How long an engine's answer may take, in ms: engines look for a driver that is not there for 15 seconds. */
const engineTimeoutMs = 60_000;

/** Finds out what the target is; profiles that the user named are believed, and fail where they are not served, unless the target says that it is of the other kind. */
export async function meet({
  target,
  profiles,
  handshake,
  certFolder,
  settings: wished = {},
}: Pick<RunOptions, 'target' | 'profiles' | 'handshake' | 'certFolder' | 'settings'>): Promise<Met> {
  const settings: Settings = { ...plainSettings, ...wished };
  const driver = driverCaller(target, settings.timeoutMs);
  const engineAt = ({ timeoutMs, apiVersion = spokenVersion() }: Settings) =>
    engineCaller(target, timeoutMs, apiVersion, certFolder);
  const engine = engineAt(settings);
  const asEngine = ({ wire }: Answer): Met => {
    driver.close();
    engine.close();
    const apiVersion = spokenVersion(wire?.headers['api-version']);
    const fitting: Settings = { ...settings, timeoutMs: engineTimeoutMs, apiVersion, ...wished };
    const isNew = Number(fitting.apiVersion?.split('.')[1]) >= 44;
    const features = new Set<Feature>(isNew ? ['engine', 'api-1.44'] : ['engine']);
    return { caller: engineAt(fitting), profiles: ['engine'], features, settings: fitting };
  };
  const asDriver = async (found: readonly Profile[]): Promise<Met> => {
    engine.close();
    const { caller, judged, served } = await besideIpam(driver, found, settings);
    const asked = await driverFeatures(caller, served);
    for (const feature of settings.features ?? []) asked.add(feature);
    const features = handshake === false ? asked : asked.add('handshake');
    return { caller, profiles: judged, features, settings };
  };
  if (profiles?.includes('engine') && profiles.length > 1)
    throw new UsageError('one target is an engine or a driver: run the engine profile alone');
  if (settings.ipamTarget !== undefined && profiles?.some((name) => name !== 'network-driver'))
    throw new UsageError('--ipam-target is for the network-driver profile: run an IPAM driver or an engine alone');
  const asksEngine = profiles?.includes('engine') ?? false;
  const ping = async () => (await engine.call('SystemPing' as OperationId, undefined, { fresh: false })).answer;
  const answer = asksEngine
    ? await ping()
    : (await driver.call('Plugin.Activate' as OperationId, undefined, { fresh: false })).answer;
  reached(target, answer);
  if (profiles) {
    if (isUnknownCall(answer)) {
      if (asksEngine && (await activated(driver)))
        throw new Untestable(`${target} is a plugin and no engine: leave out --profile engine`);
      if (!asksEngine && isPong(await ping()))
        throw new Untestable(`${target} is an engine and no plugin: run it with --profile engine`);
    }
    return asksEngine ? asEngine(answer) : asDriver(profiles);
  }
  const found = await activated(driver);
  if (found && found.length > 0) return asDriver(found);
  const pinged = await ping();
  if (isPong(pinged)) return asEngine(pinged);
  throw new Untestable(
    `${target} is no engine (/_ping), and answers Plugin.Activate with ${told(answer)}; a driver without a handshake, as managed plugins are, is run with --implements NetworkDriver or --implements IpamDriver`,
  );
}

function isUnknownCall(answer: Answer): boolean {
  return answer.outcome === 'refusal' && answer.status === 404;
}

/** A web server may answer 200 to anything; an engine says its version, or OK. */
function isPong(ping: Answer): boolean {
  if (ping.outcome !== 'success' || ping.status !== 200) return false;
  return ping.wire?.headers['api-version'] !== undefined || ping.body === 'OK';
}

/** An answer in a few words. */
function told(answer: Answer): string {
  if (answer.outcome === 'broken') return `no usable answer: ${answer.problem}`;
  return answer.outcome === 'refusal' ? `a refusal: ${printed(answer.message)}` : printed(answer.body);
}

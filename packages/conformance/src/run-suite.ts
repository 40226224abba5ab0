import type { OperationId } from '@opencnm/spec';
import type { Caller } from './caller/caller.js';
import { driverCaller } from './caller/driver-caller.js';
import { engineCaller } from './caller/engine-caller.js';
import type { Check } from './check.js';
import { checks as allChecks } from './checks/index.js';
import type { Feature } from './feature.js';
import { judge } from './judge.js';
import { leftOut } from './left-out.js';
import { activated, driverFeatures, isOf, type Profile } from './probe.js';
import type { Report } from './report.js';
import { type Manner, runAll } from './run-all.js';
import type { Bench } from './run-check.js';
import { select } from './select.js';
import { everything, type Selection } from './selection.js';
import { plainSettings, type Settings } from './settings.js';
import { Untestable } from './untestable.js';
import { UsageError } from './usage-error.js';
import { version } from './version.js';

/** What a run is about; everything but the target has a default. */
export interface RunOptions extends Manner {
  readonly target: string;
  /** Found by asking when absent. */
  readonly profiles?: readonly Profile[];
  /** False for a plugin whose interfaces are declared elsewhere, as those of managed plugins are. */
  readonly handshake?: false;
  readonly checks?: readonly Check[];
  readonly settings?: Partial<Settings>;
  /** Which of the checks are planned; all when absent. */
  readonly selection?: Selection;
  readonly seed?: number;
  /** How many sequences each check of sequences tries; 25 unless told otherwise. */
  readonly budget?: number;
  /** Whether the evidence of checks that held is kept, too; memory then grows with the run. */
  readonly keepsEvidence?: boolean;
  /** A folder with ca.pem, cert.pem and key.pem, for TLS. */
  readonly certFolder?: string;
}

/** Runs the suite against a target and judges the run; throws Untestable when there is nothing to judge. */
export async function runSuite(options: RunOptions): Promise<Report> {
  const startedAt = new Date();
  const selected = select(options.checks ?? allChecks, options.selection ?? everything);
  const settings: Settings = { ...plainSettings, ...options.settings };
  const { caller, profiles, features } = await meet(options, settings);
  try {
    const seed = options.seed ?? startedAt.getTime() % 1_000_000;
    const { budget = 25 } = options;
    const composed =
      options.settings?.ipam ?? (features.has('network-driver') && features.has('ipam-driver') ? 'composed' : 'engine');
    const bench: Bench = {
      caller,
      settings: { ...settings, ipam: composed },
      features,
      seed,
      budget,
      keepsEvidence: options.keepsEvidence ?? false,
    };
    const planned = selected.filter((check) => isOf(profiles, check));
    if (planned.length === 0) throw new Untestable('no check was selected; "opencnm-conformance list" shows the names');
    const ids = planned.map(({ id }) => id);
    const selection = options.checks ? { ...everything, only: ids } : (options.selection ?? everything);
    const missing = leftOut(new Set(ids), profiles, selection);
    const outcomes = await runAll(planned, bench, options);
    return {
      reportVersion: 1,
      suite: { version, checks: allChecks.length },
      target: { url: options.target, profiles, features: [...features].sort() },
      settings: bench.settings,
      seed,
      budget,
      ...(missing ? { selection } : {}),
      startedAt: startedAt.toISOString(),
      ms: Date.now() - startedAt.getTime(),
      ...judge(outcomes, options.known ?? [], missing),
    };
  } finally {
    caller.close();
  }
}

interface Met {
  readonly caller: Caller;
  readonly profiles: readonly Profile[];
  readonly features: ReadonlySet<Feature>;
}

/** Finds out what the target is; profiles that the user named are believed, and fail where they are not served. */
async function meet(
  { target, profiles, handshake, certFolder }: RunOptions,
  { timeoutMs, apiVersion = '1.41' }: Settings,
): Promise<Met> {
  const driver = driverCaller(target, timeoutMs);
  const engine = engineCaller(target, timeoutMs, apiVersion, certFolder);
  const asEngine = (): Met => {
    driver.close();
    return { caller: engine, profiles: ['engine'], features: new Set<Feature>(['engine']) };
  };
  const asDriver = async (found: readonly Profile[]): Promise<Met> => {
    engine.close();
    const asked = await driverFeatures(driver, found);
    return { caller: driver, profiles: found, features: handshake === false ? asked : asked.add('handshake') };
  };
  if (profiles?.includes('engine') && profiles.length > 1)
    throw new UsageError('one target is an engine or a driver: run the engine profile alone');
  const first = profiles?.includes('engine') ? engine : driver;
  const { answer } = await first.call((first === engine ? 'SystemPing' : 'Plugin.Activate') as OperationId, undefined, {
    fresh: false,
  });
  if (answer.outcome === 'broken' && answer.unreachable)
    throw new Untestable(`${target} cannot be reached: ${answer.problem}; is it running, and may this user open it?`);
  if (profiles) return profiles.includes('engine') ? asEngine() : asDriver(profiles);
  const found = await activated(driver);
  if (found && found.length > 0) return asDriver(found);
  const ping = (await engine.call('SystemPing' as OperationId, undefined, { fresh: false })).answer;
  if (ping.outcome === 'success' && ping.status === 200) return asEngine();
  throw new Untestable(
    `${target} is neither a plugin (Plugin.Activate) nor an engine (/_ping); name its --profile if it has no handshake`,
  );
}

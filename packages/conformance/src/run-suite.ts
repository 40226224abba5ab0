import type { Check } from './check.js';
import { checks as allChecks } from './checks/index.js';
import { drawing } from './draw.js';
import { featuresInUse } from './features-in-use.js';
import { ipamOf } from './ipam-of.js';
import { judge } from './judge.js';
import { leftOut } from './left-out.js';
import { meet } from './meet.js';
import { isOf, type Profile } from './probe.js';
import { refusedFromStart } from './refused-from-start.js';
import type { Report } from './report.js';
import { type Manner, runAll } from './run-all.js';
import type { Bench } from './run-check.js';
import { select } from './select.js';
import { everything, type Selection } from './selection.js';
import type { Settings } from './settings.js';
import { deathIn } from './survival.js';
import { Untestable } from './untestable.js';
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
  /** How many checks run at once; 1 unless told otherwise. */
  readonly jobs?: number;
  /** Whether the evidence of checks that held is kept, too; memory then grows with the run. */
  readonly keepsEvidence?: boolean;
  /** A folder with ca.pem, cert.pem and key.pem, for TLS. */
  readonly certFolder?: string;
}

/** Runs the suite against a target and judges the run; throws Untestable when there is nothing to judge. */
export async function runSuite(options: RunOptions): Promise<Report> {
  const startedAt = new Date();
  const selected = select(options.checks ?? allChecks, options.selection ?? everything);
  const { caller, profiles, features, settings } = await meet(options);
  try {
    const seed = options.seed ?? startedAt.getTime() % 1_000_000;
    const { budget = 25 } = options;
    const planned = selected.filter((check) => isOf(profiles, check));
    const met = { caller, settings: { ...settings, ipam: ipamOf(features, options.settings) }, features };
    const draw = drawing(seed, 'features', planned.length);
    const { features: inUse, ...asked } = await featuresInUse(met, draw);
    const { refused, ...started } = await refusedFromStart({ ...met, features: inUse }, draw);
    const evidence = [...asked.evidence, ...started.evidence];
    const death = await deathIn(evidence, { ...met, jobs: 1 });
    const bench: Bench = {
      ...met,
      features: inUse,
      ...(refused ? { refused } : {}),
      seed,
      budget,
      jobs: options.jobs ?? 1,
      keepsEvidence: options.keepsEvidence ?? false,
    };
    if (planned.length === 0)
      throw new Untestable(
        `no check of ${profiles.join(', ')} was selected; "opencnm-conformance list" shows the names`,
      );
    const ids = planned.map(({ id }) => id);
    const selection = options.checks ? { ...everything, only: ids } : (options.selection ?? everything);
    const missing = leftOut(new Set(ids), profiles, selection);
    const ended = death ? { death: { difference: death, evidence } } : {};
    const outcomes = await runAll(planned, bench, { ...options, ...ended });
    return {
      reportVersion: 1,
      suite: { version, checks: allChecks.length },
      target: { url: options.target, profiles, features: [...bench.features].sort() },
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

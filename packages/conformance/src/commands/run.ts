import ora from 'ora';
import picocolors from 'picocolors';
import { checks } from '../checks/index.js';
import { readKnownFailures } from '../known-failures.js';
import { isNet } from '../net.js';
import { type Profile, profileNames } from '../probe.js';
import type { Report } from '../report.js';
import { textReport } from '../reports/text.js';
import { prepareFolder, writeReports } from '../reports/write-reports.js';
import { runSuite } from '../run-suite.js';
import { select } from '../select.js';
import { everything, type Selection } from '../selection.js';
import { plainSettings, type Settings } from '../settings.js';
import { UsageError } from '../usage-error.js';
import { prepareKnownFailures, writeKnownFailures } from '../write-known-failures.js';

/** The flags of `run`, as commander reads them. */
export interface RunFlags {
  readonly profile?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly level?: Selection['level'];
  readonly shard?: NonNullable<Selection['shards']>;
  readonly bail?: boolean;
  readonly knownFailures?: string;
  readonly writeKnownFailures?: string;
  readonly report?: string;
  readonly networkOption?: readonly string[];
  readonly ipamOption?: readonly string[];
  readonly pool?: string;
  readonly gateway?: string;
  readonly address?: string;
  readonly ipam?: Settings['ipam'];
  readonly implements?: string;
  readonly timeout?: number;
  readonly seed?: number;
  readonly budget?: number;
  readonly jobs?: number;
  readonly image?: string;
  readonly apiVersion?: string;
  readonly tls?: string;
}

/** Runs the suite against a target, prints and writes the reports; the exit code. */
export async function run(target: string, flags: RunFlags): Promise<number> {
  const selection = selectionOf(flags);
  select(checks, selection);
  const known = flags.knownFailures ? readKnownFailures(flags.knownFailures, new Set(checks.map(({ id }) => id))) : [];
  const profiles = profilesOf(flags);
  if (flags.bail && flags.writeKnownFailures)
    throw new UsageError('--bail and --write-known-failures exclude each other: a list needs the whole run');
  if (flags.report) prepareFolder(flags.report);
  if (flags.writeKnownFailures) prepareKnownFailures(flags.writeKnownFailures);
  const spinner = ora({
    text: `Asking ${target}`,
    isSilent: process.stderr.isTTY !== true,
    discardStdin: false,
  }).start();
  try {
    const report = await runSuite({
      target,
      selection,
      known,
      bail: flags.bail ?? false,
      settings: settingsOf(flags),
      onOutcome: ({ id }, done, planned) => {
        spinner.text = `${done}/${planned} ${id}`;
      },
      ...(profiles ? { profiles } : {}),
      ...(flags.implements === undefined ? {} : { handshake: false }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.budget === undefined ? {} : { budget: flags.budget }),
      ...(flags.jobs === undefined ? {} : { jobs: flags.jobs }),
      ...(flags.tls === undefined ? {} : { certFolder: flags.tls }),
    });
    spinner.stop();
    // Only a terminal has colours; hasColors reads NO_COLOR and TERM, and is not misled by CI.
    process.stdout.write(textReport(report, picocolors.createColors(process.stdout.hasColors?.() ?? false)));
    for (const path of flags.report ? writeReports(flags.report, report) : []) console.log(`report: ${path}`);
    if (flags.writeKnownFailures) writeFirstList(flags.writeKnownFailures, report);
    return report.exitCode;
  } finally {
    spinner.stop();
  }
}

/** A run that ended early knows only a part of what fails, so no list is made of it. */
function writeFirstList(file: string, { judged, verdict }: Report): void {
  if (verdict === 'not-tested') console.error(`opencnm-conformance: ${file} was not written: not every check was run`);
  else console.log(`known failures: ${file} (${writeKnownFailures(file, judged)})`);
}

function selectionOf({ only = [], skip = [], level = everything.level, shard }: RunFlags): Selection {
  return { only, skip, level, ...(shard ? { shards: shard } : {}) };
}

function profilesOf({ profile, implements: declared }: RunFlags): readonly Profile[] | undefined {
  if (profile !== undefined) {
    return profile
      .split(',')
      .map((name) => profileNames.find((each) => each === name.trim()) ?? refuse(`--profile ${name}`, profileNames));
  }
  const names = { NetworkDriver: 'network-driver', IpamDriver: 'ipam-driver' } as const;
  return declared?.split(',').map((name) => {
    const key = name.trim() as keyof typeof names;
    return Object.hasOwn(names, key) ? names[key] : refuse(`--implements ${name}`, Object.keys(names));
  });
}

function refuse(flag: string, names: readonly string[]): never {
  throw new UsageError(`${flag} is not known; choose of ${names.join(', ')}`);
}

function settingsOf(flags: RunFlags): Partial<Settings> {
  return {
    networkOptions: pairs('--network-option', flags.networkOption),
    ipamOptions: pairs('--ipam-option', flags.ipamOption),
    timeoutMs: flags.timeout ?? plainSettings.timeoutMs,
    ...(flags.ipam ? { ipam: flags.ipam } : {}),
    ...(flags.pool ? { pool: subnet('--pool', flags.pool) } : {}),
    ...(flags.gateway ? { gateway: subnet('--gateway', flags.gateway) } : {}),
    ...(flags.address ? { address: subnet('--address', flags.address) } : {}),
    ...(flags.image ? { image: flags.image } : {}),
    ...(flags.apiVersion ? { apiVersion: flags.apiVersion } : {}),
  };
}

function subnet(flag: string, text: string): string {
  if (!isNet(text)) throw new UsageError(`${flag} ${text} is not an address with a prefix length, as in 10.1.0.0/24`);
  return text;
}

function pairs(flag: string, rows: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rows.map((row) => {
      const at = row.indexOf('=');
      if (at < 1) throw new UsageError(`${flag} ${row} needs the form key=value`);
      return [row.slice(0, at), row.slice(at + 1)];
    }),
  );
}

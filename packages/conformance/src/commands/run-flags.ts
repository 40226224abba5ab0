import { checks } from '../checks/index.js';
import type { Feature } from '../feature.js';
import { readKnownFailures } from '../known-failures.js';
import { isNet } from '../net.js';
import { type Profile, profileNames } from '../probe.js';
import { type Config, configName, configOf } from '../read-config.js';
import type { RunOptions } from '../run-suite.js';
import { select } from '../select.js';
import { everything, type Selection } from '../selection.js';
import type { Settings } from '../settings.js';
import { UsageError } from '../usage-error.js';

/** The flags of `run`, as commander reads them: keys of the config, which they win over, and what only flags say. */
export interface RunFlags
  extends Omit<Config, 'target' | 'profiles' | 'implements' | 'features' | 'networkOptions' | 'ipamOptions'> {
  readonly config?: string;
  readonly profile?: string;
  readonly implements?: string;
  readonly feature?: readonly Feature[];
  readonly networkOption?: readonly string[];
  readonly ipamOption?: readonly string[];
  readonly shard?: NonNullable<Selection['shards']>;
  readonly bail?: boolean;
  readonly writeKnownFailures?: string;
}

/** What a command asks for, with the config that it was read from. */
export interface Asked {
  readonly options: RunOptions;
  readonly configFile?: string;
  /** The folder for the reports. */
  readonly report?: string;
}

/** What the flags and the config ask for together; throws a UsageError on what cannot be asked. */
export function asked(argument: string | undefined, flags: RunFlags): Asked {
  const { config, file } = configOf(flags.config);
  const target = argument ?? config.target;
  if (target === undefined)
    throw new UsageError(`missing required argument 'target': give it, or write it into ${configName}`);
  const both = { ...config, ...flags };
  const {
    only = [],
    skip = [],
    level = everything.level,
    shard,
    knownFailures,
    seed,
    budget,
    jobs,
    tls,
    report,
  } = both;
  const selection = { only, skip, level, ...(shard ? { shards: shard } : {}) };
  select(checks, selection);
  if (flags.bail && flags.writeKnownFailures)
    throw new UsageError('--bail and --write-known-failures exclude each other: a list needs the whole run');
  const profiles = profilesOf(flags, config);
  return {
    options: {
      target,
      selection,
      known: knownFailures ? readKnownFailures(knownFailures, new Set(checks.map(({ id }) => id))) : [],
      settings: settingsOf(flags, config),
      bail: flags.bail ?? false,
      ...(profiles ? { profiles } : {}),
      ...(both.implements === undefined ? {} : { handshake: false }),
      ...(seed === undefined ? {} : { seed }),
      ...(budget === undefined ? {} : { budget }),
      ...(jobs === undefined ? {} : { jobs }),
      ...(tls === undefined ? {} : { certFolder: tls }),
    },
    ...(file === undefined ? {} : { configFile: file }),
    ...(report === undefined ? {} : { report }),
  };
}

const interfaces: Readonly<Record<string, Profile>> = { NetworkDriver: 'network-driver', IpamDriver: 'ipam-driver' };

/** A flag about profiles wins over all that the config says of them. */
export function profilesOf(flags: RunFlags, config: Config): readonly Profile[] | undefined {
  if (flags.profile !== undefined)
    return once(
      flags.profile
        .split(',')
        .map((name) => profileNames.find((each) => each === name.trim()) ?? refuse(`--profile ${name}`, profileNames)),
    );
  if (flags.implements !== undefined) return once(flags.implements.split(',').map((name) => profileOf(name.trim())));
  return config.profiles ? once(config.profiles) : config.implements && once(config.implements.map(profileOf));
}

function once(profiles: readonly Profile[]): readonly Profile[] {
  return profileNames.filter((each) => profiles.includes(each));
}

function profileOf(name: string): Profile {
  const profile = Object.hasOwn(interfaces, name) ? interfaces[name] : undefined;
  return profile ?? refuse(`--implements ${name}`, Object.keys(interfaces));
}

function refuse(flag: string, names: readonly string[]): never {
  throw new UsageError(`${flag} is not known; choose of ${names.join(', ')}`);
}

/** The settings that the flags and the config say; flags win. */
export function settingsOf(flags: RunFlags, config: Config): Partial<Settings> {
  const { timeout, ipam, ipamTarget, pool, gateway, address, image, apiVersion } = { ...config, ...flags };
  const features = flags.feature ?? config.features;
  return {
    ...(features ? { features } : {}),
    networkOptions: { ...config.networkOptions, ...pairs('--network-option', flags.networkOption) },
    ipamOptions: { ...config.ipamOptions, ...pairs('--ipam-option', flags.ipamOption) },
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(ipam ? { ipam } : {}),
    ...(ipamTarget ? { ipamTarget } : {}),
    ...(pool ? { pool: subnet('--pool', pool) } : {}),
    ...(gateway ? { gateway: subnet('--gateway', gateway) } : {}),
    ...(address ? { address: subnet('--address', address) } : {}),
    ...(image ? { image } : {}),
    ...(apiVersion ? { apiVersion } : {}),
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

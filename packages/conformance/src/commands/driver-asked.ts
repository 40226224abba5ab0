import type { Profile } from '../probe.js';
import { type Config, configName, configOf } from '../read-config.js';
import type { Settings } from '../settings.js';
import { UsageError } from '../usage-error.js';
import { profilesOf, type RunFlags, settingsOf } from './run-flags.js';

/** The flags that say what a driver needs, as commander reads them. */
export type DriverFlags = Pick<
  RunFlags,
  | 'config'
  | 'implements'
  | 'networkOption'
  | 'ipamOption'
  | 'ipam'
  | 'ipamTarget'
  | 'pool'
  | 'gateway'
  | 'address'
  | 'timeout'
  | 'seed'
  | 'report'
>;

/** What a command that is for drivers alone asks for. */
export interface DriverAsked {
  readonly target: string;
  readonly settings: Partial<Settings>;
  readonly profiles?: readonly Profile[];
  readonly seed?: number;
}

/** What the flags and the config ask for together; throws a UsageError on what cannot be asked. */
export function driverAsked(
  argument: string | undefined,
  flags: DriverFlags,
): { readonly asked: DriverAsked; readonly config: Config; readonly report?: string } {
  const { config } = configOf(flags.config);
  const target = argument ?? config.target;
  if (target === undefined)
    throw new UsageError(`missing required argument 'target': give it, or write it into ${configName}`);
  const profiles = profilesOf(flags, config);
  if (profiles?.includes('engine')) throw new UsageError('engines cannot be asked this: it is for drivers');
  const { seed, report } = { ...config, ...flags };
  return {
    asked: {
      target,
      settings: settingsOf(flags, config),
      ...(profiles ? { profiles } : {}),
      ...(seed === undefined ? {} : { seed }),
    },
    config,
    ...(report === undefined ? {} : { report }),
  };
}

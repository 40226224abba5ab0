import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import type { Profile } from './probe.js';
import { problemOf, type Schema } from './problem-of.js';
import { printable } from './reports/printable.js';
import type { Selection } from './selection.js';
import type { Settings } from './settings.js';
import { UsageError } from './usage-error.js';

/** What opencnm.config.yaml may say; config.schema.json says the same. */
export interface Config {
  readonly target?: string;
  readonly profiles?: readonly Profile[];
  readonly implements?: readonly string[];
  readonly networkOptions?: Readonly<Record<string, string>>;
  readonly ipamOptions?: Readonly<Record<string, string>>;
  readonly ipam?: Settings['ipam'];
  readonly pool?: string;
  readonly gateway?: string;
  readonly address?: string;
  /** In ms. */
  readonly timeout?: number;
  readonly seed?: number;
  /** How many sequences each check of sequences tries. */
  readonly budget?: number;
  readonly jobs?: number;
  readonly image?: string;
  readonly apiVersion?: string;
  readonly tls?: string;
  readonly knownFailures?: string;
  readonly report?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly level?: Selection['level'];
}

/** The file that is read from the working folder. */
export const configName = 'opencnm.config.yaml';

const schema = createRequire(import.meta.url)('../config.schema.json') as Schema;

/** The config of a run and the file that it stands in: the one that is named, or that of the working folder, or none. */
export function configOf(named: string | undefined): { readonly config: Config; readonly file?: string } {
  const file = named ?? (existsSync(configName) ? configName : undefined);
  return file === undefined ? { config: {} } : { config: readConfig(file), file };
}

/** Reads a config file, with its paths made relative to the working folder; throws a UsageError that names file and key. */
export function readConfig(file: string): Config {
  const value = parsed(file);
  const problem = problemOf(schema, value);
  if (problem) {
    const key = printable(problem.at.replaceAll('/', '.')).slice(0, 200);
    throw new UsageError(`${file}: ${key || 'the document'} ${problem.message}`);
  }
  const config = value as Config;
  const paths = (['tls', 'knownFailures', 'report'] as const).flatMap((key) =>
    config[key] === undefined || isAbsolute(config[key]) ? [] : [[key, join(dirname(file), config[key])] as const],
  );
  return { ...config, ...Object.fromEntries(paths) };
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the config file ${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new UsageError(`${file} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

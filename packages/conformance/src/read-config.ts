import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Feature } from './feature.js';
import type { Profile } from './probe.js';
import { problemOf, type Schema } from './problem-of.js';
import { readText } from './read-text.js';
import { printable } from './reports/printable.js';
import type { Selection } from './selection.js';
import type { Settings } from './settings.js';
import { UsageError } from './usage-error.js';

/** What opencnm.config.yaml may say; config.schema.json says the same. */
export interface Config {
  readonly target?: string;
  readonly profiles?: readonly Profile[];
  readonly implements?: readonly string[];
  readonly features?: readonly Feature[];
  readonly networkOptions?: Readonly<Record<string, string>>;
  readonly ipamOptions?: Readonly<Record<string, string>>;
  readonly ipam?: Settings['ipam'];
  readonly ipamTarget?: string;
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
  /** Lines for /bin/sh, for `resilience`. */
  readonly driverCommand?: string;
  readonly hookRestart?: string;
  readonly hookState?: string;
  /** In ms. */
  readonly startTimeout?: number;
  /** For `scale`. */
  readonly sizes?: readonly number[];
  readonly maxSeconds?: number;
}

/** The file that is read from the working folder. */
export const configName = 'opencnm.config.yaml';

const schema = createRequire(import.meta.url)('../config.schema.json') as Schema;

/** The config of a run and the file that it stands in: the one that is named, or that of the working folder, or none. */
export function configOf(named: string | undefined): { readonly config: Config; readonly file?: string } {
  const file = named ?? (existsSync(configName) ? configName : undefined);
  return file === undefined ? { config: {} } : { config: readConfig(file), file };
}

/** Reads a config file, with its paths made relative to the working folder; throws a UsageError that names file, line and key. */
export function readConfig(file: string): Config {
  const { value, lineOf } = parsed(file);
  const problem = problemOf(schema, value);
  if (problem) {
    const key = printable(problem.path.join('.')).slice(0, 200);
    throw new UsageError(`${file}:${lineOf(problem.path)}: ${key || 'the document'} ${problem.message}`);
  }
  const config = value as Config;
  const paths = (['tls', 'knownFailures', 'report'] as const).flatMap((key) =>
    config[key] === undefined || isAbsolute(config[key]) ? [] : [[key, join(dirname(file), config[key])] as const],
  );
  return { ...config, ...Object.fromEntries(paths) };
}

interface Parsed {
  readonly value: unknown;
  /** The line of a key or an item, from 1. */
  readonly lineOf: (path: readonly string[]) => number;
}

function parsed(file: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(readText(file, { name: 'the config file', longest: 1 }), { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new UsageError(`${file} is not YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}`);
  try {
    const value = document.toJS({ maxAliasCount: 0 }) as unknown;
    return { value, lineOf: (path) => Math.max(1, lines.linePos(placeOf(document, path)).line) };
  } catch (error) {
    throw new UsageError(`${file} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** Where a key or an item begins in the text of a document. */
function placeOf(document: Document, path: readonly string[]): number {
  const last = path.at(-1);
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const found = isMap(parent)
    ? parent.items.find(({ key }) => String(key) === last)?.key
    : isSeq(parent)
      ? parent.items[Number(last)]
      : parent;
  return (isNode(found) ? found.range?.[0] : undefined) ?? 0;
}

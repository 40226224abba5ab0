import { isDeepStrictEqual } from 'node:util';
import { doubtOf } from './doubt.js';
import { leftOut, planOf } from './left-out.js';
import type { Report } from './report.js';
import { rejudged } from './restored.js';
import { everything, type Selection } from './selection.js';
import { UsageError } from './usage-error.js';
import type { WrittenReport } from './written-report.js';

/** A report and the file that it was read from. */
export interface Part {
  readonly file: string;
  readonly report: WrittenReport;
}

/**
 * One report of the parts of a run, judged anew; of several targets the first is named, and the time is that of all
 * parts. Throws a UsageError on parts that were edited, differ in how they were run, or have a check in common, and
 * where one of them is missing.
 */
export function merged(parts: readonly [Part, ...Part[]]): Report {
  const [first, ...others] = parts;
  for (const { file, report } of parts) {
    const doubt = doubtOf(report);
    if (doubt !== undefined) throw new UsageError(`${file} is refused: ${doubt}`);
  }
  for (const other of others) refuseOthers(first, other);
  refuseOverlap(parts);
  const { reportVersion, suite, target, settings, seed, budget } = first.report;
  const outcomes = parts.flatMap(({ report }) => report.outcomes);
  const { shards: _, ...selection } = first.report.selection ?? everything;
  const ids = new Set(outcomes.map(({ id }) => id));
  refuseMissing(parts, selection);
  const missing = leftOut(ids, target.profiles, selection);
  const recorded = missing === undefined ? {} : { selection };
  return {
    ...{ reportVersion, suite, target, settings, seed, budget, ...recorded },
    startedAt: parts.map(({ report }) => report.startedAt).sort()[0] ?? '',
    ms: parts.reduce((sum, { report }) => sum + report.ms, 0),
    ...rejudged({ outcomes, target, ...recorded }),
  };
}

/** What has to be the same in the parts of one run. */
const shared: Readonly<Record<string, (report: WrittenReport) => unknown>> = {
  'version of the suite': ({ suite }) => suite,
  profiles: ({ target }) => target.profiles,
  features: ({ target }) => target.features,
  settings: ({ settings }) => settings,
  seed: ({ seed }) => seed,
  budget: ({ budget }) => budget,
  selection: ({ selection = everything }) => ({ ...selection, shards: selection.shards?.of }),
};

function refuseOthers(first: Part, other: Part): void {
  for (const [name, of] of Object.entries(shared)) {
    if (!isDeepStrictEqual(of(first.report), of(other.report)))
      throw new UsageError(`${first.file} and ${other.file} differ in the ${name}, so they are not parts of one run`);
  }
}

function refuseOverlap(parts: readonly Part[]): void {
  const seen = new Map<string, string>();
  for (const { file, report } of parts) {
    for (const { id } of report.outcomes) {
      const before = seen.get(id);
      if (before !== undefined) throw new UsageError(`${before} and ${file} both have the check ${id}`);
      seen.set(id, file);
    }
  }
}

/** A shard whose job was lost must not go unnoticed; one that no check fell into has no report. */
function refuseMissing(parts: readonly [Part, ...Part[]], selection: Selection): void {
  const { target, selection: { shards } = everything } = parts[0].report;
  if (!shards) return;
  const ran = new Set(parts.flatMap(({ report }) => report.selection?.shards?.ran ?? []));
  const lost = Array.from({ length: shards.of }, (_, index) => index + 1)
    .filter((part) => !ran.has(part))
    .filter((part) => planOf(target.profiles, { ...selection, shards: { of: shards.of, ran: [part] } }).length > 0);
  if (lost.length > 0)
    throw new UsageError(
      `of ${shards.of} shards ${lost.join(', ')} ${lost.length === 1 ? 'is' : 'are'} missing; give the report.json of each`,
    );
}

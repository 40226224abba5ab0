import picocolors from 'picocolors';
import { merged, type Part } from '../merged.js';
import { readReport } from '../read-report.js';
import { textReport } from '../reports/text.js';
import { prepareFolder, writeReports } from '../reports/write-reports.js';
import { UsageError } from '../usage-error.js';

/** Makes one report of the reports of shards, prints and writes it; the exit code of the whole. */
export function merge(files: readonly string[], folder: string): number {
  const [first, ...others] = files.map((file): Part => ({ file, report: readReport(file) }));
  if (!first) throw new UsageError('merge needs the report.json of each shard');
  const report = merged([first, ...others]);
  prepareFolder(folder);
  process.stdout.write(textReport(report, picocolors.createColors(process.stdout.hasColors?.() ?? false)));
  for (const path of writeReports(folder, report)) console.log(`report: ${path}`);
  return report.exitCode;
}

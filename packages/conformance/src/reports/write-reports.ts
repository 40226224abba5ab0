import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../report.js';
import { UsageError } from '../usage-error.js';
import { badgeReport } from './badge.js';
import { htmlReport } from './html.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { script } from './script.js';

/** Makes sure that reports can be written to a folder, before anything is tested. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `.opencnm-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new UsageError(`the report folder ${folder} cannot be written: ${(error as Error).message}`);
  }
}

/** Writes the reports, and a script for each sequence that failed, each whole or not at all; their paths. */
export function writeReports(folder: string, report: Report): readonly string[] {
  const files = {
    'report.json': jsonReport(report),
    'junit.xml': junitReport(report),
    'report.html': htmlReport(report),
    'summary.md': markdownReport(report),
    'badge.json': badgeReport(report),
    ...scripts(report),
  };
  return writeFiles(folder, files);
}

/** Writes files by their names, each whole or not at all; their paths. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    try {
      writeFileSync(`${path}.part`, text);
      renameSync(`${path}.part`, path);
    } catch (error) {
      rmSync(`${path}.part`, { force: true });
      throw new UsageError(`${path} cannot be written: ${(error as Error).message}`);
    }
    return path;
  });
}

function scripts(report: Report): Readonly<Record<string, string>> {
  const failed = report.judged.filter(({ result }) => result.kind === 'broken' && result.calls !== undefined);
  return Object.fromEntries(failed.map((row) => [`${row.id}.sh`, script(row, report)]));
}

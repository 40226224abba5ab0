import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Report } from '../report.js';
import { UsageError } from '../usage-error.js';
import { badgeReport } from './badge.js';
import { htmlReport } from './html.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { script } from './script.js';

/** Makes sure that reports can be written to a folder, before anything is tested; what it had to make is not left. */
export function prepareFolder(folder: string): void {
  try {
    const made = makeFolder(resolve(folder));
    const probe = join(folder, `.opencnm-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    for (const each of made) rmdirSync(each);
  } catch (error) {
    throw new UsageError(`the report folder ${folder} cannot be written: ${(error as Error).message}`);
  }
}

/** Writes the reports, and a script for each sequence that failed, all of them or none; their paths. */
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

/** Writes files by their names, all of them or none; their paths. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): readonly string[] {
  const paths = Object.keys(files).map((name) => join(folder, name));
  const part = (path: string) => `${path}.${process.pid}.part`;
  let path = folder;
  try {
    makeFolder(resolve(folder));
    for (const [name, text] of Object.entries(files)) {
      path = join(folder, name);
      if (existsSync(path) && !statSync(path).isFile()) throw new Error('something that is no file has its name');
      writeFileSync(part(path), text);
    }
    for (path of paths) renameSync(part(path), path);
  } catch (error) {
    for (const each of paths) rmSync(part(each), { force: true });
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}`);
  }
  return paths;
}

/** Makes a folder and those above it; which ones, the innermost first. Node's own `recursive` never ends below /proc. */
function makeFolder(folder: string): readonly string[] {
  if (existsSync(folder)) return [];
  const above = makeFolder(dirname(folder));
  mkdirSync(folder);
  return [folder, ...above];
}

function scripts(report: Report): Readonly<Record<string, string>> {
  const failed = report.judged.filter(({ result }) => result.kind === 'broken' && result.calls !== undefined);
  return Object.fromEntries(failed.map((row) => [`${row.id}.sh`, script(row, report)]));
}

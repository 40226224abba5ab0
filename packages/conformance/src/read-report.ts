import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { digestOf } from './digest.js';
import { problemOf, type Schema } from './problem-of.js';
import { printable } from './reports/printable.js';
import { UsageError } from './usage-error.js';
import type { WrittenReport } from './written-report.js';

/** The longest report that is read, in bytes. */
const longest = 256 * 1024 * 1024;

const schema = createRequire(import.meta.url)('../report.schema.json') as Schema;

/** Reads a report.json; throws a one-line error when it is none. Whether it was edited is not looked at. */
export function readReport(file: string): WrittenReport {
  let value: unknown;
  try {
    value = JSON.parse(textOf(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is not JSON; give the report.json that a run wrote`);
  }
  const problem = problemOf(schema, value);
  if (!problem) return value as WrittenReport;
  const where = problem.at === '' ? '' : ` ${printable(problem.at).replaceAll(/\s/g, ' ').slice(0, 200)}`;
  throw new UsageError(`${file} is not a report of version 1:${where} ${problem.message}`);
}

/** Whether a report is as it was written, but for its times. */
export function isUnedited(report: WrittenReport): boolean {
  return digestOf(report) === report.digest;
}

function textOf(file: string): string {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new UsageError(`${file} is not a file; give the report.json that a run wrote`);
    if (stat.size > longest)
      throw new UsageError(`${file} is longer than ${longest / 1024 / 1024} MiB, so it is not read`);
    return readFileSync(handle, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

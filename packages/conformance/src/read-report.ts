import { createRequire } from 'node:module';
import { digestOf, sealOf } from './digest.js';
import { problemOf, type Schema } from './problem-of.js';
import { readText } from './read-text.js';
import { printable } from './reports/printable.js';
import { UsageError } from './usage-error.js';
import type { WrittenReport } from './written-report.js';

const schema = createRequire(import.meta.url)('../report.schema.json') as Schema;

/** Reads a report.json; throws a one-line error when it is none. Whether it was edited is not looked at. */
export function readReport(file: string): WrittenReport {
  let value: unknown;
  try {
    value = JSON.parse(readText(file, { name: 'the report', longest: 256 }));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is not JSON; give the report.json that a run wrote`);
  }
  const problem = problemOf(schema, value);
  if (!problem) return value as WrittenReport;
  const where = problem.at === '' ? '' : ` ${printable(problem.at).replaceAll(/\s/g, ' ').slice(0, 200)}`;
  throw new UsageError(`${file} is not a report of version 1:${where} ${problem.message}`);
}

/** Whether a report is as it was written. */
export function isUnedited(report: WrittenReport): boolean {
  return digestOf(report) === report.digest && sealOf(report) === report.seal;
}

import { clauseOf } from '@opencnm/spec';
import junit, { type Builder } from 'junit-report-builder';
import type { Judged } from '../outcome.js';
import type { Report } from '../report.js';
import { curl } from './curl.js';
import { mendOf } from './mend-of.js';
import { printable } from './printable.js';
import { shortened } from './shortened.js';
import { toldCalls } from './told-calls.js';

/** The most characters of a message: CI systems show it in a list, and what else is known below it. */
const longestMessage = 400;

/** The report as JUnit XML: one suite per face, with failure, error and skipped children that CI systems read. */
export function junitReport({ judged, target }: Pick<Report, 'judged' | 'target'>): string {
  // The package declares a default export within its CommonJS module; what Node imports is the builder itself.
  const builder = (junit as unknown as Builder).newBuilder();
  for (const face of [...new Set(judged.map((row) => row.face))].sort()) {
    const suite = builder.testSuite().name(face);
    for (const row of judged.filter((each) => each.face === face)) {
      const test = suite
        .testCase()
        .className(row.clause)
        .name(`${row.id}: ${row.title}`)
        .time(row.ms / 1000);
      const { text, why } = clauseOf(row.clause);
      const mend = mendOf(row).map((each) => `To mend it: ${each}`);
      const told = [row.reason, `Clause: ${text}`, `Why: ${why}`, ...mend, calls(row, target.url)];
      const details = safe(told.join('\n'));
      const message = safe(shortened(row.reason, longestMessage));
      if (row.verdict === 'fail' || row.verdict === 'blocked' || row.verdict === 'stale')
        test.failure(message, row.verdict).stacktrace(details);
      else if (row.verdict === 'error' || row.verdict === 'inconclusive') test.error(message, row.verdict, details);
      else if (row.verdict === 'not-applicable' || row.verdict === 'known')
        test.skipped().standardOutput(safe(row.reason));
      else if (row.verdict === 'warn' || row.verdict === 'no') test.standardOutput(details);
    }
  }
  return builder.build();
}

/** Text of a target for XML: nothing that XML has no character for, and no end of a CDATA section. */
function safe(text: string): string {
  return printable(text).replaceAll(']]>', ']] >');
}

function calls(row: Judged, url: string): string {
  const { calls: told, title } = toldCalls(row, 50);
  return told.length === 0 ? '' : [`${title}:`, ...told.map((exchange) => curl(exchange, url))].join('\n');
}

import type { Judged } from '../outcome.js';
import type { Report } from '../report.js';

/** The report as canonical JSON: outcomes by id; the exchanges of checks that are not green. */
export function jsonReport({ judged, ...report }: Report): string {
  const outcomes = judged.map(({ evidence, ...row }) => ({ ...row, evidence: keepsEvidence(row) ? evidence : [] }));
  return `${JSON.stringify({ ...report, outcomes }, null, 2)}\n`;
}

function keepsEvidence({ verdict }: Pick<Judged, 'verdict'>): boolean {
  return verdict !== 'pass' && verdict !== 'yes' && verdict !== 'not-applicable';
}

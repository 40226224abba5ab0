import { digestOf, sealOf } from '../digest.js';
import type { Judged } from '../outcome.js';
import type { Report } from '../report.js';
import type { WrittenReport } from '../written-report.js';
import { escapedUnseen } from './printable.js';

/** The report as canonical JSON: outcomes by id; the exchanges of checks that are not green; a digest and a seal over it. */
export function jsonReport({ judged, ...report }: Report): string {
  const outcomes = judged.map(({ evidence, ...row }) => ({ ...row, evidence: keepsEvidence(row) ? evidence : [] }));
  const { reportVersion, ...rest } = report;
  const digest = digestOf({ ...report, outcomes });
  const seal = sealOf({ reportVersion, digest, ...rest, outcomes });
  const written: WrittenReport = { reportVersion, digest, seal, ...rest, outcomes };
  return `${escapedUnseen(JSON.stringify(written, null, 2))}\n`;
}

function keepsEvidence({ verdict }: Pick<Judged, 'verdict'>): boolean {
  return verdict !== 'pass' && verdict !== 'yes' && verdict !== 'not-applicable';
}

import { digestOf, sealOf } from '../src/digest.js';
import type { WrittenReport } from '../src/written-report.js';

/** A report that was edited, with a digest and a seal that fit: a forgery. */
export function sealed(edited: WrittenReport): WrittenReport {
  const report = { ...edited, digest: digestOf(edited) };
  return { ...report, seal: sealOf(report) };
}

import type { Judged } from './outcome.js';
import type { Report } from './report.js';

/** A report as report.json has it; report.schema.json says the same. */
export interface WrittenReport extends Omit<Report, 'judged'> {
  /** `sha256:…` over all but the digest and the times. */
  readonly digest: string;
  /** The same over all but itself. */
  readonly seal: string;
  /** By id; the evidence of green checks is left out. */
  readonly outcomes: readonly Judged[];
}

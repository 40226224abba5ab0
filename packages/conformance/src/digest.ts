import { createHash } from 'node:crypto';
import type { Exchange } from './answer.js';
import type { WrittenReport } from './written-report.js';

/**
 * `sha256:` and the hash of a report as JSON with sorted keys and without blanks: its plan, settings, seed, verdicts
 * and evidence, but neither the moment of the run, Date headers, nor what two runs never share: how long anything took,
 * and how many calls found their place among others at once.
 */
export function digestOf(report: Omit<WrittenReport, 'digest' | 'seal'> & Partial<WrittenReport>): string {
  const { digest: _, seal: _seal, startedAt: __, ms: ___, ...rest } = report;
  const outcomes = rest.outcomes.map(({ ms: ____, exchanges: _____, ...outcome }) => ({
    ...outcome,
    evidence: outcome.evidence.map(timeless),
  }));
  return hashOf({ ...rest, outcomes });
}

/** The same over all of a report, its times included. */
export function sealOf(report: Omit<WrittenReport, 'seal'> & { readonly seal?: string }): string {
  const { seal: _, ...rest } = report;
  return hashOf(rest);
}

function hashOf(value: unknown): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')}`;
}

function timeless({ ms: _, response, ...exchange }: Exchange): unknown {
  if (!response) return exchange;
  const { date: __, ...headers } = response.headers;
  return { ...exchange, response: { ...response, headers } };
}

/** A value with the keys of its objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const rows = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(rows.map(([key, inner]) => [key, sorted(inner)]));
}

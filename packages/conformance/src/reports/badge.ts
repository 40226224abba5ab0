import type { Report } from '../report.js';
import { ranOf } from './ran-of.js';

const colors = {
  conformant: 'brightgreen',
  passed: 'yellow',
  'not-conformant': 'red',
  'not-tested': 'lightgrey',
} as const;

/** The report as the JSON that a badge of shields.io reads from an endpoint: verdict, passed of run, and the day. */
export function badgeReport({ verdict, counts, selection, startedAt }: Report): string {
  const which = selection ? 'selected checks ' : '';
  const passed = `${counts.pass}/${ranOf(counts)} ${which}passed`;
  const words = verdict === 'passed' ? '' : `${verdict.replace('-', ' ')}, `;
  const message = `${words}${passed}, ${startedAt.slice(0, 10)}`;
  return `${JSON.stringify({ schemaVersion: 1, label: 'OpenCNM', message, color: colors[verdict] }, null, 2)}\n`;
}

import { escapeHtml } from '../reports/escape-html.js';
import { scalePlot } from './scale-plot.js';
import type { ScaleReport } from './scale-report.js';
import { fillingText, growthText, msText } from './scale-text.js';

/** The figures and their plot as one HTML file without scripts, that loads nothing. */
export function scalePage(report: ScaleReport): string {
  const { operations, sizes, filling, leftOut, leftBehind, target, startedAt, seed } = report;
  const cells = (tag: string, texts: readonly string[]) =>
    texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('');
  const rows = operations.map((row) => {
    const times = sizes.map((size) => {
      const point = row.points.find((each) => each.size === size);
      return point ? `${msText(point.p50)} / ${msText(point.p99)}` : '-';
    });
    return `<tr>${cells('td', [row.operation, row.of, ...times, growthText(row)])}</tr>`;
  });
  const notes = [
    ...(filling ? [`p50 in ms: ${fillingText(filling)}`] : []),
    ...leftOut.map(({ size, reason }) => `left out: ${size} (${reason.slice(0, 300)})`),
    ...leftBehind.slice(0, 10).map((line) => `left behind: ${line.slice(0, 300)}`),
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><title>OpenCNM: growth of a driver</title>',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<style>body{font:15px sans-serif;margin:2em;color:#222;background:#fff}td,th{padding:.2em .8em;text-align:right}',
    'td:first-child,th:first-child{text-align:left}table{border-collapse:collapse}tr{border-top:1px solid #ddd}',
    'svg{max-width:100%;height:auto}</style></head><body>',
    `<h1>${escapeHtml(target.url)}</h1>`,
    `<p>${escapeHtml(`${startedAt}, seed ${seed}. p50 / p99 in ms, and the exponent of the growth of p50, in multiples of Plugin.Activate: 0 is constant, 1 in step with what the driver holds.`)}</p>`,
    `<table><tr>${cells('th', ['operation', 'of', ...sizes.map(String), 'growth'])}</tr>`,
    ...rows,
    '</table>',
    ...notes.map((note) => `<p>${escapeHtml(note)}</p>`),
    scalePlot(report).trimEnd(),
    '</body></html>',
    '',
  ].join('\n');
}

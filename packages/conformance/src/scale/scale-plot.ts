import { escapeHtml } from '../reports/escape-html.js';
import type { ScaleReport } from './scale-report.js';
import { growthText, msText, shortName } from './scale-text.js';

const width = 860;
const height = 460;
const box = { left: 70, right: 580, top: 20, bottom: 410 };
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'];

/** The medians over the sizes, both on logarithmic axes, as an SVG of its own; a straight line is a power of the size. */
export function scalePlot({ operations, sizes }: Pick<ScaleReport, 'operations' | 'sizes'>): string {
  const values = operations.flatMap(({ points }) => points.map(({ p50 }) => Math.max(p50, 0.001)));
  const x = axis(sizes.length > 0 ? sizes : [1, 10], box.left, box.right);
  const y = axis(values.length > 0 ? values : [0.1, 1], box.bottom, box.top);
  const lines = operations.map((row, index) => {
    const colour = colours[index % colours.length];
    const dash = index >= colours.length ? ' stroke-dasharray="6 4"' : '';
    const places = row.points.map(({ size, p50 }) => `${x.at(size)},${y.at(Math.max(p50, 0.001))}`);
    const level = 30 + index * 22;
    return [
      `<g stroke="${colour}" fill="${colour}">`,
      `<polyline fill="none" stroke-width="2"${dash} points="${places.join(' ')}"/>`,
      ...places.map((place) => `<circle r="3" cx="${place.split(',')[0]}" cy="${place.split(',')[1]}"/>`),
      `<line x1="600" x2="624" y1="${level - 4}" y2="${level - 4}" stroke-width="2"${dash}/>`,
      `<text x="630" y="${level}" stroke="none">${escapeHtml(`${shortName(row)} ${growthText(row)}`)}</text>`,
      '</g>',
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="13" role="img">`,
    '<title>Median latency by size</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...x.ticks.map(
      (value) =>
        `<path d="M${x.at(value)} ${box.top}V${box.bottom}" stroke="#ddd"/><text x="${x.at(value)}" y="${box.bottom + 18}" text-anchor="middle">${value}</text>`,
    ),
    ...y.ticks.map(
      (value) =>
        `<path d="M${box.left} ${y.at(value)}H${box.right}" stroke="#ddd"/><text x="${box.left - 6}" y="${y.at(value) + 4}" text-anchor="end">${msText(value)}</text>`,
    ),
    `<text x="${(box.left + box.right) / 2}" y="${height - 10}" text-anchor="middle">networks, endpoints, pools, addresses</text>`,
    `<text transform="translate(16 ${(box.top + box.bottom) / 2}) rotate(-90)" text-anchor="middle">p50 in ms</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

/** A logarithmic axis over whole powers of ten. */
function axis(values: readonly number[], from: number, to: number) {
  const least = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const at = (value: number) =>
    Math.round((from + ((Math.log10(value) - least) / (most - least)) * (to - from)) * 10) / 10;
  return { at, ticks: Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index)) };
}

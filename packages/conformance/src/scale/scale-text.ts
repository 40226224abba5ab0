import { printable } from '../reports/printable.js';
import { wrapped } from '../reports/wrapped.js';
import type { Filling, Measured, ScaleReport } from './scale-report.js';

/** How many sizes stand beside each other in 80 columns. */
const columns = 4;

/** The figures for a terminal of 80 columns. */
export function scaleText(report: ScaleReport): string {
  const { sizes, operations, filling, notFilled, leftOut, leftBehind, target, seed, ms } = report;
  const blocks = Array.from({ length: Math.ceil(sizes.length / columns) }, (_, index) =>
    table(operations, sizes.slice(index * columns, (index + 1) * columns)),
  );
  return [
    ...(blocks.length > 0 ? ['p50/p99 in ms, by how many networks, endpoints, pools and addresses there are:'] : []),
    ...blocks,
    ...(filling ? [wrapped(fillingText(filling), '')] : []),
    ...(notFilled ? [wrapped(`left out: a pool that fills (${printable(notFilled).slice(0, 300)})`, '')] : []),
    ...leftOut.map(({ size, reason }) => wrapped(`left out: ${size} (${printable(reason).slice(0, 300)})`, '')),
    ...leftBehind.slice(0, 10).map((line) => wrapped(`left behind: ${printable(line).slice(0, 300)}`, '')),
    ...(leftBehind.length > 10 ? [`left behind: ${leftBehind.length - 10} more`] : []),
    wrapped(`${printable(target.url)} in ${(ms / 1000).toFixed(1)} s (seed ${seed})`, ''),
    wrapped(sentence(report), ''),
    '',
  ].join('\n');
}

/** The name of an operation without its face. */
export function shortName({ operation }: Pick<Measured, 'operation'>): string {
  return operation.slice(operation.indexOf('.') + 1);
}

/** How p50 grows: `n^0.97`. */
export function growthText({ exponent }: Pick<Measured, 'exponent'>): string {
  return exponent === null ? '-' : `n^${exponent.toFixed(2)}`;
}

/** Milliseconds in at most five characters. */
export function msText(ms: number): string {
  return ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0);
}

function table(operations: readonly Measured[], sizes: readonly number[]): string {
  const line = (name: string, cells: readonly string[], growth: string) =>
    `${name.padEnd(17)}${cells.map((cell) => cell.padStart(13)).join('')}${growth.padStart(9)}`;
  return [
    line('', sizes.map(String), 'growth'),
    ...operations.map((row) =>
      line(
        shortName(row),
        sizes.map((size) => {
          const point = row.points.find((each) => each.size === size);
          return point ? `${msText(point.p50)}/${msText(point.p99)}` : '-';
        }),
        growthText(row),
      ),
    ),
  ].join('\n');
}

/** How a pool filled, in one sentence. */
export function fillingText(filling: Filling): string {
  const points = filling.points.map(({ percent, p50 }) => `${msText(p50)} to ${percent}%`).join(', ');
  return `RequestAddress as a pool of ${filling.addresses} fills: ${points} (${growthText(filling)})`;
}

/** A call whose fixed costs are large grows little at first, so that the exponent alone would not show it. */
function grows({ exponent, slowdown }: Pick<Measured, 'exponent' | 'slowdown'>): boolean {
  return exponent !== null && (exponent >= 0.5 || slowdown >= 3);
}

function sentence({ exitCode, operations, filling }: ScaleReport): string {
  if (exitCode === 3) return 'NOT MEASURED: there was no time for the smallest size, or no room';
  const named = [
    ...operations.map((row) => ({ ...row, name: shortName(row) })),
    ...(filling ? [{ ...filling, name: 'RequestAddress as a pool fills' }] : []),
  ];
  const growing = named.filter(grows);
  const names = growing
    .map((row) => `${row.name} (${growthText(row)}, ${row.slowdown.toFixed(1)} times as slow in the end)`)
    .join(', ');
  const figures =
    growing.length === 0
      ? 'no call grows with what the driver holds'
      : `these grow with what the driver holds: ${names}`;
  return exitCode === 1 ? `FAILED on the way; measured before: ${figures}` : `MEASURED: ${figures}`;
}

/** The value below which a share of the samples lies, from 0 to 1; the nearest sample. NaN where there are none. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * The exponent b of y = a * x^b that fits best: least squares on the logarithms. 0 is constant, 1 grows in step with x.
 * Undefined for fewer than two different x.
 */
export function exponent(points: readonly { readonly x: number; readonly y: number }[]): number | undefined {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(Math.max(y, leastMs)) }));
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  const spread = logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) return undefined;
  return logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** No call takes less than a microsecond; zero has no logarithm. */
const leastMs = 0.001;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

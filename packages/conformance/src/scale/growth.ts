import type { OperationId } from '@opencnm/spec';
import { controlOp } from './meter.js';
import type { Measured } from './scale-report.js';
import { exponent, quantile } from './statistics.js';

/** The times of the calls at one size, in ms. */
export interface Samples {
  readonly size: number;
  readonly times: ReadonlyMap<OperationId, readonly number[]>;
}

/** What is measured, in the order of the report, and what there are many of. */
const rows: readonly (readonly [OperationId, Measured['of']])[] = [
  [controlOp, 'nothing'],
  ['NetworkDriver.CreateNetwork', 'networks'],
  ['NetworkDriver.DeleteNetwork', 'networks'],
  ['NetworkDriver.CreateEndpoint', 'endpoints'],
  ['NetworkDriver.Join', 'endpoints'],
  ['NetworkDriver.EndpointOperInfo', 'endpoints'],
  ['NetworkDriver.Leave', 'endpoints'],
  ['NetworkDriver.DeleteEndpoint', 'endpoints'],
  ['IpamDriver.RequestPool', 'pools'],
  ['IpamDriver.ReleasePool', 'pools'],
  ['IpamDriver.RequestAddress', 'addresses'],
  ['IpamDriver.ReleaseAddress', 'addresses'],
];

/**
 * Median, 99th percentile and growth of each operation; those that the driver lacks are left out. Growth is that of the
 * median in multiples of the control's: a machine that is busier at one size than at another makes no growth, nor hides it.
 */
export function growthOf(taken: readonly Samples[]): readonly Measured[] {
  return rows.flatMap(([operation, of]) => {
    const points = taken.flatMap(({ size, times }) => {
      const own = times.get(operation);
      if (!own) return [];
      return [{ size, samples: own.length, p50: rounded(quantile(own, 0.5)), p99: rounded(quantile(own, 0.99)) }];
    });
    if (points.length === 0) return [];
    const medians = points.map(({ size, p50 }) => ({ x: size, y: p50 / controlAt(taken, size) }));
    const growth = operation === controlOp ? undefined : exponent(medians);
    const slowdown = (medians.at(-1)?.y ?? 1) / (medians[0]?.y ?? 1);
    return [
      {
        operation,
        of,
        points,
        exponent: growth === undefined ? null : hundredth(growth),
        slowdown: hundredth(slowdown),
      },
    ];
  });
}

/** To a microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The median of the control at a size; 1 where there is none, as when it was never answered. */
function controlAt(taken: readonly Samples[], size: number): number {
  const own = taken.find((each) => each.size === size)?.times.get(controlOp);
  return own ? Math.max(quantile(own, 0.5), 0.001) : 1;
}

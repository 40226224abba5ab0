import type { OperationId } from '@opencnm/spec';
import type { Measured } from './scale-report.js';
import { exponent, quantile } from './statistics.js';

/** The times of the calls at one size, in ms. */
export interface Samples {
  readonly size: number;
  readonly times: ReadonlyMap<OperationId, readonly number[]>;
}

/** What is measured, in the order of the report, and what there are many of. */
const rows: readonly (readonly [OperationId, Measured['of']])[] = [
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

/** Median, 99th percentile and growth of each operation; those that the driver lacks are left out. */
export function growthOf(taken: readonly Samples[]): readonly Measured[] {
  return rows.flatMap(([operation, of]) => {
    const points = taken.flatMap(({ size, times }) => {
      const own = times.get(operation);
      if (!own) return [];
      return [{ size, samples: own.length, p50: rounded(quantile(own, 0.5)), p99: rounded(quantile(own, 0.99)) }];
    });
    if (points.length === 0) return [];
    const growth = exponent(points.map(({ size, p50 }) => ({ x: size, y: p50 })));
    return [{ operation, of, points, exponent: growth === undefined ? null : Math.round(growth * 100) / 100 }];
  });
}

/** To a microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

import type { ResilienceReport } from '../src/resilience/resilience-report.js';
import { type ResilienceOptions, runResilience } from '../src/resilience/run-resilience.js';
import type { RestartedDrivers } from './restarted-drivers.js';

/** Kills a driver behind each call of a life. */
export function killed(
  drivers: RestartedDrivers,
  driverCommand: string,
  more: Partial<ResilienceOptions> = {},
): Promise<ResilienceReport> {
  // A busy machine takes its time to start a process.
  return runResilience({ target: drivers.target, restartedBy: { driverCommand }, seed: 5, startMs: 60_000, ...more });
}

/** What is not green, each with its verdict. */
export const troubles = ({ judged }: ResilienceReport) =>
  judged.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${verdict} ${id}`);

/** The places of a life with both faces. */
export const allCuts = [
  'request-pool',
  'request-gateway',
  'create-network',
  'request-address',
  'create-endpoint',
  'join',
  'program',
  'leave',
  'delete-endpoint',
  'release-address',
  'release-gateway',
  'release-pool',
  'delete-network',
  'program-twice',
];

/** Findings about the addresses of both families. */
export const inBoth = (...lines: readonly string[]) => lines.flatMap((line) => [line, `${line}-v6`]);

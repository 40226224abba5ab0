import ora from 'ora';
import picocolors from 'picocolors';
import { interrupts } from '../interrupts.js';
import { textReport } from '../reports/text.js';
import { writeFiles } from '../reports/write-reports.js';
import { resilienceJson } from '../resilience/resilience-report.js';
import { type ResilienceOptions, runResilience } from '../resilience/run-resilience.js';
import { UsageError } from '../usage-error.js';
import { type DriverFlags, driverAsked } from './driver-asked.js';

/** The flags of `resilience`, as commander reads them. */
export interface ResilienceFlags extends DriverFlags {
  readonly driverCommand?: string;
  readonly hookRestart?: string;
  readonly hookState?: string;
  readonly startTimeout?: number;
}

/** Kills and restarts a driver at every place of a life, prints and writes the report; the exit code. */
export async function resilience(target: string | undefined, flags: ResilienceFlags): Promise<number> {
  const restartedBy = restartOf(flags);
  const { asked, report: folder } = driverAsked(target, flags);
  const spinner = ora({
    text: `Starting ${asked.target}`,
    isSilent: process.stderr.isTTY !== true,
    discardStdin: false,
  });
  const stop = interrupts();
  spinner.start();
  try {
    const report = await runResilience({
      ...asked,
      restartedBy,
      interrupts: stop,
      onPlace: (place, done, planned) => {
        spinner.text = `${done}/${planned} ${place}`;
      },
      ...(flags.hookState ? { hookState: flags.hookState } : {}),
      ...(flags.startTimeout === undefined ? {} : { startMs: flags.startTimeout }),
    });
    spinner.stop();
    process.stdout.write(textReport(report, picocolors.createColors(process.stdout.hasColors?.() ?? false)));
    console.log(`killed and restarted at ${report.cuts.length} places`);
    const files = { 'resilience.json': resilienceJson(report) };
    for (const path of folder ? writeFiles(folder, files) : []) console.log(`report: ${path}`);
    return report.exitCode;
  } finally {
    stop.release();
    spinner.stop();
  }
}

function restartOf({ driverCommand, hookRestart }: ResilienceFlags): ResilienceOptions['restartedBy'] {
  if (driverCommand !== undefined && hookRestart !== undefined)
    throw new UsageError('--driver-command and --hook-restart exclude each other: who restarts the driver?');
  if (driverCommand !== undefined) return { driverCommand };
  if (hookRestart !== undefined) return { hookRestart };
  throw new UsageError('the driver has to be restarted: give --driver-command or --hook-restart');
}

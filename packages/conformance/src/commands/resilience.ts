import ora from 'ora';
import picocolors from 'picocolors';
import { interrupts } from '../interrupts.js';
import type { Config } from '../read-config.js';
import { junitReport } from '../reports/junit.js';
import { markdownReport } from '../reports/markdown.js';
import { printable } from '../reports/printable.js';
import { textReport } from '../reports/text.js';
import { wrapped } from '../reports/wrapped.js';
import { prepareFolder, writeFiles } from '../reports/write-reports.js';
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
  const { asked, config, report: folder } = driverAsked(target, flags);
  const restartedBy = restartOf(flags, config);
  const { hookState, startTimeout } = { ...config, ...flags };
  if (folder) prepareFolder(folder);
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
      ...(hookState ? { hookState } : {}),
      ...(startTimeout === undefined ? {} : { startMs: startTimeout }),
    });
    spinner.stop();
    const color = picocolors.createColors(process.stdout.hasColors?.() ?? false);
    process.stdout.write(textReport(report, color, ({ id, verdict }) => `${verdict} ${id.slice(id.indexOf('.'))}`));
    console.log(`killed and restarted at ${report.cuts.length} places`);
    for (const note of report.notes) console.log(wrapped(`note: ${printable(note)}`, ''));
    const files = {
      'resilience.json': resilienceJson(report),
      'resilience.xml': junitReport(report),
      'resilience.md': markdownReport(report, report.notes),
    };
    for (const path of folder ? writeFiles(folder, files) : []) console.log(`report: ${path}`);
    return report.exitCode;
  } finally {
    stop.release();
    spinner.stop();
  }
}

/** A flag about restarts wins over all that the config says of them. */
function restartOf(flags: ResilienceFlags, config: Config): ResilienceOptions['restartedBy'] {
  const isFlagged = flags.driverCommand !== undefined || flags.hookRestart !== undefined;
  const { driverCommand, hookRestart } = isFlagged ? flags : config;
  if (driverCommand !== undefined && hookRestart !== undefined)
    throw new UsageError('--driver-command and --hook-restart exclude each other: who restarts the driver?');
  if (driverCommand !== undefined) return { driverCommand };
  if (hookRestart !== undefined) return { hookRestart };
  throw new UsageError(
    'the driver has to be restarted: give --driver-command or --hook-restart, or write one into the config',
  );
}

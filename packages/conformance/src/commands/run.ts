import ora from 'ora';
import picocolors from 'picocolors';
import { interrupted, interrupts } from '../interrupts.js';
import type { Report } from '../report.js';
import { textReport } from '../reports/text.js';
import { prepareFolder, writeReports } from '../reports/write-reports.js';
import { runSuite } from '../run-suite.js';
import { prepareKnownFailures, writeKnownFailures } from '../write-known-failures.js';
import { asked, type RunFlags } from './run-flags.js';

/** Runs the suite against a target, prints and writes the reports, of what was run before a signal, too; the exit code. */
export async function run(target: string | undefined, flags: RunFlags): Promise<number> {
  const { options, configFile, report: folder } = asked(target, flags);
  if (folder) prepareFolder(folder);
  if (flags.writeKnownFailures) prepareKnownFailures(flags.writeKnownFailures);
  const stop = interrupts();
  const spinner = ora({
    text: `Asking ${options.target}`,
    isSilent: process.stderr.isTTY !== true,
    discardStdin: false,
  }).start();
  try {
    const report = await runSuite({
      ...options,
      interrupts: stop,
      onOutcome: ({ id }, done, planned) => {
        spinner.text = `${done}/${planned} ${id}`;
      },
    });
    spinner.stop();
    // Only a terminal has colours; hasColors reads NO_COLOR and TERM, and is not misled by CI.
    process.stdout.write(textReport(report, picocolors.createColors(process.stdout.hasColors?.() ?? false)));
    if (configFile) console.log(`config: ${configFile}`);
    for (const path of folder ? writeReports(folder, report) : []) console.log(`report: ${path}`);
    if (flags.writeKnownFailures) writeFirstList(flags.writeKnownFailures, report);
    return stop.isStopped() ? interrupted : report.exitCode;
  } finally {
    stop.release();
    spinner.stop();
  }
}

/** A run that lost checks knows only a part of what fails, so no list is made of it. */
function writeFirstList(file: string, { judged, verdict }: Report): void {
  if (verdict === 'not-tested')
    console.error(`opencnm-conformance: ${file} was not written: not every check came to an end`);
  else console.log(`known failures: ${file} (${writeKnownFailures(file, judged)})`);
}

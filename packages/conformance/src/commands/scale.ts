import ora from 'ora';
import { interrupts } from '../interrupts.js';
import { prepareFolder, writeFiles } from '../reports/write-reports.js';
import { runScale } from '../scale/run-scale.js';
import { scalePage } from '../scale/scale-page.js';
import { scalePlot } from '../scale/scale-plot.js';
import { scaleText } from '../scale/scale-text.js';
import { type DriverFlags, driverAsked } from './driver-asked.js';

/** The flags of `scale`, as commander reads them. */
export interface ScaleFlags extends Omit<DriverFlags, 'address'> {
  readonly sizes?: readonly number[];
  readonly maxSeconds?: number;
}

/** Measures a driver while it holds more and more, prints and writes the figures; the exit code. */
export async function scale(target: string | undefined, flags: ScaleFlags): Promise<number> {
  const { asked, config, report: folder } = driverAsked(target, flags);
  const { sizes, maxSeconds } = { ...config, ...flags };
  if (folder) prepareFolder(folder);
  const spinner = ora({ text: `Asking ${asked.target}`, isSilent: process.stderr.isTTY !== true, discardStdin: false });
  const stop = interrupts();
  spinner.start();
  try {
    const report = await runScale({
      ...asked,
      interrupts: stop,
      onSize: (size, count) => {
        spinner.text = size === 0 ? 'removing all that was made' : `${count} of ${size} networks and endpoints`;
      },
      ...(sizes ? { sizes: inOrder(sizes) } : {}),
      ...(maxSeconds === undefined ? {} : { maxSeconds }),
    });
    spinner.stop();
    process.stdout.write(scaleText(report));
    const files = {
      'scale.json': `${JSON.stringify(report, null, 2)}\n`,
      'scale.svg': scalePlot(report),
      'scale.html': scalePage(report),
    };
    for (const path of folder ? writeFiles(folder, files) : []) console.log(`report: ${path}`);
    return report.exitCode;
  } finally {
    stop.release();
    spinner.stop();
  }
}

/** Ascending, each once. */
function inOrder(sizes: readonly number[]): readonly number[] {
  return [...new Set(sizes)].sort((a, b) => a - b);
}

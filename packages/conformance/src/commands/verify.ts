import { randomInt } from 'node:crypto';
import { checks } from '../checks/index.js';
import { doubtOf } from '../doubt.js';
import { interrupts } from '../interrupts.js';
import type { Judged } from '../outcome.js';
import { readReport } from '../read-report.js';
import type { Report } from '../report.js';
import { wrapped } from '../reports/wrapped.js';
import { knownIn } from '../restored.js';
import { type RunOptions, runSuite } from '../run-suite.js';
import { UsageError } from '../usage-error.js';
import type { WrittenReport } from '../written-report.js';

/** The flags of `verify`, as commander reads them. */
export interface VerifyFlags {
  readonly sample?: number;
  readonly target?: string;
  readonly tls?: string;
}

/** Looks whether a report is what a run wrote, and runs some of its checks again; 0 when it is, 1 when not. */
export async function verify(file: string, { sample, target, tls }: VerifyFlags): Promise<number> {
  if ((sample === undefined) !== (target === undefined))
    throw new UsageError('--sample and --target belong together: how many checks run again, and where');
  const report = readReport(file);
  const doubt = doubtOf(report);
  if (doubt !== undefined) {
    console.log(`REFUSED: ${file}: ${doubt}`);
    return 1;
  }
  const { outcomes, verdict, digest } = report;
  console.log(wrapped(`${file} is as a run wrote it: ${outcomes.length} checks, ${verdict}`, ''));
  console.log(digest);
  return sample === undefined || target === undefined ? 0 : again(report, sample, target, tls);
}

async function again(report: WrittenReport, sample: number, target: string, tls: string | undefined): Promise<number> {
  const ran = report.outcomes.filter(({ verdict }) => !['not-applicable', 'error', 'inconclusive'].includes(verdict));
  const drawn = new Map(draw(ran, sample).map(({ id, verdict }) => [id, verdict]));
  if (drawn.size === 0) throw new UsageError('the report has no check that was run, so none can be run again');
  const { judged } = await sampled({
    target,
    profiles: report.target.profiles,
    checks: checks.filter(({ id }) => drawn.has(id)),
    known: knownIn(report),
    settings: report.settings,
    seed: report.seed,
    budget: report.budget,
    ...(report.target.features.includes('handshake') ? {} : { handshake: false }),
    ...(tls === undefined ? {} : { certFolder: tls }),
  });
  const rows = judged.map(({ id, verdict }) => ({ id, now: verdict, before: drawn.get(id) }));
  for (const { id, now, before } of rows)
    console.log(
      wrapped(now === before ? `same ${id}: ${now}` : `DIFFERENT ${id}: ${before} in the report, ${now} now`, ''),
    );
  const different = rows.filter(({ now, before }) => now !== before).length;
  console.log(`${rows.length} drawn of ${ran.length}, ${different} different (seed ${report.seed})`);
  return different === 0 ? 0 : 1;
}

/** Runs so that Ctrl-C leaves nothing behind. */
async function sampled(options: RunOptions): Promise<Report> {
  const stop = interrupts();
  try {
    return await runSuite({ ...options, interrupts: stop });
  } finally {
    stop.release();
  }
}

/** Some of a list, each part as likely as any other. */
function draw(rows: readonly Judged[], size: number): readonly Judged[] {
  const left = [...rows];
  return Array.from({ length: Math.min(size, left.length) }, () => left.splice(randomInt(left.length), 1)).flat();
}

import { plainVerdict } from '../judge.js';
import type { Verdict } from '../outcome.js';
import { isUnedited, readReport } from '../read-report.js';
import { printable } from '../reports/printable.js';
import { wrapped } from '../reports/wrapped.js';
import { UsageError } from '../usage-error.js';

/** How bad a verdict is; what a target lost is worse than what it does, and better than what it does wrongly. */
const badness: Readonly<Record<Verdict, number>> = {
  ...{
    pass: 0,
    yes: 0,
    stale: 0,
    'not-applicable': 1,
    no: 2,
    known: 3,
    warn: 3,
    inconclusive: 3,
    fail: 4,
    blocked: 4,
    error: 5,
  },
};

/** Prints what is better, worse, new and gone in the second of two reports; 1 when anything is worse, 0 otherwise. */
export function diff(before: string, after: string): number {
  const [old, now] = [verdictsOf(before), verdictsOf(after)];
  const counts = { better: 0, worse: 0, new: 0, gone: 0 };
  for (const id of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const kind = compared(old.get(id), now.get(id));
    if (!kind) continue;
    counts[kind]++;
    const verdicts = [old.get(id), now.get(id)].filter((verdict) => verdict !== undefined).join(' -> ');
    console.log(wrapped(`${kind.padEnd(6)} ${printable(id)}: ${verdicts}`, ''));
  }
  console.log(`${counts.better} better, ${counts.worse} worse, ${counts.new} new, ${counts.gone} gone`);
  return counts.worse > 0 ? 1 : 0;
}

function compared(old?: Verdict, now?: Verdict): 'better' | 'worse' | 'new' | 'gone' | undefined {
  if (now === undefined) return 'gone';
  if (old === undefined) return 'new';
  if (badness[now] === badness[old]) return undefined;
  return badness[now] < badness[old] ? 'better' : 'worse';
}

/** What the target did, whatever a list of known failures made of it. */
function verdictsOf(file: string): ReadonlyMap<string, Verdict> {
  const report = readReport(file);
  if (!isUnedited(report))
    throw new UsageError(`${file} is refused: its digest or its seal does not fit, so it was edited`);
  return new Map(report.outcomes.map((outcome) => [outcome.id, plainVerdict(outcome)]));
}
